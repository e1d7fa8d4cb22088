import type { Point } from 'unist'
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { limits } from '../model/limits.ts'

/** A mistake in YAML, at an offset of its source. */
interface YamlError {
  readonly message: string
  readonly offset: number
}

interface ReadYaml {
  readonly document: Document.Parsed
  readonly errors: readonly YamlError[]
  /** Gives the place of an offset in the file. */
  pointAt(offset: number): Point
  /** Gives the values; only for a document without an error. */
  toJs(): unknown
}

/**
 * Parses YAML in a time that grows with its length alone: aliases are counted, and what they grow to, before the
 * first of them is resolved.
 *
 * @param before Lines of the file above the source.
 */
export function readYaml(source: string, before: number): ReadYaml {
  const counter = new LineCounter()
  // The parser compares every key of a map with every other one. We find equal ones below.
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false, uniqueKeys: false })
  const errors = document.errors.map(({ message, pos }) => ({ message, offset: pos[0] }))
  return {
    document,
    errors: [...errors, ...faultsOf(document)],
    pointAt(offset) {
      const { line, col } = counter.linePos(offset)
      return { line: line + before, column: col }
    },
    toJs: () => document.toJS({ maxAliasCount: -1 }),
  }
}

// The parser checks neither aliases nor, as we call it, keys.
function faultsOf({ contents }: Document.Parsed): YamlError[] {
  const errors: YamlError[] = []
  // Values that each anchor stands for; undefined while we are inside it.
  const sizes = new Map<string, number | undefined>()
  let aliases = 0
  let excess: unknown = contents
  const add = (message: string, node: unknown) => void errors.push({ message, offset: offsetOf(node) })
  const sizeOf = (node: unknown): number => {
    if (isAlias(node)) {
      if (++aliases === limits.aliases + 1) excess = node
      const size = sizes.get(node.source)
      if (size !== undefined) return size
      const wanted = sizes.has(node.source) ? 'anchor outside' : 'anchor before it'
      add(`expected an ${wanted} for the alias *${node.source}`, node)
      return 1
    }
    const anchor = isNode(node) && 'anchor' in node ? node.anchor : undefined
    if (anchor !== undefined) sizes.set(anchor, undefined)
    let size = 1
    if (isSeq(node)) for (const item of node.items) size += sizeOf(item)
    if (isMap(node)) {
      addRepeatedKeys(node.items, add)
      for (const { key, value } of node.items) size += sizeOf(key) + sizeOf(value)
    }
    if (anchor !== undefined) sizes.set(anchor, size)
    return size
  }
  const size = sizeOf(contents)
  const reasons = [
    ...(aliases > limits.aliases ? [`at most ${limits.aliases} aliases, found ${aliases}`] : []),
    ...(aliases > 0 && size > limits.yamlValues
      ? [`aliases that grow to at most ${limits.yamlValues} values, found ${size}`]
      : []),
  ]
  return [
    ...reasons.map((reason) => ({
      message: `expected ${reason}: write the values out`,
      offset: offsetOf(excess),
    })),
    ...errors,
  ]
}

function addRepeatedKeys(
  items: readonly { readonly key: unknown }[],
  add: (message: string, node: unknown) => void,
): void {
  const known = new Set<unknown>()
  for (const { key } of items) {
    if (!isScalar(key)) continue
    if (known.has(key.value)) add('Map keys must be unique', key)
    known.add(key.value)
  }
}

function offsetOf(node: unknown): number {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0
}
