import { plural } from '../../output/format.ts'
import type { CellState, Message, PrintState, Status } from '../protocol.ts'
import type { Connection } from './connection.ts'

/** What the page knows of its preview. */
export interface PreviewState {
  readonly connection: Connection
  readonly status: Status
  readonly messages: readonly Message[]
  readonly cells: ReadonlyMap<string, CellState>
  readonly print?: PrintState
}

type Tone = 'good' | 'busy' | 'lost' | 'warning' | 'error'

/** Says in a few words how things are. */
export function summaryOf({ connection, status, messages, cells, print }: PreviewState): [Tone, string] {
  const count = (kind: Message['kind']) => messages.filter((message) => message.kind === kind).length
  const cellsIn = (wanted: CellState['state']) =>
    [...cells.values()].filter(({ state }) => state === wanted).length
  const [running, asking] = [cellsIn('running'), cellsIn('asks')]
  if (connection === 'lost') return ['lost', 'Not connected: waiting for the preview']
  if (print?.state === 'printing') return ['busy', printing(print)]
  if (status.state === 'broken') return ['error', 'The preview failed: the last page stays']
  if (status.state === 'unreadable') return ['error', 'Cannot read the report: the last page stays']
  if (status.state === 'old') return ['busy', 'An earlier page, being brought up to date']
  if (count('error') > 0) return ['error', plural(count('error'), 'error')]
  if (running > 0) return ['busy', `${plural(running, 'cell')} running`]
  if (status.state === 'updating') return ['busy', 'Updating']
  if (asking > 0) return ['warning', asking === 1 ? '1 cell waits for Run' : `${asking} cells wait for Run`]
  if (count('warning') > 0) return ['warning', plural(count('warning'), 'warning')]
  return ['good', 'Up to date']
}

/** Says how far printing is; the last print tells how long it takes. */
function printing({ startedAt, lastMs }: Extract<PrintState, { state: 'printing' }>): string {
  const seconds = Math.max(0, Math.round((Date.now() - startedAt) / 1000))
  const of = lastMs === undefined ? '' : ` of about ${Math.max(1, Math.round(lastMs / 1000))}`
  return `Printing, ${seconds}${of} s`
}

/** Writes the place of a message as editors and consoles do. */
export function placeText({ file, line, column }: Pick<Message, 'file' | 'line' | 'column'>): string {
  return [file, line, column].filter((part) => part !== undefined).join(':')
}
