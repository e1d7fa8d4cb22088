import type ts from 'typescript'
import { type Range, ResponseError, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver/node'
import { prelude } from '../render/output/prelude.ts'
import { type CodePlace, locate } from './code-places.ts'

// LSP's code for a request that was understood but cannot be done.
const requestFailed = -32803

/** Gives the range of the name at a place; undefined if it cannot be renamed. */
export function prepareRename(place: CodePlace): Range | undefined {
  const { service, module, offset } = place
  const info = service.getRenameInfo(module.path, offset, {})
  if (!info.canRename || isGiven(place)) return undefined
  // In Weft's own repository these are declared in the project.
  if (place.owner.kind !== 'cell' && info.displayName in prelude) return undefined
  return locate({ fileName: module.path, textSpan: info.triggerSpan }, place)?.range
}

/**
 * Renames the name at a place everywhere: in all chapters, and in the modules of the project. Throws a ResponseError if
 * it cannot be renamed, or if the new name is taken.
 */
export function rename(place: CodePlace, newName: string): WorkspaceEdit {
  const { owners } = place.report.typed!
  if (!prepareRename(place))
    throw new ResponseError(requestFailed, 'Cannot rename this, expected a name of a cell')
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(newName))
    throw new ResponseError(requestFailed, `Unexpected \`${newName}\`, expected a name`)
  const owner = owners.get(newName)
  const taken = owner ? `#${owner.label}` : newName === 'params' || newName in prelude ? 'Weft' : undefined
  if (taken !== undefined)
    throw new ResponseError(requestFailed, `Unexpected \`${newName}\`, expected a free name: ${taken} has it`)
  const changes = new Map<string, Map<string, TextEdit>>()
  for (const found of renameLocations(place)) {
    const location = locate(found, place)
    // No author wrote the imports between cells.
    if (!location) continue
    const edit = {
      range: location.range,
      newText: `${found.prefixText ?? ''}${newName}${found.suffixText ?? ''}`,
    }
    const edits = changes.get(location.uri) ?? new Map<string, TextEdit>()
    changes.set(location.uri, edits.set(JSON.stringify(edit.range), edit))
  }
  return { changes: Object.fromEntries([...changes].map(([uri, edits]) => [uri, [...edits.values()]])) }
}

// A name that is imported is renamed only up to the import, since `import { new as old }` would do. As such an import is
// nobody's text, each module that has one is asked again.
function renameLocations({ service, module, offset, report }: CodePlace): ts.RenameLocation[] {
  const found = new Map<string, ts.RenameLocation>()
  const asked = new Set<string>()
  const ask = (path: string, at: number): void => {
    if (asked.has(`${path} ${at}`)) return
    asked.add(`${path} ${at}`)
    const preferences = { providePrefixAndSuffixTextForRename: true }
    for (const one of service.findRenameLocations(path, at, false, false, preferences) ?? []) {
      const { fileName, textSpan } = one
      const isGenerated =
        report.typed!.moduleAt(fileName) && !report.toChapter(fileName, textSpan.start, textSpan.length)
      if (isGenerated) ask(fileName, textSpan.start)
      else found.set(`${fileName} ${textSpan.start}`, one)
    }
  }
  ask(module.path, offset)
  // A use of an earlier export is renamed from its declaration.
  for (const { fileName, textSpan } of service.getDefinitionAtPosition(module.path, offset) ?? [])
    ask(fileName, textSpan.start)
  return [...found.values()]
}

// What is declared in no cell and in no module of the project: params, formatters, packages, the language.
function isGiven({ service, module, offset, report }: CodePlace): boolean {
  const { root } = report.typed!
  const isOwn = ({ fileName, textSpan }: ts.DefinitionInfo) =>
    report.typed!.moduleAt(fileName)
      ? report.toChapter(fileName, textSpan.start, textSpan.length) !== undefined
      : fileName.startsWith(`${root}/`) && !fileName.includes('/node_modules/')
  return !(service.getDefinitionAtPosition(module.path, offset) ?? []).every(isOwn)
}
