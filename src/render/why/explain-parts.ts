import { structuredPatch } from 'diff'
import type { Parts } from '../cache/key.ts'
import { firstDifference } from '../model/first-difference.ts'
import type { Bundle, Digest, Json, StoredResult } from '../model/types.ts'
import { codeChange, type OldCode, type SymbolChange } from './code-change.ts'
import { defaultExport, statements } from './symbols.ts'

/** One change of a part that decides a result: a few words, and lines with details. */
export interface Change {
  readonly words: string
  readonly detail: readonly string[]
}

/** Information besides the parts of both keys. */
interface Known {
  readonly bundle: Bundle
  readonly code: OldCode
  /** The present input values: exports, params, or a job's own params and seed. */
  readonly inputs: { readonly [part: string]: Json }
  /** Gives the value of an export at the time of the earlier result, if still stored. */
  earlierExport?(name: string): Json | undefined
  /** Gives the version of an installed package. */
  versionOf?(name: string): string | undefined
}

/** Lists the parts of a result's key that differ from those of an earlier result, sorted by name. */
export async function explainParts(parts: Parts, previous: StoredResult, known: Known): Promise<Change[]> {
  const names = [...new Set([...Object.keys(parts), ...Object.keys(previous.parts)])].sort()
  const changed = names.filter((name) => parts[name] !== previous.parts[name])
  const changes = await Promise.all(changed.map((name) => explainPart(name, parts, previous, known)))
  return changes.flat()
}

async function explainPart(
  part: string,
  parts: Parts,
  previous: StoredResult,
  known: Known,
): Promise<Change[]> {
  const [, kind, name = ''] = /^([a-z]+)(?::(.*))?$/.exec(part)!
  if (kind === 'bundle') return explainCode(previous, known)
  if (kind === 'format') return [{ words: `results have format ${parts.format} now`, detail: [] }]
  if (kind === 'package') return [explainPackage(name, part, parts, previous, known)]
  const called = {
    export: `export ${name}`,
    param: `params.${name}`,
    params: 'the params',
    seed: 'the seed',
  }[kind!]
  const words = called ?? part
  if (previous.parts[part] === undefined) return [{ words: `${words} is used now`, detail: [] }]
  if (parts[part] === undefined) return [{ words: `${words} is no more used`, detail: [] }]
  const before = earlierValue(kind!, name, previous, known)
  const difference = before === undefined ? undefined : changeText(before, known.inputs[part]!)
  return [{ words: `${words} changed`, detail: difference === undefined ? [] : [difference] }]
}

function earlierValue(
  kind: string,
  name: string,
  { provenance }: StoredResult,
  known: Known,
): Json | undefined {
  if (kind === 'export') return known.earlierExport?.(name)
  if (kind === 'param') return provenance.params?.[name]
  return kind === 'params' ? provenance.job?.params : provenance.job?.seed
}

function explainPackage(
  name: string,
  part: string,
  parts: Parts,
  { parts: old }: StoredResult,
  known: Known,
): Change {
  if (parts[part] === undefined) return { words: `package ${name} is no more used`, detail: [] }
  if (old[part] === undefined) return { words: `package ${name} is used now`, detail: [] }
  const version = known.versionOf?.(name)
  const detail =
    version === undefined
      ? []
      : [`${version} is installed; it, or a package that it needs, has another version than before`]
  return { words: `package ${name} changed`, detail }
}

async function explainCode(previous: StoredResult, { bundle, code }: Known): Promise<Change[]> {
  const changes = await codeChange(previous.parts.bundle!, bundle, code)
  if (!changes) return [{ words: 'code changed', detail: ['its earlier text is not kept here'] }]
  if (changes.length === 0)
    return [{ words: 'code changed', detail: ['only in its imports or in the order of its modules'] }]
  return changes.map((change) => ({ words: wordsOfChange(change, bundle), detail: diffOf(change) }))
}

const verbs = { changed: 'changed', new: 'is used now', gone: 'is no more used' } as const

function nameOfSymbol({ file, name }: SymbolChange, { label }: Bundle): string {
  const symbol = name === statements ? 'a statement' : `\`${name}\``
  if (!file.endsWith(`#${label}`)) return `${symbol} of ${file}`
  return `its own ${name === defaultExport ? 'default export' : symbol.replace(/^a /, '')}`
}

function diffOf({ kind, before, after }: SymbolChange): string[] {
  return kind === 'changed' && before !== undefined && after !== undefined
    ? shortDiff(asWritten(before), asWritten(after))
    : []
}

// Restores the author's names.
function asWritten(text: string): string {
  return text.replaceAll('$weft_earlier_', '').replaceAll('$weft_param_', 'params.')
}

/** Says in a few words how a bundle differs from an earlier one; undefined if unknown. */
export async function codeWords(
  previous: Digest,
  bundle: Bundle,
  code: OldCode,
): Promise<string | undefined> {
  const changes = await codeChange(previous, bundle, code)
  return changes && changes.length > 0 ? inFewWords(changes, bundle) : undefined
}

function wordsOfChange(change: SymbolChange, bundle: Bundle): string {
  return `${nameOfSymbol(change, bundle)} ${verbs[change.kind]}`
}

// Changed declarations come first, since they say more than the ones that were added or removed with them.
function inFewWords(changes: readonly SymbolChange[], bundle: Bundle): string {
  const ranks = { changed: 0, new: 1, gone: 2 }
  const [first, ...rest] = [...changes].sort((a, b) => ranks[a.kind] - ranks[b.kind])
  const words = wordsOfChange(first!, bundle)
  return rest.length === 0 ? words : `${words} and ${rest.length} more`
}

/** Describes the first difference of two JSON values: `test.accuracy: 0.91 -> 0.92`; undefined if they are equal. */
export function changeText(before: Json, now: Json): string | undefined {
  const first = firstDifference(before, now)
  if (!first) return undefined
  const place = first.path === '' ? '' : `${first.path}: `
  if (first.before === undefined) return `${place}new`
  if (first.now === undefined) return `${place}gone`
  return `${place}${short(first.before)} -> ${short(first.now)}`
}

function short(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

const most = 12

/** Gives a diff of two texts: `- ` and `+ ` before the lines, one line of context, at most 12 lines. */
export function shortDiff(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) => `${brokenUp(text)}\n`)
  const { hunks } = structuredPatch('', '', old!, now!, undefined, undefined, { context: 1 })
  const lines = hunks
    .flatMap((hunk) => hunk.lines)
    .map((line) => `${line.slice(0, 1)} ${line.slice(1)}`.trimEnd().slice(0, 140))
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `... and ${lines.length - most + 1} more lines`]
}

// Breaks long lines, since a bundle writes a whole object on one line.
function brokenUp(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.length > 80 ? line.replace(/(?<=[,{([] ?)(?=[\w$"'`{[(])/g, '\n').replace(/ \n/g, '\n') : line,
    )
    .join('\n')
}
