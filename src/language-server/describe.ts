import type ts from 'typescript'
import type { Hover } from 'vscode-languageserver/node'
import type { CodePlace } from './code-places.ts'
import { rangeIn } from './workspace.ts'

/** Says what the name at a place is, with its type and its documentation. */
export function describe(place: CodePlace): Hover | undefined {
  const { service, module, offset, report } = place
  const found = service.getQuickInfoAtPosition(module.path, offset)
  if (!found) return undefined
  const { textSpan } = found
  const name = module.text.slice(textSpan.start, textSpan.start + textSpan.length)
  const owner = isAlias(found) ? report.typed!.owners.get(name) : undefined
  const from = owner ? [`Exported by \`#${owner.label}\` (${owner.file}).`] : []
  const value = [...textOf(found, place), ...from].join('\n\n')
  const chapter = report.toChapter(module.path, textSpan.start, textSpan.length)
  const range = chapter && rangeIn(report.documentAt(chapter.path)!, chapter)
  return { contents: { kind: 'markdown', value }, ...(range ? { range } : {}) }
}

/** Gives type and documentation of an export of a cell. */
export function describeExport(
  name: string,
  { report, service, compiler }: CodePlace,
): { readonly detail?: string; readonly documentation?: string } {
  const typed = report.typed!
  const owner = typed.owners.get(name)
  const module = typed.modules.find(({ segments }) => segments.some((one) => one.owner === owner))
  const file = module && typed.program.getSourceFile(module.path)
  const checker = typed.program.getTypeChecker()
  const symbol = file && checker.getSymbolAtLocation(file)
  const declared =
    symbol && checker.getExportsOfModule(symbol).find((one) => one.name === name)?.declarations?.[0]
  const at = declared && compiler.getNameOfDeclaration(declared)?.getStart()
  const found = at === undefined ? undefined : service.getQuickInfoAtPosition(module!.path, at)
  if (!found) return {}
  return {
    detail: signatureOf(found, compiler),
    documentation: compiler.displayPartsToString(found.documentation),
  }
}

function textOf(found: ts.QuickInfo, { compiler }: CodePlace): string[] {
  const documentation = compiler.displayPartsToString(found.documentation)
  const tags = (found.tags ?? []).map(({ name, text }) =>
    `*@${name}* ${compiler.displayPartsToString(text)}`.trim(),
  )
  return [`\`\`\`ts\n${signatureOf(found, compiler)}\n\`\`\``, documentation, ...tags].filter(
    (text) => text !== '',
  )
}

function isAlias({ displayParts }: ts.QuickInfo): boolean {
  return displayParts?.[1]?.text === 'alias'
}

// An earlier export is imported, which no author wrote.
function signatureOf({ displayParts }: ts.QuickInfo, compiler: typeof ts): string {
  return compiler
    .displayPartsToString(displayParts)
    .replace(/^\(alias\) /, '')
    .replace(/\nimport [\w$]+$/, '')
}
