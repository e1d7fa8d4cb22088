import type { Bundle, StoredResult } from '../model/types.ts'
import type { Explanation } from './explain-cell.ts'

/** Writes an explanation for people: what it is about, then one change a line with what there is to see of it below. */
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

/** Lists what decides a result: its code, and the names of what it is given. */
export function decidersOf(bundle: Bundle): string[] {
  // Outside its own repository, the tool's entries lie elsewhere.
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
