import type { InlineCode, PhrasingContent } from 'mdast'
import type { TextDirective } from 'mdast-util-directive'
import type { VFile } from 'vfile'
import type { CellResult } from '../execute/cell-result.ts'
import type { Evaluated, Expressions } from '../execute/evaluate.ts'
import { exportsOf } from '../execute/run-cells.ts'
import { element } from '../model/element.ts'
import { fail, warn } from '../model/messages.ts'
import type { Digest, Expression, StoredResult } from '../model/types.ts'
import { claimEvidence, hasFewSeeds, isWithinNoise, noiseEvidence } from './claim-evidence.ts'

export interface Results {
  readonly cells: ReadonlyMap<string, CellResult>
  readonly expressions: Expressions
  /** Results of the jobs that cells depend on, by key. */
  readonly jobs: ReadonlyMap<Digest, StoredResult>
}

/**
 * Shows the text of a value, or marks the value if it has no result; may report `value-resolves` and
 * `result-is-current`.
 */
export function valueNode(
  { position }: InlineCode,
  { source }: Expression,
  result: Evaluated | undefined,
  results: Results,
  file: VFile,
): PhrasingContent {
  if (result?.ok) {
    const isStale = reportStale(source, result, results, file, position)
    return span(`weft-value${isStale ? ' weft-missing' : ''}`, [{ type: 'text', value: result.text }])
  }
  if (result) fail(file, 'value-resolves', result.message, position)
  return span('weft-value weft-missing', [{ type: 'text', value: `[${source}]` }])
}

/**
 * Shows the prose of a claim, marked if it does not hold; may report `claim-holds`, `claim-is-clear` and
 * `result-is-current`.
 */
export function claimNode(
  { position, children }: TextDirective,
  expression: Expression,
  result: Evaluated | undefined,
  results: Results,
  file: VFile,
): PhrasingContent {
  const holds =
    result?.ok && result.isTrue && !reportStale(expression.source, result, results, file, position)
  if (result?.ok && !result.isTrue)
    fail(file, 'claim-holds', `Claim does not hold: ${claimEvidence(expression.source, result)}`, position)
  if (result && !result.ok)
    fail(file, 'claim-holds', `Cannot tell whether the claim holds, ${result.message}`, position)
  const noise = holds ? result.noise : undefined
  if (isWithinNoise(noise) && !hasFewSeeds(noise))
    warn(file, 'claim-is-clear', `Claim is within noise: ${noiseEvidence(noise)}`, position)
  return span(`weft-claim${holds ? '' : ' weft-false'}`, children)
}

function span(className: string, children: readonly PhrasingContent[]): PhrasingContent {
  return element('span', { className }, children) as PhrasingContent
}

function reportStale(
  source: string,
  { read }: Evaluated,
  { cells }: Results,
  file: VFile,
  position: InlineCode['position'],
): boolean {
  const stale = [...cells.values()].filter((cellResult) => cellResult.state === 'stale').flatMap(exportsOf)
  const name = Object.keys(read)
    .map((path) => /^[^.[]+/.exec(path)?.[0] ?? path)
    .find((root) => stale.includes(root))
  if (name === undefined) return false
  const reason = `Cannot show \`${source}\` as it is, it needs \`${name}\`, whose cell has no current result`
  fail(file, 'result-is-current', reason, position)
  return true
}
