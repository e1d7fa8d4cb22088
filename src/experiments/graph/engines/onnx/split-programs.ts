import type { Node } from '../../node.ts'
import { splitBatch } from '../split-batch.ts'
import { Builder } from './builder.ts'
import { Lowering } from './lowering.ts'
import type { Port } from './model.ts'
import type { Program, StepOptions } from './programs.ts'
import { outputsOf, plainly, portsOf, rowInputs } from './programs.ts'
import { isSumOfRows } from './rule.ts'

/** How a large batch is split: into chains of parts, each chain as its number of parts. */
export interface Split {
  /** Rows in a part. */
  readonly part: number
  /** 1, 2 or 4 chains. Their sums are added in pairs, the sums of pairs again, and so on. */
  readonly chains: readonly number[]
}

export type SplitProgram = Program & { readonly split: Split }

/** What a program sums: some chains of a split batch. */
interface Share {
  readonly split: Split
  readonly sums: readonly Node[]
  /** The chains; their inputs have these numbers from 0. */
  readonly chains: readonly number[]
}

/** Rows from which on a batch is split: its activations no longer fit in the cache. */
export const splitFrom = 4096

// Enough for processors of four cores; the results are the same on those with fewer or more.
const mostChains = 4

/**
 * Builds a program that runs one step on a large batch, a few rows at a time. Chains of Scans over parts of the rows
 * add up all sums over the batch; everything that depends on these sums is then computed once. Gives undefined if the
 * graph cannot be split like this, or if the batch does not divide into parts of a suitable size.
 */
export function splitProgram(options: StepOptions): SplitProgram | undefined {
  const found = findSums(options)
  if (!found) return undefined
  const { split, sums } = found
  const builder = new Builder()
  const ports = portsOf(options, [split.part])
  const { inputs, totals } = addChains(builder, { split, sums, chains: split.chains }, options)
  const outputs = addRest(builder, { ...ports, sums, totals }, options)
  return { ...ports, split, graph: builder.whole([...fixedInputs(ports), ...inputs], outputs) }
}

/**
 * Builds the same in two programs, for several processes of arithmetic that share the chains: one adds up the sums of
 * `1 / shares` of the chains, the other computes what depends on the sums of all shares, with the same bits. `shares`
 * is a power of two, at most the number of chains.
 */
export function sharedPrograms(
  options: StepOptions,
  shares: number,
): { readonly sums: SplitProgram; readonly rest: Program } {
  const { split, sums } = findSums(options)!
  const ports = portsOf(options, [split.part])
  return {
    sums: { ...ports, split, graph: sumsGraph() },
    rest: { ...ports, rows: new Map(), masks: new Map(), graph: restGraph() },
  }

  function sumsGraph() {
    const builder = new Builder()
    const chains = split.chains.slice(0, split.chains.length / shares)
    const { inputs, totals } = addChains(builder, { split, sums, chains }, options)
    const outputs = portsOfSums(
      sums,
      totals.map((name) => builder.output(name)),
    )
    return builder.whole([...fixedInputs(ports), ...inputs], outputs)
  }

  function restGraph() {
    const builder = new Builder()
    const inputs = Array.from({ length: shares }, (_, share) =>
      portsOfSums(
        sums,
        sums.map((_, index) => sumName(share, index)),
      ),
    )
    const totals = addUp(
      builder,
      inputs.map((ports) => ports.map(({ name }) => name)),
    )
    const outputs = addRest(builder, { ...ports, sums, totals }, options)
    return builder.whole([...fixedInputs(ports), ...inputs.flat()], outputs)
  }
}

/** Names the input for a sum that one of the shares has added up. */
export function sumName(share: number, index: number): string {
  return `sum_${share}_${index}`
}

/** Names the input with the rows of a chain; `chain` is its place within its program. */
export function chainName(name: string, chain: number): string {
  return `${name}_of_${chain}`
}

/** Gives a number of rows per part that keeps activations in the cache; undefined if none divides the batch. */
export function partOf(batchSize: number): number | undefined {
  for (let part = 500; part <= 2000; part++) if (batchSize % part === 0) return part
  return undefined
}

/** Divides parts into chains of nearly one length. */
export function chainsOf(parts: number): number[] {
  let count = mostChains
  while (count > parts) count /= 2
  const until = (chain: number) => Math.floor((chain * parts) / count)
  return Array.from({ length: count }, (_, chain) => until(chain + 1) - until(chain))
}

function findSums({ step, metrics, batchSize }: StepOptions) {
  const part = partOf(batchSize)
  const sums = part && splitBatch(rootsOf({ step, metrics }))
  return sums ? { split: { part: part!, chains: chainsOf(batchSize / part!) }, sums } : undefined
}

function rootsOf({ step, metrics }: Pick<StepOptions, 'step' | 'metrics'>): Node[] {
  return [...step.updates.map(([, next]) => next), step.loss, ...metrics]
}

/** Adds a Scan for each chain; gives their inputs with rows, and the names of the sums over all of them. */
function addChains(builder: Builder, { split, sums, chains }: Share, options: StepOptions) {
  const { batchSize, hasOrder, hasOneThread } = options
  const { part } = split
  const ports = portsOf(options, ['parts', part])
  const inputs = new Map<string, Port>()
  const totals = chains.map((_, chain) => {
    const body = new Builder(builder)
    // 1. The state is the sums so far; each iteration receives a part of the rows.
    const states = portsOfSums(
      sums,
      sums.map(() => builder.fresh('sum')),
    )
    const { given, slices, scanned } = rowInputs(ports, body, { rows: part, hasOrder })
    const scannedHere = scanned.map((name) => {
      const { type, shape } = ports.inputs.find((each) => each.name === name)!
      const port = { name: chainName(name, chain), type, shape: [`parts_${chain}`, ...shape.slice(1)] }
      inputs.set(port.name, port)
      return port.name
    })
    // 2. Lower the computation of one part.
    const inside = new Lowering({
      builder: body,
      roots: sums,
      given: plainly([...given]),
      rows: part,
      batch: batchSize,
      hasOneThread,
    })
    const nexts = sums.map((node, index) => ({
      ...states[index]!,
      name: body.output(addedTo(inside, node, states[index]!.name)),
    }))
    const zeros = states.map(({ shape }) =>
      builder.add('Expand', [builder.scalar(0), builder.integers(shape as number[])]),
    )
    const outputs = sums.map(() => builder.fresh('total'))
    builder.push({
      type: 'Scan',
      inputs: [...zeros, ...scannedHere],
      outputs,
      attributes: {
        body: { graph: body.graph([...states, ...slices], nexts) },
        num_scan_inputs: { int: scanned.length },
      },
    })
    return outputs
  })
  // With an order, each iteration gathers from all rows.
  const gathered = hasOrder ? ports.inputs.filter(({ shape }) => shape[0] === 'rows') : []
  return { inputs: [...gathered, ...inputs.values()], totals: addUp(builder, totals) }
}

/** Lowers everything that depends on the sums. */
function addRest(
  builder: Builder,
  {
    fixed,
    sums,
    totals,
  }: Pick<Program, 'fixed'> & { readonly sums: readonly Node[]; readonly totals: readonly string[] },
  options: StepOptions,
): Port[] {
  const known = plainly([...fixed])
  for (const [index, node] of sums.entries()) known.set(node, { name: totals[index]!, scale: 1 })
  const { batchSize } = options
  const after = new Lowering({
    builder,
    roots: rootsOf(options),
    given: known,
    rows: batchSize,
    batch: batchSize,
  })
  return outputsOf(builder, after, options)
}

/** Adds lists of sums in pairs until one is left, so that shares of the lists can be added elsewhere. */
function addUp(builder: Builder, lists: readonly (readonly string[])[]): readonly string[] {
  if (lists.length === 1) return lists[0]!
  const half = lists.length / 2
  const [left, right] = [addUp(builder, lists.slice(0, half)), addUp(builder, lists.slice(half))]
  return left.map((name, index) => builder.add('Add', [name, right[index]!]))
}

function portsOfSums(sums: readonly Node[], names: readonly string[]): Port[] {
  return sums.map(({ dtype, shape }, index) => ({
    name: names[index]!,
    type: dtype,
    shape: shape as number[],
  }))
}

function fixedInputs({
  fixed,
  inputs,
}: Pick<Program, 'fixed'> & { readonly inputs: readonly Port[] }): Port[] {
  const names = new Set(fixed.values())
  return inputs.filter(({ name }) => names.has(name))
}

/** Adds what some rows contribute to a sum; for a mean, that is their mean times their share of the batch. */
function addedTo(to: Lowering, node: Node, soFar: string): string {
  const plus = { node: { name: soFar, scale: 1 }, factor: 1 }
  if (node.op.type === 'MatMul' || isSumOfRows(node)) return to.gemm(node, 1, plus).name
  const { name, scale } = to.scaled(node)
  // ReduceMean has already divided by the number of rows of the part.
  const share = node.op.type === 'ReduceMean' ? to.rows / to.batch : 1
  const factor = scale * share
  const part = factor === 1 ? name : to.builder.add('Mul', [name, to.builder.scalar(factor)])
  return to.builder.add('Add', [soFar, part])
}
