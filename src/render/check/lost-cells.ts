import type { Results } from '../execute/run-report.ts'

/** Lists the cells that should have a result and have none, each with why. */
export function lostCells({ cells }: Pick<Results, 'cells'>): ReadonlyMap<string, string> {
  return new Map(
    [...cells].flatMap(([label, settled]) => {
      if (settled.state === 'failed') return [[label, withoutFrames(settled.failure.message)] as const]
      if (settled.state === 'skipped')
        return [[label, `it needs \`${settled.needs}\` of #${settled.owner}`] as const]
      if (settled.state === 'unevaluated' && settled.cell.options.evaluate)
        return [[label, 'it cannot be bundled'] as const]
      return []
    }),
  )
}

// On one line, with all that it says to do.
function withoutFrames(message: string): string {
  return message
    .split('\n')
    .filter((line) => !/^\s+at /.test(line))
    .map((line) => line.trim())
    .join(' ')
}
