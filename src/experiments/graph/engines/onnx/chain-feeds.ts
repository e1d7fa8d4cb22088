import type { Batches } from '../../engine.ts'
import type { Data, DType } from '../../node.ts'
import type { Elements } from './helpers.ts'
import type { SplitProgram } from './split-programs.ts'
import { chainName } from './split-programs.ts'

/** The inputs of some chains: rows of the data, which stay the same from epoch to epoch, and what each step draws. */
export interface ChainFeeds {
  readonly rows: Readonly<Record<string, Elements>>
  readonly drawn: Readonly<Record<string, Elements>>
}

/** Gives views of one step's batch for the chains `from` up to `to`, without it. */
export function chainFeeds(
  { rows, masks, split }: SplitProgram,
  { data, order, first, masks: drawn }: Batches,
  { from, to }: { readonly from: number; readonly to: number },
): ChainFeeds {
  const { part, chains } = split
  const fed: { rows: Record<string, Elements>; drawn: Record<string, Elements> } = { rows: {}, drawn: {} }
  let start = chains.slice(0, from).reduce((sum, parts) => sum + parts, 0) * part
  for (const [chain, parts] of chains.slice(from, to).entries()) {
    const slice = (all: Data, type: DType, rest: readonly number[], offset = 0): Elements => {
      const width = rest.reduce((product, each) => product * each, 1)
      const [begin, end] = [offset + start, offset + start + parts * part]
      return { type, data: all.subarray(begin * width, end * width), shape: [parts, part, ...rest] }
    }
    for (const [node, name] of rows) {
      const { dtype, shape, data: all } = data.get(node)!
      if (order) fed.rows[name] = { type: dtype, data: all, shape }
      else fed.rows[chainName(name, chain)] = slice(all, dtype, shape.slice(1), first)
    }
    for (const [mask, name] of masks)
      fed.drawn[chainName(name, chain)] = slice(drawn.get(mask)!, 'uint8', mask.shape.slice(1) as number[])
    if (order) fed.drawn[chainName('order', chain)] = slice(order, 'int32', [])
    start += parts * part
  }
  return fed
}
