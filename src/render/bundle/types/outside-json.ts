import type ts from 'typescript'

/** What a type has that JSON cannot hold: `a Date` at `rows[].begin`. */
interface OutsideJson {
  /** After the name of the export; empty for the export itself. */
  readonly path: string
  readonly found: string
}

/** Looks in types for what JSON cannot hold. It tells of what is there for sure, and of what may be in an array. */
export class JsonTypes {
  readonly #compiler: typeof ts
  readonly #checker: ts.TypeChecker
  readonly #file: ts.SourceFile

  constructor(compiler: typeof ts, checker: ts.TypeChecker, file: ts.SourceFile) {
    this.#compiler = compiler
    this.#checker = checker
    this.#file = file
  }

  /** Finds the first thing in a type that is not JSON. */
  find(type: ts.Type, path = '', above: readonly ts.Type[] = []): OutsideJson | undefined {
    const { TypeFlags } = this.#compiler
    if (above.includes(type) || above.length > deepest) return undefined
    const has = (flags: ts.TypeFlags) => (type.flags & flags) !== 0
    if (type.isUnion()) return firstOf(type.types, (one) => this.#inUnion(one, path, above))
    if (has(TypeFlags.BigIntLike)) return { path, found: 'a bigint' }
    if (has(TypeFlags.ESSymbolLike)) return { path, found: 'a symbol' }
    if (has(TypeFlags.Undefined | TypeFlags.Void)) return { path, found: 'undefined' }
    if (!has(TypeFlags.Object | TypeFlags.Intersection)) return undefined
    const kind = this.kindOf(type)
    // What is stored keeps a date a date.
    if (kind === 'a Date') return undefined
    return kind === undefined ? this.#inMembers(type, path, [...above, type]) : { path, found: kind }
  }

  /** Names the kind of an object that is neither plain nor an array: `a function`, `a Map`, `an instance of Model`. */
  kindOf(type: ts.Type): string | undefined {
    if (type.getCallSignatures().length + type.getConstructSignatures().length > 0) return 'a function'
    const symbol = type.getSymbol()
    if (symbol === undefined) return undefined
    const isOfLibrary = symbol.declarations?.every((one) => one.getSourceFile().isDeclarationFile)
    if (isOfLibrary && objects.has(symbol.name)) return `a ${symbol.name}`
    return symbol.flags & this.#compiler.SymbolFlags.Class ? `an instance of ${symbol.name}` : undefined
  }

  /** Gives the types of the elements of an array or a tuple; undefined for another type. */
  elementsOf(type: ts.Type): readonly ts.Type[] | undefined {
    if (!this.#checker.isArrayType(type) && !this.#checker.isTupleType(type)) return undefined
    return this.#checker.getTypeArguments(type as ts.TypeReference)
  }

  /** Gives the type of a member. */
  memberOf(type: ts.Type, name: string): ts.Type | undefined {
    const member = type.getProperty(name)
    return member && this.#checker.getTypeOfSymbolAtLocation(member, this.#file)
  }

  // A value that may be absent is an error only if it is.
  #inUnion(type: ts.Type, path: string, above: readonly ts.Type[]): OutsideJson | undefined {
    const isAbsent = (type.flags & this.#compiler.TypeFlags.Undefined) !== 0
    return isAbsent && !path.endsWith('[]') ? undefined : this.find(type, path, above)
  }

  #inMembers(type: ts.Type, path: string, above: readonly ts.Type[]): OutsideJson | undefined {
    const elements = this.elementsOf(type)
    if (elements) return firstOf(elements, (one) => this.find(one, `${path}[]`, above))
    const inMember = firstOf(this.#checker.getPropertiesOfType(type), (member) => {
      if (member.name.startsWith('__@')) return { path, found: 'a member named by a symbol' }
      const found = this.find(
        this.#checker.getTypeOfSymbolAtLocation(member, this.#file),
        `${path}.${member.name}`,
        above,
      )
      // JSON leaves out a member that is undefined.
      return found?.found === 'undefined' && !found.path.endsWith('[]') ? undefined : found
    })
    const indexed = () =>
      firstOf(this.#checker.getIndexInfosOfType(type), ({ type: one }) => {
        const found = this.find(one, `${path}[...]`, above)
        return found?.found === 'undefined' ? undefined : found
      })
    return inMember ?? indexed()
  }
}

const deepest = 12

// Objects of the language, of browsers and of Node whose content JSON loses.
const objects: ReadonlySet<string> = new Set(
  `Date Map ReadonlyMap WeakMap Set ReadonlySet WeakSet Promise PromiseLike RegExp Error ArrayBuffer SharedArrayBuffer
   DataView Buffer URL Blob Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
   Float16Array Float32Array Float64Array BigInt64Array BigUint64Array`.split(/\s+/),
)

function firstOf<One>(
  list: readonly One[],
  find: (one: One) => OutsideJson | undefined,
): OutsideJson | undefined {
  for (const one of list) {
    const found = find(one)
    if (found) return found
  }
  return undefined
}
