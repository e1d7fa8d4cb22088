import type { Role } from './guard.ts'
import type { ServedPage } from './preview-page.ts'
import type { ClientMessage, ServerMessage } from './protocol.ts'

/** A page that is open somewhere. */
export interface Client {
  readonly role: Role
  send(message: ServerMessage): void
}

/** What the server asks of the preview. */
export interface Handlers {
  /** @param token what the page shows to be let in */
  page(token: string): ServedPage
  /** Called when a page is on its way: all of it has left this process. */
  served(): void
  /** Path of the printed report; undefined before there is one. */
  pdf(): string | undefined
  /** Runs a cell that an editor asks for; gives a reason if it cannot. */
  run(label: string): string | undefined
  /** State and output of a cell for an editor; undefined if there is none of that label. */
  cell(label: string): object | undefined
  /** @param version of the page that opened the socket */
  connected(client: Client, version: string): void
  disconnected(client: Client): void
  said(client: Client, message: ClientMessage): void
}
