import { sha256 } from '../model/digest.ts'
import { weftDigest } from '../model/home.ts'
import type { Expression, Json } from '../model/types.ts'
import type { Evaluated } from '../worker/evaluated.ts'

/** Texts that earlier builds stored, by key. */
export interface ValueMemory {
  /** Whether earlier builds stored nothing. */
  readonly isEmpty: boolean
  get(key: string): string | undefined
  set(key: string, text: string): void
}

/** What values and claims may read. */
export interface Readable {
  readonly params: Json
  /** Of all cells, also of those without a result. */
  readonly names: readonly string[]
  readonly exports: ReadonlyMap<string, Json>
  /** Id -> language, of the values that are not in English. */
  readonly languages: ReadonlyMap<string, string>
}

/** Remembers what expressions came to, as long as nothing changes that they may read. */
export interface RememberedValues {
  get(expression: Expression): Evaluated | undefined
  /** Keeps a result, but not a fault: a fault is explained anew in each build. */
  keep(expression: Expression, result: Evaluated): void
}

/** Opens the results of earlier builds. A result depends on the source, on all that it names, and on Weft itself. */
export function rememberValues(
  { params, names, exports, languages }: Readable,
  memory: ValueMemory | undefined,
): RememberedValues {
  if (!memory) return { get: () => undefined, keep() {} }
  const common = sha256(JSON.stringify([weftDigest(), process.version, params, names]))
  const digests = new Map<string, string>()
  const digestOf = (name: string) => {
    const digest = digests.get(name) ?? sha256(JSON.stringify(exports.get(name)))
    digests.set(name, digest)
    return digest
  }
  const keyOf = ({ id, kind, source }: Expression) => {
    // An escape such as `\u0061` can stand for any name.
    if (source.includes('\\')) return undefined
    const read = [...wordsOf([source])].filter((word) => exports.has(word)).sort()
    const parts = [kind, source, read.map((name) => [name, digestOf(name)]), languages.get(id)]
    return sha256(JSON.stringify(['value', common, ...parts]))
  }
  return {
    get(expression) {
      const key = keyOf(expression)
      const text = key && memory.get(key)
      return text === undefined ? undefined : (JSON.parse(text) as Evaluated)
    },
    keep(expression, result) {
      const key = keyOf(expression)
      const isFault = !result.ok || (expression.kind === 'claim' && !result.isTrue)
      if (key !== undefined && !isFault) memory.set(key, JSON.stringify(result))
    },
  }
}

/** Finds all words in code that can be names. */
export function wordsOf(codes: Iterable<string>): Set<string> {
  const words = new Set<string>()
  for (const code of codes)
    for (const word of code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []) words.add(word)
  return words
}
