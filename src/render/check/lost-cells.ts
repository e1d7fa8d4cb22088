import type { Results } from '../execute/run-report.ts'

/** Lists the cells that should have a result and have none, each with why. */
export function lostCells({ cells }: Pick<Results, 'cells'>): ReadonlyMap<string, string> {
  return new Map(
    [...cells].flatMap(([label, cellResult]) => {
      if (cellResult.state === 'failed') return [[label, onOneLine(cellResult.failure.message)] as const]
      if (cellResult.state === 'skipped')
        return [[label, `it needs \`${cellResult.needs}\` of #${cellResult.owner}`] as const]
      if (cellResult.state === 'unevaluated' && cellResult.cell.options.evaluate)
        return [[label, 'it cannot be bundled'] as const]
      return []
    }),
  )
}

// With all that it says to do.
function onOneLine(message: string): string {
  return message
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
}
