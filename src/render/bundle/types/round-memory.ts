/** Remembers what was made of the keys of the last round, and forgets what that round did not ask for. */
export class RoundMemory<Value> {
  #last = new Map<string, Value>()
  #current = new Map<string, Value>()

  /** Begins a round. */
  next(): void {
    this.#last = this.#current
    this.#current = new Map()
  }

  get(key: string, make: () => Value): Value {
    const value = this.#current.get(key) ?? this.#last.get(key) ?? make()
    this.#current.set(key, value)
    return value
  }
}
