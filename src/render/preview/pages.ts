import type { Client } from './handlers.ts'
import type { LivePage } from './live-page.ts'
import type { CellState, Message, Patch, PrintState, RegionPlace, ServerMessage, Status } from './protocol.ts'

/** The pages that are open, and what they are told: what each must know that comes later is kept. */
export interface OpenPages {
  readonly messages: readonly Message[]
  /** Brings a page that has a version up to date. */
  add(client: Client, version: string): void
  remove(client: Client): void
  /** Tells all pages how to become the present one. */
  patch(before: string, changed?: RegionPlace): void
  /** Tells all pages the data of the cards, if they changed. */
  pieces(): void
  status(status: Status): void
  tellMessages(messages: readonly Message[]): void
  cell(label: string, state: CellState): void
  /** Forgets the cells that a report does not have any more. */
  keepCells(labels: ReadonlyMap<string, unknown>): void
  print(state: PrintState): void
}

/** Opens the list of the pages that show a live page. */
export function openPages(live: LivePage): OpenPages {
  const clients = new Set<Client>()
  const cells: { [label: string]: CellState } = {}
  const told: { status: Status; messages: readonly Message[]; print?: PrintState; cards?: string } = {
    status: { state: 'old' },
    messages: [],
  }
  const tell = (message: ServerMessage) => {
    for (const client of clients) client.send(message)
  }
  const wayFrom = (version: string, changed?: RegionPlace): ServerMessage => {
    const patch = live.patchFrom(version, changed)
    return patch ? { type: 'patch', patch: withoutCards(patch) } : { type: 'reload' }
  }
  return {
    get messages() {
      return told.messages
    },
    add(client, version) {
      clients.add(client)
      if (version !== live.version) client.send(wayFrom(version))
      client.send({ type: 'status', status: told.status })
      client.send({ type: 'messages', version: live.version, messages: told.messages })
      client.send({ type: 'cells', cells })
      if (told.print) client.send({ type: 'print', print: told.print })
    },
    remove: (client) => void clients.delete(client),
    patch(before, changed) {
      if (before !== live.version) tell(wayFrom(before, changed))
    },
    pieces() {
      const cards = live.layout.pieces.get('cards')
      if (cards === undefined || cards === told.cards) return
      told.cards = cards
      tell({ type: 'pieces', version: live.version, pieces: { cards } })
    },
    status(status) {
      if (JSON.stringify(status) === JSON.stringify(told.status)) return
      told.status = status
      tell({ type: 'status', status })
    },
    tellMessages(messages) {
      if (JSON.stringify(messages) === JSON.stringify(told.messages)) return
      told.messages = messages
      tell({ type: 'messages', version: live.version, messages })
    },
    cell(label, state) {
      cells[label] = state
      tell({ type: 'cells', cells: { [label]: state } })
    },
    keepCells(labels) {
      const gone = Object.keys(cells).filter((label) => !labels.has(label))
      for (const label of gone) delete cells[label]
      if (gone.length > 0)
        tell({ type: 'cells', cells: Object.fromEntries(gone.map((label) => [label, null])) })
    },
    print(state) {
      told.print = state
      tell({ type: 'print', print: state })
    },
  }
}

// They are large, name lines, and so change with nearly every edit; but nobody sees them at once.
function withoutCards(patch: Patch): Patch {
  const { cards: _, ...pieces } = patch.pieces
  return { ...patch, pieces }
}
