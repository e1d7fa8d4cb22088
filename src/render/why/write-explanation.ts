import type { Bundle, StoredResult } from '../model/types.ts'
import type { Explanation } from './explain-cell.ts'

/** Writes an explanation as lines: the title, then each change with its details below it. */
export function writeExplanation(
  title: string,
  { state, stored, changes }: Explanation,
  isAccepted: boolean,
): string[] {
  if (state === 'kept') {
    const kind = isAccepted ? 'the accepted' : "this machine's"
    return [
      `${title} is reused: nothing that decides it has changed`,
      ...(stored ? [`  ${kind} result ${stored.key.slice(0, 12)}, ${circumstances(stored)}`] : []),
    ]
  }
  const lines = changes.flatMap(({ words, detail }) => [`  ${words}`, ...detail.map((line) => `    ${line}`)])
  return [`${title} ${state}`, ...lines]
}

function circumstances({ provenance }: StoredResult): string {
  const { computedAt, node, engine, elapsedMs } = provenance
  const by =
    engine === undefined ? `Node ${node.replace(/^v/, '')}` : `${engine}, Node ${node.replace(/^v/, '')}`
  return `computed on ${computedAt.slice(0, 10)} in ${(elapsedMs / 1000).toFixed(1)} s with ${by}`
}

/** Lists what decides a result: the names of its inputs and the files of its code. */
export function decidersOf(bundle: Bundle): string[] {
  // In other projects, the tool's entries are outside the root.
  const files = Object.keys(bundle.inputs).filter((file) => !file.startsWith('..'))
  const lists: [string, readonly string[]][] = [
    ['exports', bundle.needs],
    ['params', bundle.params],
    ['packages', Object.keys(bundle.packages)],
    ['files', files],
  ]
  const told = lists.filter(([, names]) => names.length > 0)
  return told.map(([kind, names]) => `  ${kind}: ${few(names)}`)
}

function few(names: readonly string[]): string {
  return names.length > 8 ? `${names.slice(0, 7).join(', ')} and ${names.length - 7} more` : names.join(', ')
}
