import { syncBuiltinESMExports } from 'node:module'
import type { CodePoint } from '../bundle/point-source.ts'
import type { Impurity } from '../model/types.ts'
import type { Subject } from './purity-subjects.ts'
import { subjects } from './purity-subjects.ts'
import { watchCalls } from './watch-calls.ts'

type Kind = Impurity['kind']

/** A task whose code is watched. */
interface PurityTask {
  /** Of its bundle. */
  readonly code: string
  /** What is told of it. */
  readonly kinds: ReadonlySet<Kind>
  /** Gives the place in the bundle's own code that calls now, if it is that which calls. */
  caller(): CodePoint | undefined
  /** Told of each kind once, and of each variable. */
  found(impurity: Impurity): void
}

interface Watched {
  readonly kind: Kind
  /** Code without these does not ask. */
  readonly words: RegExp
  watch(ask: (what: string) => void): void
}

// A package that calls a function this often is not what is looked for.
const mostLooks = 10_000

/**
 * Watches this thread for what is not the same for everybody: the clock, chance, the network, the machine, other
 * programs and the settings that WEFT_* variables are, where the code of a bundle has words for it. Nothing computes
 * otherwise for it. Gives what is called at the start of each task, one after another.
 */
export function openPurityWatch(): (task: PurityTask) => void {
  const installed = new Set<Watched>()
  let now: { readonly task: PurityTask; readonly looks: Map<string, number> } | undefined
  const ask = (kind: Kind, what: string) => {
    if (!now?.task.kinds.has(kind)) return
    const { task, looks } = now
    const subject = kind === 'environment' ? what : kind
    const count = looks.get(subject) ?? 0
    if (count >= mostLooks) return
    const point = task.caller()
    looks.set(subject, point ? mostLooks : count + 1)
    if (point) task.found({ kind, what, ...point })
  }
  return (task) => {
    now = { task, looks: new Map() }
    for (const one of watched) {
      if (installed.has(one) || !task.kinds.has(one.kind) || !one.words.test(task.code)) continue
      installed.add(one)
      one.watch((what) => ask(one.kind, what))
    }
    syncBuiltinESMExports()
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

// The global Date is asked for the time without arguments, or called as a function. It is still the class that it is.
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

// A DateTimeFormat that is given no time formats the time that it is.
function watchDateFormat(ask: () => void): void {
  const { prototype } = Intl.DateTimeFormat
  const before = ([date]: readonly unknown[]) => {
    if (date === undefined) ask()
  }
  watchCalls(prototype, 'formatToParts', { before })
  // Gives a function of its own for each object, the same each time.
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

// A plain value or a getter; what cannot be replaced stays as it is.
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
