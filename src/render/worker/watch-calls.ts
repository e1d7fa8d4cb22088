type Callable = (...args: unknown[]) => unknown

/** Told about the calls of one function. */
export interface Watcher {
  before?(args: readonly unknown[]): void
  /** Gets what the function returned, or what its promise or callback gave; not called if that failed. */
  after?(args: readonly unknown[], result: unknown): void
}

/**
 * Replaces a function of a module or a global object by a proxy that reports its calls and changes nothing else:
 * `this`, arguments, results, `new`, name and members stay. Does nothing if it is no function or cannot be replaced.
 * Modules that import by name see the proxy after `syncBuiltinESMExports()`.
 */
export function watchCalls(owner: object | undefined, name: string, { before, after }: Watcher): void {
  const original = owner && (owner as Record<string, unknown>)[name]
  if (typeof original !== 'function') return
  const proxy: Callable = new Proxy(original as Callable, {
    apply(target, self, args) {
      before?.(args)
      return after ? callTelling(target, self, args, after) : Reflect.apply(target, self, args)
    },
    construct(target, args, newTarget) {
      before?.(args)
      return Reflect.construct(target, args, newTarget === proxy ? target : newTarget) as object
    },
  })
  Reflect.set(owner as object, name, proxy)
}

function callTelling(
  target: Callable,
  self: unknown,
  args: readonly unknown[],
  after: NonNullable<Watcher['after']>,
): unknown {
  const callback = args.at(-1)
  if (typeof callback === 'function') {
    const telling = function (this: unknown, error: unknown, ...results: unknown[]) {
      if (!error) after(args, results[0])
      return Reflect.apply(callback, this, [error, ...results]) as unknown
    }
    return Reflect.apply(target, self, [...args.slice(0, -1), telling])
  }
  const result = Reflect.apply(target, self, args)
  // Runs before the code that awaits it; a rejection is left to that code.
  if (result instanceof Promise)
    result.then(
      (value) => after(args, value),
      () => {},
    )
  else after(args, result)
  return result
}
