/** A list in which everything stands once. */
export interface Interned<Item> {
  /** Gives the place of an item, which it adds where it is new. */
  add(item: Item): number
  readonly list: readonly Item[]
}

/** Opens an empty list of plain items; two are the same if their JSON is. */
export function intern<Item>(): Interned<Item> {
  const list: Item[] = []
  const places = new Map<string, number>()
  return {
    list,
    add(item) {
      const id = JSON.stringify(item)
      if (!places.has(id)) places.set(id, list.push(item) - 1)
      return places.get(id)!
    },
  }
}
