import { syncBuiltinESMExports } from 'node:module'
import type { Impurity } from '../types.ts'
import type { CodePoint } from './own-caller.ts'
import { watchCalls } from './watch-calls.ts'

type Kind = Impurity['kind']

interface Subject {
  readonly kind: Kind
  /** Names of which the code has one, where it asks. */
  readonly words: RegExp
  readonly owner: () => object | undefined
  readonly names: readonly string[]
  /** What it is called, before its name. */
  readonly prefix: string
}

const ofModule = (kind: Kind, module: string, names: readonly string[]): Subject => ({
  kind,
  words: new RegExp(`["'\`](node:)?${module}(/promises)?["'\`]`),
  owner: () => process.getBuiltinModule(`node:${module}`) as object | undefined,
  names,
  prefix: `${module}.`,
})

const ofGlobal = (
  kind: Kind,
  prefix: string,
  owner: Subject['owner'],
  names: readonly string[],
  words = names,
): Subject => ({ kind, words: new RegExp(`\\b(${words.join('|')})\\b`), owner, names, prefix })

const lookups = ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'reverse']
const programs = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']
const randomBytes = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID']

const subjects: readonly Subject[] = [
  ofGlobal('clock', 'Date.', () => Date, ['now'], ['Date']),
  ofGlobal('clock', 'performance.', () => Object.getPrototypeOf(performance), ['now']),
  ofGlobal('clock', 'process.hrtime.', () => process.hrtime, ['bigint'], ['hrtime']),
  ofGlobal('clock', 'process.', () => process, ['hrtime', 'uptime']),
  ofGlobal('chance', 'Math.', () => Math, ['random']),
  ofGlobal('chance', 'crypto.', () => Object.getPrototypeOf(crypto), ['getRandomValues', 'randomUUID']),
  ofModule('chance', 'crypto', randomBytes),
  ofGlobal('network', '', () => globalThis, ['fetch', 'WebSocket', 'EventSource']),
  ofModule('network', 'http', ['get', 'request']),
  ofModule('network', 'https', ['get', 'request']),
  ofModule('network', 'http2', ['connect']),
  ofModule('network', 'net', ['connect', 'createConnection']),
  ofModule('network', 'tls', ['connect']),
  ofModule('network', 'dgram', ['createSocket']),
  ofModule('network', 'dns', lookups),
  {
    ...ofModule('network', 'dns', lookups),
    owner: () => process.getBuiltinModule('node:dns')?.promises,
    prefix: 'dns.promises.',
  },
  {
    ...ofModule('network', 'net', ['connect']),
    owner: () => process.getBuiltinModule('node:net')?.Socket.prototype,
    prefix: 'Socket.',
  },
  ofModule('program', 'child_process', programs),
  ofModule('program', 'worker_threads', ['Worker']),
]

// A package that calls a function this often is not what is looked for.
const mostLooks = 10_000

/**
 * Watches this thread for what is not the same for everybody: the clock, chance, the network, other programs and the
 * settings that WEFT_* variables are, where the code of a bundle has words for it. Nothing computes otherwise for it.
 *
 * @param code Of the bundle.
 * @param caller Gives the place in the bundle's own code that calls now, if it is that which calls.
 * @param found Told of each kind once, and of each variable.
 */
export function watchPurity(
  code: string,
  caller: () => CodePoint | undefined,
  found: (impurity: Impurity) => void,
): void {
  const looks = new Map<string, number>()
  const ask = (kind: Kind, what: string, subject: string = kind) => {
    const count = looks.get(subject) ?? 0
    if (count >= mostLooks) return
    const point = caller()
    looks.set(subject, point ? mostLooks : count + 1)
    if (point) found({ kind, what, ...point })
  }
  for (const { kind, words, owner, names, prefix } of subjects) {
    if (!words.test(code)) continue
    for (const name of names) watchCalls(owner(), name, { before: () => ask(kind, prefix + name) })
  }
  if (/\bDate\b/.test(code)) watchDate(() => ask('clock', 'Date'))
  if (/\benv\b/.test(code)) watchEnvironment((name) => ask('environment', name, name))
  syncBuiltinESMExports()
}

// Still the class that it is: only what it is without arguments, and called as a function, is told.
function watchDate(ask: () => void): void {
  const original = Date
  const watched: DateConstructor = new Proxy(original, {
    apply(target, self, args) {
      ask()
      return Reflect.apply(target, self, args) as string
    },
    construct(target, args, newTarget) {
      if (args.length === 0) ask()
      return Reflect.construct(target, args, newTarget === watched ? target : newTarget) as Date
    },
  })
  original.prototype.constructor = watched
  globalThis.Date = watched
}

// WEFT_DATA says where data sets lie, whose bytes count, not their place.
function watchEnvironment(ask: (name: string) => void): void {
  const tell = (name: string | symbol) => {
    if (typeof name === 'string' && name.startsWith('WEFT_') && name !== 'WEFT_DATA') ask(name)
  }
  process.env = new Proxy(process.env, {
    get(target, name) {
      tell(name)
      return Reflect.get(target, name)
    },
    has(target, name) {
      tell(name)
      return Reflect.has(target, name)
    },
    // As the environment itself does: it takes no other attributes.
    set(target, name, value) {
      return Reflect.set(target, name, value)
    },
  })
}
