import { watchCalls } from './watch-calls.ts'

/**
 * Tells where the global Date is asked for the time: without arguments, or called as a function. It is still the
 * class that it is.
 */
export function watchDate(ask: () => void): void {
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

/** Tells where a DateTimeFormat formats no given time, and so the time that it is. */
export function watchDateFormat(ask: () => void): void {
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
