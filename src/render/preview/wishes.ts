import { resolve } from 'node:path'
import { openingOf, startEditor } from './editor.ts'
import type { Client } from './handlers.ts'
import type { LivePage } from './live-page.ts'
import type { Loop } from './loop.ts'
import { placeOf } from './messages.ts'
import type { ClientMessage, Message } from './protocol.ts'

/** What a page may wish for, and what that needs. */
interface WishOptions {
  readonly live: LivePage
  readonly env: NodeJS.ProcessEnv
  last(): Loop['last']
  messages(): readonly Message[]
  print(): void
  /** Gives a reason if it cannot. */
  run(label: string): string | undefined
}

/** Does what a page asks for, and says so to that page. */
export async function fulfil(message: ClientMessage, client: Client, options: WishOptions): Promise<void> {
  if (message.type === 'print') options.print()
  else if (message.type === 'run') {
    const reason = options.run(String(message.label))
    if (reason !== undefined) client.send({ type: 'refused', reason })
  } else if (message.type === 'open' || message.type === 'open-place') {
    const place = placeIn(message, options)
    if (place) await openPlace(place, client, options)
    else client.send({ type: 'refused', reason: 'No file of the report is known for this place' })
  }
}

type Place = Pick<Message, 'file' | 'line' | 'column'>

// Only files that the report names are opened, whatever a page says.
function placeIn(message: Extract<ClientMessage, { type: 'open' | 'open-place' }>, options: WishOptions) {
  if (message.type === 'open-place') {
    const { file } = message
    const known = [
      ...options.messages(),
      ...(options.last()?.files ?? []).map(({ path }) => ({ file: path })),
    ]
    if (!known.some((one) => one.file === file)) return undefined
    return { file, line: countOf(message.line), column: countOf(message.column) }
  }
  const source = options.live.regionAt(message.version, message.region)?.source
  if (!source) return undefined
  const lines = Number.isInteger(message.lines) ? Math.max(0, message.lines ?? 0) : 0
  return { file: source.file, line: Math.min(source.line + lines, source.endLine) }
}

function countOf(count: unknown): number | undefined {
  return Number.isInteger(count) && (count as number) > 0 ? (count as number) : undefined
}

async function openPlace(place: Place, client: Client, { last, env }: WishOptions): Promise<void> {
  const root = last()?.run.source.report.root ?? process.cwd()
  const { file, line = 1, column = 1 } = place
  const opening = openingOf({ path: resolve(root, file), line, column }, env)
  if ('link' in opening) {
    client.send({ type: 'opened', place: placeOf(place), link: opening.link })
    return
  }
  const error = await startEditor(opening, env)
  client.send(
    error
      ? { type: 'refused', reason: `Cannot open ${placeOf(place)} with ${opening.program}, ${error.message}` }
      : { type: 'opened', place: placeOf(place), editor: opening.program },
  )
}
