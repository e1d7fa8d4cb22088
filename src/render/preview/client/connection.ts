import type { ClientMessage, PageSettings, ServerMessage } from '../protocol.ts'

/** How the page is connected with its server. */
export type Connection = 'open' | 'lost'

interface Hearing {
  version(): string
  hear(message: ServerMessage): void
  status(connection: Connection): void
}

const firstWaitMs = 300
const mostWaitMs = 4000

/** Connects the page with its server, again and again if the server ends; gives the function that speaks to it. */
export function connect(
  settings: PageSettings,
  { version, hear, status }: Hearing,
): (message: ClientMessage) => void {
  const state: { socket?: WebSocket; token: string; waitMs: number } = {
    token: settings.token,
    waitMs: firstWaitMs,
  }
  const open = () => {
    const address = new URL(`/-/socket?token=${state.token}&version=${version()}`, location.href)
    address.protocol = 'ws:'
    const socket = new WebSocket(address)
    state.socket = socket
    socket.addEventListener('open', () => {
      state.waitMs = firstWaitMs
      status('open')
    })
    socket.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as ServerMessage))
    socket.addEventListener('close', () => {
      status('lost')
      setTimeout(again, state.waitMs)
      state.waitMs = Math.min(state.waitMs * 1.5, mostWaitMs)
    })
  }
  // A server that began anew has another token.
  const again = async () => {
    try {
      const answer = await fetch('/-/session', { cache: 'no-store' })
      state.token = ((await answer.json()) as { token: string }).token
    } catch {
      // It is not there yet.
    }
    open()
  }
  open()
  return (message) => {
    if (state.socket?.readyState === WebSocket.OPEN) state.socket.send(JSON.stringify(message))
  }
}
