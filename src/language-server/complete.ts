import type ts from 'typescript'
import { type CompletionItem, CompletionItemKind, type Range } from 'vscode-languageserver/node'
import { weftEntries } from '../render/bundle/types/resolve-imports.ts'
import { comparers, formatters } from '../render/output/prelude.ts'
import type { CodePlace, DocumentPosition } from './code-places.ts'
import { describeExport } from './describe.ts'
import { rangeIn } from './workspace.ts'

/** What finds the details of an item again. */
interface ItemData {
  readonly at: DocumentPosition
  /** Set if TypeScript proposed it. */
  readonly entry?: { readonly name: string; readonly source?: string; readonly data?: ts.CompletionEntryData }
  /** Set for an export of a cell. */
  readonly exported?: string
}

const preferences: ts.UserPreferences = {
  includeCompletionsWithInsertText: true,
  includeCompletionsForModuleExports: false,
}

/** Completes a name in a cell, value or claim: what TypeScript proposes, and every export that may be used there. */
export function complete(place: CodePlace, at: DocumentPosition): CompletionItem[] {
  const { service, module, offset } = place
  const found = service.getCompletionsAtPosition(module.path, offset, preferences)
  // TypeScript proposes the value `undefined` wherever an expression may begin.
  const isFree = found?.entries.some(({ name, kind }) => name === 'undefined' && kind === 'var')
  const own = isFree ? ownItems(place, at) : []
  const known = new Set(own.map(({ label }) => label))
  const others = (found?.entries ?? [])
    .filter(({ name }) => !name.startsWith('$weft') && !known.has(name))
    .map((entry) => toItem(entry, place, at, found!.optionalReplacementSpan))
  return [...own, ...others, ...entryItems(place)]
}

// The public entries of Weft come from the tool itself, not from a folder of the project.
function entryItems(place: CodePlace): CompletionItem[] {
  const { module, offset, report } = place
  const [, typed] = /\b(?:from|import)\s*\(?\s*['"]([^'"\n]*)$/.exec(module.text.slice(0, offset)) ?? []
  if (typed === undefined || /^[.#/]/.test(typed)) return []
  const range = rangeOf({ start: offset - typed.length, length: typed.length }, place)
  return [...weftEntries(report.typed!.root).keys()].map((label) => ({
    label,
    kind: CompletionItemKind.Module,
    ...(range ? { textEdit: { range, newText: label } } : {}),
  }))
}

function toItem(
  entry: ts.CompletionEntry,
  place: CodePlace,
  at: DocumentPosition,
  span: ts.TextSpan | undefined,
): CompletionItem {
  const { name, kind, sortText, insertText, source, data, replacementSpan } = entry
  const range = rangeOf(replacementSpan ?? span, place)
  return {
    label: name,
    kind: kindsOfItems[kind] ?? CompletionItemKind.Variable,
    sortText,
    ...(range ? { textEdit: { range, newText: insertText ?? name } } : { insertText }),
    data: { at, entry: { name, source, data } } satisfies ItemData,
  }
}

function rangeOf(span: ts.TextSpan | undefined, { report, module }: CodePlace): Range | undefined {
  const found = span && report.toChapter(module.path, span.start, span.length)
  return found && rangeIn(report.documentAt(found.path)!, found)
}

// A module imports only the exports that it names, so TypeScript does not know the others there.
function ownItems({ report, owner }: CodePlace, at: DocumentPosition): CompletionItem[] {
  const { owners, source } = report.typed!
  const isEarlier = (label: string) =>
    owner.kind !== 'cell' ||
    source.parts.findIndex((part) => part.kind === 'cell' && part.label === label) <
      source.parts.indexOf(owner)
  const exports = [...owners]
    .filter(([, cell]) => isEarlier(cell.label))
    .map(([name, { label, file }]) => ({
      label: name,
      kind: CompletionItemKind.Variable,
      // After TypeScript's locals (11), before its globals (15).
      sortText: '12',
      labelDetails: { description: `#${label} (${file})` },
      data: { at, exported: name } satisfies ItemData,
    }))
  const given = owner.kind === 'cell' ? [] : [...Object.keys(formatters), ...Object.keys(comparers)]
  return [
    ...exports,
    { label: 'params', kind: CompletionItemKind.Constant, sortText: '13', detail: 'params of report.md' },
    ...given.map((label) => ({ label, kind: CompletionItemKind.Function, sortText: '13' })),
  ]
}

/** Adds type and documentation to an item. */
export function describeItem(item: CompletionItem, place: CodePlace): CompletionItem {
  const { entry, exported } = item.data as ItemData
  if (exported !== undefined) return { ...item, ...describeExport(exported, place) }
  if (!entry) return item
  const { service, module, offset, compiler } = place
  const { name, source, data } = entry
  const found = service.getCompletionEntryDetails(module.path, offset, name, {}, source, preferences, data)
  if (!found) return item
  return {
    ...item,
    detail: compiler.displayPartsToString(found.displayParts),
    documentation: { kind: 'markdown', value: compiler.displayPartsToString(found.documentation) },
  }
}

const kindsOfItems: Readonly<Record<string, CompletionItemKind>> = {
  method: CompletionItemKind.Method,
  function: CompletionItemKind.Function,
  'local function': CompletionItemKind.Function,
  property: CompletionItemKind.Field,
  getter: CompletionItemKind.Field,
  class: CompletionItemKind.Class,
  interface: CompletionItemKind.Interface,
  type: CompletionItemKind.Class,
  enum: CompletionItemKind.Enum,
  'enum member': CompletionItemKind.EnumMember,
  const: CompletionItemKind.Constant,
  keyword: CompletionItemKind.Keyword,
  module: CompletionItemKind.Module,
  'external module name': CompletionItemKind.Module,
  script: CompletionItemKind.File,
  directory: CompletionItemKind.Folder,
  string: CompletionItemKind.Value,
}
