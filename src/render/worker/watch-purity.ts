import { syncBuiltinESMExports } from 'node:module'
import type { CodePoint } from '../bundle/point-source.ts'
import type { Impurity } from '../model/types.ts'
import type { Subject } from './purity-subjects.ts'
import { subjects } from './purity-subjects.ts'
import { watchCalls } from './watch-calls.ts'

type Kind = Impurity['kind']

/** A task whose code is watched. */
interface PurityTask {
  /** The code of its bundle. */
  readonly code: string
  /** The kinds that are reported for it. */
  readonly kinds: ReadonlySet<Kind>
  /** Gives the point of the bundle's own code that calls now; undefined if other code calls. */
  caller(): CodePoint | undefined
  /** Called once a kind, and once a variable. */
  found(impurity: Impurity): void
}

interface Watched {
  readonly kind: Kind
  /** Matches every code that may ask. */
  readonly words: RegExp
  watch(ask: (what: string) => void): void
}

// Stop looking at a function that packages call this often.
const mostLooks = 10_000

/**
 * Watches this thread for what differs from run to run or from machine to machine: the clock, chance, the network, the
 * machine, other programs and WEFT_* variables. Watches only what the code of a bundle has words for, and changes no
 * result. Call the function that it gives at the start of each task; it says whether it has replaced anything.
 */
export function openPurityWatch(): (task: PurityTask) => boolean {
  const installed = new Set<Watched>()
  let now:
    | { readonly task: PurityTask; readonly asked: ReadonlySet<Watched>; readonly looks: Map<string, number> }
    | undefined
  const ask = (one: Watched, what: string) => {
    // What an earlier task of this thread has words for, Node may call on behalf of this one.
    if (!now?.asked.has(one)) return
    const { task, looks } = now
    const { kind } = one
    const subject = kind === 'environment' ? what : kind
    const count = looks.get(subject) ?? 0
    if (count >= mostLooks) return
    const point = task.caller()
    looks.set(subject, point ? mostLooks : count + 1)
    if (point) task.found({ kind, what, ...point })
  }
  return (task) => {
    const asked = watched.filter(({ kind, words }) => task.kinds.has(kind) && words.test(task.code))
    now = { task, asked: new Set(asked), looks: new Map() }
    const missing = asked.filter((one) => !installed.has(one))
    for (const one of missing) {
      installed.add(one)
      one.watch((what) => ask(one, what))
    }
    if (missing.length > 0) syncBuiltinESMExports()
    return missing.length > 0
  }
}

const watched: readonly Watched[] = [
  ...subjects.map(toWatched),
  { kind: 'clock', words: /\bDate\b/, watch: (ask) => watchDate(() => ask('Date')) },
  {
    kind: 'clock',
    words: /\bDateTimeFormat\b/,
    watch: (ask) => watchDateFormat(() => ask('Intl.DateTimeFormat')),
  },
  ...['pid', 'ppid'].map((name) => memberOf('process.', () => process, name)),
  memberOf('performance.', () => Object.getPrototypeOf(performance) as object, 'timeOrigin'),
  { kind: 'environment', words: /\benv\b/, watch: watchEnvironment },
]

function toWatched({ kind, words, owner, names, prefix }: Subject): Watched {
  const watch: Watched['watch'] = (ask) => {
    for (const name of names) watchCalls(owner(), name, { before: () => ask(prefix + name) })
  }
  return { kind, words, watch }
}

function memberOf(prefix: string, owner: () => object, name: string): Watched {
  return {
    kind: 'machine',
    words: new RegExp(`\\b${name}\\b`),
    watch: (ask) => watchMember(owner(), name, () => ask(prefix + name)),
  }
}

// WEFT_DATA is left out: it says where data sets are, and only their bytes count.
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
    // Without the receiver: process.env accepts only plain attributes.
    set(target, name, value) {
      return Reflect.set(target, name, value)
    },
  })
}

// Date gives the time when it has no arguments, or when it is called as a function. The proxy stays the same class.
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

// A DateTimeFormat that gets no time formats the present.
function watchDateFormat(ask: () => void): void {
  const { prototype } = Intl.DateTimeFormat
  const before = ([date]: readonly unknown[]) => {
    if (date === undefined) ask()
  }
  watchCalls(prototype, 'formatToParts', { before })
  // This getter gives each object a function of its own, always the same one.
  const { get, ...rest } = Object.getOwnPropertyDescriptor(prototype, 'format') ?? {}
  if (!get) return
  const proxies = new WeakMap<object, Intl.DateTimeFormat['format']>()
  Object.defineProperty(prototype, 'format', {
    ...rest,
    get(this: Intl.DateTimeFormat) {
      const known = proxies.get(this)
      if (known) return known
      const holder = { format: Reflect.apply(get, this, []) as Intl.DateTimeFormat['format'] }
      watchCalls(holder, 'format', { before })
      proxies.set(this, holder.format)
      return holder.format
    },
  })
}

// The member may be a plain value or a getter. Does nothing if it cannot be replaced.
function watchMember(owner: object, name: string, read: () => void): void {
  const found = Object.getOwnPropertyDescriptor(owner, name)
  if (!found?.configurable) return
  let { value } = found as { value?: unknown }
  Object.defineProperty(owner, name, {
    configurable: true,
    enumerable: found.enumerable,
    get(this: unknown) {
      read()
      return found.get ? (Reflect.apply(found.get, this, []) as unknown) : value
    },
    set: found.writable
      ? (given: unknown) => {
          value = given
        }
      : found.set,
  })
}
