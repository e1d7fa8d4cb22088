const known = new WeakMap<object, Map<string, object[]>>()

/** Gives what a list has under a label, in its order. The list is searched once: a report may have thousands. */
export function byLabel<One extends { readonly label: string }>(
  list: readonly One[],
  label: string,
): readonly One[] {
  let index = known.get(list)
  if (!index) {
    index = new Map()
    for (const one of list) index.set(one.label, [...(index.get(one.label) ?? []), one])
    known.set(list, index)
  }
  return (index.get(label) ?? []) as One[]
}
