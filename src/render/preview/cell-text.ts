import type { Output } from '../model/types.ts'
import type { Loop } from './loop.ts'
import type { CellState } from './protocol.ts'

/** What an editor is told of a cell. */
export interface CellReport {
  readonly state: CellState['state'] | 'stale'
  readonly elapsedMs?: number
  /** What it shows, or why it failed. */
  readonly text: string
}

/** Gives the state and output of a cell; undefined if the report has none of that label. */
export function reportCell(
  label: string,
  last: Loop['last'],
  states: ReadonlyMap<string, CellState>,
): CellReport | undefined {
  const result = last?.run.cells.get(label)
  if (!result) return undefined
  const state = states.get(label)
  const stored = 'stored' in result ? result.stored : undefined
  const text = result.state === 'failed' ? result.failure.message : textOf(stored?.shown ?? [])
  const elapsedMs = state?.elapsedMs ?? stored?.provenance.elapsedMs
  const isCurrent = result.state === 'ran' || result.state === 'reused'
  return {
    state: state?.state ?? (isCurrent ? 'done' : result.state === 'failed' ? 'failed' : 'stale'),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
    text,
  }
}

function textOf(outputs: readonly Output[]): string {
  return outputs.map(textOfOutput).join('\n\n')
}

function textOfOutput(output: Output): string {
  if (output.kind === 'scalar') return output.text
  if (output.kind === 'prose') return output.markdown
  if (output.kind === 'figure') return `Figure: ${output.alt}`
  const { columns, rows } = output
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ key }) => row[key]?.text ?? '')),
  ]
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index]!.length)))
  const pad = (text: string, index: number) =>
    columns[index]!.align === 'right' ? text.padStart(widths[index]!) : text.padEnd(widths[index]!)
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')
}
