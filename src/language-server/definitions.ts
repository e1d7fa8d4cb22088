import type { Location } from 'vscode-languageserver/node'
import { type CodePlace, locate } from './code-places.ts'

/** Finds where the name at a place is declared: in a cell of any chapter, a module, a data file or the front matter. */
export function findDefinitions(place: CodePlace): Location[] {
  const { service, module, offset } = place
  const found = service.getDefinitionAtPosition(module.path, offset) ?? []
  return distinct(found.map((one) => locate(one, place) ?? paramOf(one.name, one.fileName, place)))
}

/** Finds every use of the name at a place, with its declaration. */
export function findReferences(place: CodePlace): Location[] {
  const { service, module, offset } = place
  const found = service.getReferencesAtPosition(module.path, offset) ?? []
  return distinct(found.map((one) => locate(one, place)))
}

// The constants of a profile are declared in the front matter, as YAML.
function paramOf(quoted: string, fileName: string, { report, workspace }: CodePlace): Location | undefined {
  const name = quoted.replace(/^"(.*)"$/, '$1')
  const document = report.documentAt(report.path)
  if (!report.typed!.moduleAt(fileName) || !document) return undefined
  const [block] = /^---[ \t]*\n[\s\S]*?\n---/.exec(document.getText()) ?? []
  const found = new RegExp(`^[ \\t]*(${name.replace(/\$/g, '\\$')})[ \\t]*:`, 'm').exec(block ?? '')
  if (!found) return undefined
  const start = found.index + found[0].indexOf(name)
  return workspace.locationOf({ path: report.path, start, end: start + name.length }, report)
}

// A name that an import in memory repeats is found twice.
function distinct(locations: readonly (Location | undefined)[]): Location[] {
  const byPlace = new Map(locations.flatMap((one) => (one ? [[JSON.stringify(one), one] as const] : [])))
  return [...byPlace.values()]
}
