import { createReadStream, existsSync, type ReadStream } from 'node:fs'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Guard } from './guard.ts'
import type { Handlers } from './handlers.ts'

/** An answer to a request. */
export interface Answer {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body?: string | ReadStream
  /** Whether it is the page itself. */
  readonly isPage?: true
}

/**
 * Answers a request: the page at `/`, the print at `/-/report.pdf`, what a page needs to come back at `/-/session`,
 * and for editors `POST /run/LABEL` and `GET /cell/LABEL` with the header `x-weft-token`. Nothing else of the disk is
 * served.
 */
export function answerRequest(request: IncomingMessage, guard: Guard, handlers: Handlers): Answer {
  const { pathname } = addressOf(request)
  // Whoever follows a link from elsewhere comes with that origin, and may: no other page reads what is answered.
  const refused = pathname === '/' && guard.isHostKnown(request) ? undefined : refusal(request, guard)
  if (refused) return plain(403, refused)
  const [, command, name] = /^\/(run|cell)\/([a-z][a-z0-9-]*)$/i.exec(pathname) ?? []
  if (name !== undefined) return answerEditor(request, command as 'run' | 'cell', name, guard, handlers)
  const route = routes[pathname]
  if (!route) return plain(404, `Unknown address ${pathname}`)
  if (request.method !== 'GET' && request.method !== 'HEAD') return wrongMethod(request, 'GET')
  return route(request, guard, handlers)
}

/** Gives the address that a request asks for; that of nothing if it is none. */
export function addressOf({ url = '' }: IncomingMessage): URL {
  const base = 'http://weft'
  return url.startsWith('/') && !url.startsWith('//') ? new URL(url, base) : new URL('/-/nothing', base)
}

/** Says why a request may have nothing; undefined if it may. */
export function refusal(request: IncomingMessage, guard: Guard): string | undefined {
  if (!guard.isHostKnown(request))
    return `Unexpected host ${request.headers.host}, expected that of the preview: begin it with --host to use another`
  if (!guard.isOriginKnown(request))
    return `Unexpected origin ${request.headers.origin ?? 'of another site'}, expected a page of the preview`
  return undefined
}

const common = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

const routes: { readonly [path: string]: (...given: Parameters<typeof answerRequest>) => Answer } = {
  '/': (request, guard, handlers) => {
    const { html, policy } = handlers.page(guard.tokenFor(request))
    const type = { 'content-type': 'text/html; charset=utf-8' }
    const headers = { ...common, ...type, 'content-security-policy': policy }
    return { status: 200, headers, body: html, isPage: true }
  },
  '/-/session': (request, guard) => json(200, { token: guard.tokenFor(request) }),
  '/-/report.pdf': (_request, _guard, handlers) => {
    const path = handlers.pdf()
    if (path === undefined || !existsSync(path)) return plain(404, 'The report is not printed yet')
    return {
      status: 200,
      headers: { ...common, 'content-type': 'application/pdf' },
      body: createReadStream(path),
    }
  },
}

function answerEditor(
  request: IncomingMessage,
  command: 'run' | 'cell',
  label: string,
  guard: Guard,
  handlers: Handlers,
): Answer {
  const method = command === 'run' ? 'POST' : 'GET'
  if (request.method !== method) return wrongMethod(request, method)
  const token = request.headers['x-weft-token']
  if (guard.roleOf(typeof token === 'string' ? token : undefined) !== 'author')
    return plain(403, 'Unexpected x-weft-token, expected that in dist/.cache/preview.json')
  if (command === 'run') {
    const reason = handlers.run(label)
    return reason === undefined ? json(202, { label }) : plain(409, reason)
  }
  const cell = handlers.cell(label)
  return cell ? json(200, cell) : plain(404, `Unknown cell #${label}`)
}

function wrongMethod(request: IncomingMessage, expected: string): Answer {
  const answer = plain(405, `Unexpected ${request.method}, expected ${expected}`)
  return { ...answer, headers: { ...answer.headers, allow: expected } }
}

function plain(status: number, text: string): Answer {
  const headers = { ...common, 'content-type': 'text/plain; charset=utf-8' }
  return { status, headers, body: `${text}\n` }
}

function json(status: number, value: object): Answer {
  const headers = { ...common, 'content-type': 'application/json' }
  return { status, headers, body: JSON.stringify(value) }
}
