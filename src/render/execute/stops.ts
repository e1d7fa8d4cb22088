/** What is to be stopped when a signal fires. */
interface Stops {
  /** Calls `stop` when the signal fires, unless the function that it gives is called before. */
  add(signal: AbortSignal | undefined, stop: () => void): () => void
}

/** Listens once to each signal, however many tasks are under it: Node warns of more than ten listeners. */
export function openStops(): Stops {
  const stops = new WeakMap<AbortSignal, Set<() => void>>()
  const open = (signal: AbortSignal) => {
    const all = new Set<() => void>()
    stops.set(signal, all)
    signal.addEventListener('abort', () => [...all].forEach((stop) => void stop()), { once: true })
    return all
  }
  return {
    add(signal, stop) {
      if (!signal) return () => {}
      const all = stops.get(signal) ?? open(signal)
      all.add(stop)
      return () => void all.delete(stop)
    },
  }
}
