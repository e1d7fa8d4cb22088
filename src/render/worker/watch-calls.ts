type Callable = (...args: unknown[]) => unknown

/** What is told of calls of one function. */
export interface Watcher {
  before?(args: readonly unknown[]): void
  /** Given what it returned, or what its promise or callback came to; not told where it failed. */
  after?(args: readonly unknown[], result: unknown): void
}

/**
 * Puts a proxy in the place of a function of a module or a global object, that tells of calls and does nothing else:
 * `this`, arguments, results, `new`, name and members stay. What is no function, or cannot be replaced, stays as it
 * is. Node's modules show it to those who import by name after `syncBuiltinESMExports()`.
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
  // Told before whoever awaits it goes on; that it may reject is theirs to handle.
  if (result instanceof Promise)
    result.then(
      (value) => after(args, value),
      () => {},
    )
  else after(args, result)
  return result
}
