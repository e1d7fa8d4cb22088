import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { hostname, networkInterfaces } from 'node:os'

/** Who asks: the author on this machine, or somebody else who may only look. */
export type Role = 'author' | 'viewer'

/** Judges requests. A website that the author visits must neither read the report nor make the preview do anything. */
export interface Guard {
  /** What an author's page and editors show to be let in. */
  readonly token: string
  /** Whether the request is for this server by a name that it has: otherwise a website could lead its own name here. */
  isHostKnown(request: IncomingMessage): boolean
  /** Whether the request comes from a page of this server, or from a program that is no browser. */
  isOriginKnown(request: IncomingMessage): boolean
  /** What a token allows; undefined if it is none of ours. */
  roleOf(token: string | null | undefined): Role | undefined
  /** The token for a page that is asked for: the author's on this machine, or with the author's token. */
  tokenFor(request: IncomingMessage): string
}

interface GuardOptions {
  /** Address that the server listens on. */
  readonly host: string
  port(): number
}

const loopback = '127.0.0.1'

/** Opens the guard of a server, with tokens of its own. */
export function openGuard({ host, port }: GuardOptions): Guard {
  const token = randomBytes(24).toString('base64url')
  const viewer = randomBytes(24).toString('base64url')
  const names = namesOf(host)
  const isOurs = (address: string | undefined) => {
    const [, name = '', at = '80'] =
      /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(address?.toLowerCase() ?? '') ?? []
    return names.has(name) && Number(at) === port()
  }
  return {
    token,
    isHostKnown: ({ headers }) => isOurs(headers.host),
    isOriginKnown({ headers: { origin, 'sec-fetch-site': site } }) {
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
      return origin === undefined || (origin.startsWith('http://') && isOurs(origin.slice('http://'.length)))
    },
    roleOf(given) {
      if (isEqual(given, token)) return 'author'
      return isEqual(given, viewer) ? 'viewer' : undefined
    },
    tokenFor({ socket: { remoteAddress = '' }, url = '' }) {
      const shown = new URLSearchParams(url.replace(/^[^?]*/, '')).get('token')
      return isLoopback(remoteAddress) || isEqual(shown, token) ? token : viewer
    },
  }
}

/** Says whether an address is of this machine alone. */
export function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\.|^::1$|^\[::1\]$|^localhost$/.test(address)
}

function namesOf(host: string): Set<string> {
  const names = ['localhost', loopback, '[::1]', bracketed(host)]
  if (isLoopback(host)) return new Set(names)
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const own = hostname().toLowerCase()
  return new Set([...names, own, `${own}.local`, ...addresses.map(({ address }) => bracketed(address))])
}

function bracketed(address: string): string {
  return address.includes(':') && !address.startsWith('[')
    ? `[${address.toLowerCase()}]`
    : address.toLowerCase()
}

function isEqual(given: string | null | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return one.length === other.length && timingSafeEqual(one, other)
}
