import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Guard, openGuard, type Role } from './guard.ts'
import type { Client, Handlers } from './handlers.ts'
import type { ClientMessage } from './protocol.ts'
import { type Answer, addressOf, answerRequest, refusal } from './routes.ts'

export interface PreviewServer {
  readonly url: string
  readonly port: number
  readonly token: string
  close(): Promise<void>
}

interface ServerOptions {
  readonly host: string
  /** Ports to try, in this order. */
  readonly ports: readonly number[]
}

// A page sends places and labels, nothing large.
const mostBytes = 16_384

/** Serves a report that is being written, to this machine unless the host says otherwise. Throws if no port is free. */
export async function openServer({ host, ports }: ServerOptions, handlers: Handlers): Promise<PreviewServer> {
  const guard: Guard = openGuard({ host, port: () => (server.address() as AddressInfo).port })
  const server = createServer((request, response) => {
    const given = answerRequest(request, guard, handlers)
    if (given.isPage) response.once('finish', handlers.served)
    answer(response, given)
  })
  const sockets = openSockets(server, guard, handlers)
  const port = await listen(server, host, ports)
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return {
    url: `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}/`,
    port,
    token: guard.token,
    async close() {
      for (const opened of sockets.clients) opened.terminate()
      sockets.close()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

function openSockets(server: Server, guard: Guard, handlers: Handlers): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes })
  server.on('upgrade', (request, socket, head) => {
    const found = admitted(request, guard)
    if (typeof found === 'string') {
      socket.end(`HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n${found}`)
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      const client = clientOf(opened, found.role)
      opened.on('close', () => handlers.disconnected(client))
      // A page that breaks the connection off needs no answer.
      opened.on('error', () => opened.terminate())
      opened.on('message', (data) => hear(String(data), client, handlers))
      handlers.connected(client, found.version)
    })
  })
  return sockets
}

// The one that opens a socket, or why it is refused.
function admitted(request: IncomingMessage, guard: Guard): { role: Role; version: string } | string {
  const refused = refusal(request, guard)
  if (refused) return refused
  const { pathname, searchParams } = addressOf(request)
  const role = guard.roleOf(searchParams.get('token'))
  if (pathname !== '/-/socket') return 'Unexpected address, expected /-/socket'
  if (!role) return 'Unexpected token, expected that of the page'
  return { role, version: searchParams.get('version') ?? '' }
}

function clientOf(opened: WebSocket, role: Role): Client {
  return {
    role,
    send(message) {
      if (opened.readyState === opened.OPEN) opened.send(JSON.stringify(message))
    },
  }
}

function hear(text: string, client: Client, handlers: Handlers): void {
  const message = readMessage(text)
  if (message && client.role === 'author') handlers.said(client, message)
  else client.send({ type: 'refused', reason: 'Only a page on the author’s own machine may do that' })
}

function readMessage(text: string): ClientMessage | undefined {
  try {
    const message = JSON.parse(text) as ClientMessage | null
    return typeof message === 'object' && message !== null && typeof message.type === 'string'
      ? message
      : undefined
  } catch {
    return undefined
  }
}

function answer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers)
  if (typeof body === 'string' || body === undefined) response.end(body)
  else body.on('error', () => response.destroy()).pipe(response)
}

async function listen(server: Server, host: string, ports: readonly number[]): Promise<number> {
  for (const port of ports) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve)
      server.listen(port, host, () => {
        server.off('error', resolve)
        resolve(undefined)
      })
    })
    if (!error) return (server.address() as AddressInfo).port
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error
  }
  const tried = ports.length === 1 ? `port ${ports[0]}` : `ports ${ports[0]} to ${ports.at(-1)}`
  throw new Error(`Cannot serve the preview at ${host}, expected a free port, found ${tried} in use`)
}
