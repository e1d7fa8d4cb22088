/** Tells where a member is read that is a plain value or comes of a getter; what cannot be replaced stays as it is. */
export function watchMember(owner: object, name: string, read: () => void): void {
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
