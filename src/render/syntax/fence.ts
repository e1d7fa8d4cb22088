import type { Code } from 'mdast'
import { suggestion } from '../model/nearest.ts'
import type { CellOptions, Echo, Tolerance } from '../model/types.ts'
import { isPlacement, wantedPlacement } from './elements/placement.ts'
import { isLines } from './fence-marks.ts'
import { readTolerance, toleranceNames } from './read-value.ts'

/** The content of a fence's info string, and the problems in it. */
interface Fence {
  readonly label: string | undefined
  readonly options: CellOptions
  readonly problems: readonly FenceProblem[]
}

/** A problem with some words of an info string. */
interface FenceProblem {
  readonly rule: 'label-is-given' | 'option-is-known'
  readonly reason: string
  /** The wrong words, to find their column; empty for the whole fence. */
  readonly words: string
}

const defaultTimeoutMs = 60_000
const names = ['echo', 'caption', 'timeout', 'eval', 'lines', 'title', 'placement', ...toleranceNames]
const units = { ms: 1, s: 1_000, min: 60_000 } as const

/** Checks whether a fenced block is a cell: its info string begins with `ts exec`, `tsx exec`, `js exec` or `jsx exec`. */
export function isCell(node: Code): boolean {
  return isCellInfo(`${node.lang ?? ''} ${node.meta ?? ''}`)
}

/** Checks whether a fence with this info string is a cell. */
export function isCellInfo(info: string): boolean {
  return /^[jt]sx?[ \t]+exec([ \t]|$)/.test(info)
}

/** Reads `exec #label echo=show caption="..." timeout=30s eval=false`. */
export function readFence(meta: string, echo: Echo): Fence {
  const problems: FenceProblem[] = []
  const seen = new Set<string>()
  let label: string | undefined
  let options: CellOptions = { echo, timeoutMs: defaultTimeoutMs, evaluate: true }
  for (const [words] of meta.slice('exec'.length).matchAll(/(?:[^\s"]|"[^"]*"?)+/g)) {
    if (words.startsWith('#')) {
      if (label !== undefined)
        problems.push({
          rule: 'label-is-given',
          reason: `Unexpected second label \`${words}\`, expected one`,
          words,
        })
      label ??= words.slice(1)
      continue
    }
    const name = words.split('=', 1)[0]!
    if (words === '.wide') {
      options = { ...options, isWide: true }
      continue
    }
    const read = seen.has(name) ? `Unexpected second \`${name}\`, expected one` : readOption(words)
    seen.add(name)
    if (typeof read === 'string') problems.push({ rule: 'option-is-known', reason: read, words })
    else options = { ...options, ...read, ...withTolerance(options, read) }
  }
  problems.push(...labelProblems(label))
  return { label, options, problems }
}

function labelProblems(label: string | undefined): FenceProblem[] {
  if (label === undefined) {
    return [
      {
        rule: 'label-is-given',
        reason: 'Unexpected cell without a label, expected one such as `ts exec #accuracy`',
        words: '',
      },
    ]
  }
  if (/^[a-z][a-z0-9-]*$/.test(label)) return []
  const reason = `Unexpected label \`#${label}\`, expected a small letter, then small letters, digits and hyphens`
  return [{ rule: 'label-is-given', reason, words: `#${label}` }]
}

function readOption(words: string): Partial<CellOptions> | string {
  const [, name, raw] = /^([^=]*)=?([\s\S]*)$/.exec(words)!
  const value = raw!.replace(/^"([\s\S]*)"$/, '$1')
  if (!names.includes(name!) || !words.includes('=')) {
    return `Unexpected option \`${words}\`, expected ${names.map((known) => `${known}=`).join(', ')} or a #label${suggestion(name!, names)}`
  }
  if (name === 'caption')
    return value.trim() ? { caption: value } : 'Unexpected empty `caption`, expected text'
  if (name === 'lines')
    return isLines(value)
      ? { lines: value }
      : `Unexpected lines \`${value}\`, expected numbers such as \`2,4-6\``
  if (name === 'title') return value.trim() ? { title: value } : 'Unexpected empty `title`, expected a name'
  if (name === 'echo')
    return isEcho(value) ? { echo: value } : `Unexpected echo \`${value}\`, expected show, fold or hide`
  if (name === 'eval') {
    return value === 'true' || value === 'false'
      ? { evaluate: value === 'true' }
      : `Unexpected eval \`${value}\`, expected true or false`
  }
  if (name === 'placement')
    return isPlacement(value)
      ? { placement: value }
      : `Unexpected placement \`${value}\`, expected ${wantedPlacement}`
  const rule = toleranceNames.find((one) => one === name)
  if (rule !== undefined) {
    const tolerance = readTolerance(rule, value)
    return typeof tolerance === 'string' ? tolerance : { tolerance }
  }
  const time = /^(\d+(?:\.\d+)?)(ms|s|min)$/.exec(value)
  const timeoutMs = time ? Number(time[1]) * units[time[2] as keyof typeof units] : 0
  return timeoutMs > 0
    ? { timeoutMs }
    : `Unexpected timeout \`${value}\`, expected a time such as 500ms, 30s or 5min`
}

// `rel=` and `abs=` are two options for one member.
function withTolerance(
  { tolerance: before }: CellOptions,
  { tolerance: more }: Partial<CellOptions>,
): { readonly tolerance?: Tolerance } {
  return before && more ? { tolerance: { ...before, ...more } } : {}
}

function isEcho(value: string): value is Echo {
  return value === 'show' || value === 'fold' || value === 'hide'
}

/** The content of the info string of a listing, and the problems in it. */
interface ListingFence {
  readonly label: string
  readonly lang: string | null
  readonly caption?: string
  readonly problems: readonly FenceProblem[]
}

/** Reads ```` ```ts #lst-name caption="..." ````; undefined for a fence without an `lst-` label. */
export function readListingFence(node: Code): ListingFence | undefined {
  const isLabelFirst = node.lang?.startsWith('#lst-') === true
  const info = isLabelFirst ? `${node.lang} ${node.meta ?? ''}` : (node.meta ?? '')
  const words = [...info.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([word]) => word)
  const label = words.find((word) => word.startsWith('#lst-'))
  if (label === undefined) return undefined
  const problems: FenceProblem[] = []
  if (!/^#lst-[a-z0-9-]+$/.test(label)) {
    const reason = `Unexpected label \`${label}\`, expected \`#lst-\`, then small letters, digits and hyphens`
    problems.push({ rule: 'label-is-given', words: label, reason })
  }
  let caption: string | undefined
  for (const word of words) {
    if (word === label) continue
    const text = /^caption="?([^"]*)"?$/.exec(word)?.[1]
    if (text?.trim() && caption === undefined) caption = text
    else problems.push({ rule: 'option-is-known', words: word, reason: listingOptionReason(word) })
  }
  const lang = isLabelFirst ? null : (node.lang ?? null)
  return { label: label.slice(1), lang, problems, ...(caption === undefined ? {} : { caption }) }
}

function listingOptionReason(word: string): string {
  const name = word.split('=', 1)[0]!
  return `Unexpected option \`${word}\`, expected \`caption="..."\` once beside the label of a listing${name === 'caption' ? '' : suggestion(name, ['caption'])}`
}
