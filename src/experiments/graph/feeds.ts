import type { Data, Node, Value } from './node.ts'
import { elementsOf, value } from './node.ts'
import { nodeText, withBatch } from './shape.ts'

/** Elements by the placeholder's name. Elements without a shape are rows of the placeholder's shape. */
export type Feeds = Readonly<Record<string, Value | Data | number | readonly number[]>>

/**
 * Checks feeds against the placeholders among `nodes`: none is missing or superfluous, dtypes and shapes match, and
 * all have one batch size. `batch` is undefined if no placeholder has a batch.
 */
export function readFeeds(
  nodes: readonly Node[],
  feeds: Feeds,
  verb: string,
): { values: Map<Node, Value>; batch: number | undefined } {
  // 1. Names must be unique and all be known.
  const placeholders = nodes.filter(({ op }) => op.type === 'Placeholder')
  const names = placeholders.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined)
    throw new Error(`Cannot ${verb}, expected placeholders of different names, found two named \`${twice}\``)
  const superfluous = Object.keys(feeds).filter((name) => !names.includes(name))
  if (superfluous.length > 0) {
    throw new Error(
      `Cannot ${verb}, superfluous feed \`${superfluous.join('`, `')}\`: expected ${names.length > 0 ? `\`${names.join('`, `')}\`` : 'none'}`,
    )
  }
  // 2. Each placeholder gets its value; all batches have one size.
  const values = new Map<Node, Value>()
  let batch: number | undefined
  for (const node of placeholders) {
    const fed = Object.hasOwn(feeds, node.name) ? feeds[node.name] : undefined
    if (fed === undefined || fed === null)
      throw new Error(`Cannot ${verb}, missing feed ${nodeText(node)}: expected its elements`)
    const given = toValue(node, fed, verb)
    values.set(node, given)
    if (node.shape[0] !== null) continue
    const rows = given.shape[0]!
    if (batch !== undefined && rows !== batch) {
      const other = placeholders.find((each) => each.shape[0] === null)!
      throw new Error(
        `Cannot ${verb}, expected one batch size for all feeds, found ${batch} of \`${other.name}\` and ${rows} of \`${node.name}\``,
      )
    }
    batch = rows
  }
  return { values, batch }
}

/** Does the same, but requires a placeholder with a batch; `rows` is the size of the batch. */
export function readRows(
  nodes: readonly Node[],
  feeds: Feeds,
  verb: string,
): { values: Map<Node, Value>; rows: number } {
  const { values, batch } = readFeeds(nodes, feeds, verb)
  if (batch === undefined)
    throw new Error(`Cannot ${verb}, expected a placeholder with a batch, [null, ...], found none`)
  return { values, rows: batch }
}

/** Makes the value of a feed, and checks its shape and dtype against the placeholder. */
function toValue(node: Node, fed: Feeds[string], verb: string): Value {
  const given = typeof fed === 'object' && 'data' in fed ? (fed as Value) : shaped(node, fed as Data, verb)
  const { shape, dtype } = given
  const fits =
    shape.length === node.shape.length &&
    node.shape.every((each, axis) => (each === null ? shape[axis]! > 0 : each === shape[axis]))
  if (fits && dtype === node.dtype) return given
  throw new Error(
    `Cannot ${verb}, expected feed ${nodeText(node)} of ${node.dtype}, found [${shape.join(', ')}] of ${dtype}`,
  )
}

/** Gives plain elements the shape of the placeholder, with as many rows as they fill. */
function shaped(node: Node, fed: Data | number | readonly number[], verb: string): Value {
  const data = ArrayBuffer.isView(fed)
    ? (fed as Data)
    : elementsOf(typeof fed === 'number' ? [fed] : fed, node.dtype)
  const row = withBatch(node.shape, 1).reduce((product, each) => product * each, 1)
  const rows = data.length / row
  const isWhole = node.shape[0] === null ? Number.isInteger(rows) && rows > 0 : rows === 1
  if (!isWhole) {
    throw new Error(
      `Cannot ${verb}, expected feed ${nodeText(node)}, ${row} elements${node.shape[0] === null ? ' a row' : ''}, found ${data.length} elements`,
    )
  }
  const kind = node.dtype === 'bool' && data instanceof Uint8Array ? 'bool' : undefined
  return value(data, withBatch(node.shape, rows), kind)
}
