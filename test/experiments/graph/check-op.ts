import assert from 'node:assert/strict'
import { tolerances } from '../../../docs/guide/tolerances.ts'
import type { Node, Session, Shape, Value } from '../../../src/experiments/graph/index.ts'
import {
  gradients,
  mul,
  openSession,
  placeholder,
  reduceSum,
  transpose,
  value,
  variable,
} from '../../../src/experiments/graph/index.ts'
import { seededRandom } from '../../../src/statistics/random.ts'
import { engineOf } from './engines/engine-of.ts'
import type { Numbers } from './oracle.ts'
import { differences, sizeOf, transpose as turned } from './oracle.ts'

export { engineOf } from './engines/engine-of.ts'

/** Relative tolerance of float32 against float64. */
export const valueTolerance = tolerances.value
/** Relative tolerance of a gradient against central differences. */
export const gradientTolerance = tolerances.gradient

/** The engines of these tests; the long test of the matrix puts others through them. */
export const engineNames = (process.env.WEFT_TEST_ENGINES ?? 'onnx,tfjs').split(',')

/** Runs a function in a session of each engine, one after the other. */
export async function onBoth(use: (session: Session, name: string) => Promise<void>): Promise<void> {
  await fromBoth(use)
}

/** Gives the results of a function on each engine. */
export async function fromBoth<Result>(
  use: (session: Session, name: string) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (const name of engineNames) {
    const session = openSession(await engineOf(name))
    try {
      results.push(await use(session, name))
    } finally {
      await session.close()
    }
  }
  return results
}

export function random(
  shape: readonly number[],
  seed: number,
  [low, high] = [-2, 2] as readonly number[],
): Numbers {
  const draw = seededRandom(seed)
  // The numbers fit in float32, so that both sides compute with the same ones.
  return { shape, data: Array.from({ length: sizeOf(shape) }, () => Math.fround(draw.uniform(low, high))) }
}

export function float32Of({ shape, data }: Numbers): Value {
  return value(Float32Array.from(data), shape)
}

export interface OpCase {
  readonly name: string
  /** Inputs with a batch are placeholders, the others variables. */
  readonly shapes: readonly Shape[]
  build(inputs: readonly Node[]): Node
  oracle(inputs: readonly Numbers[]): Numbers
  /** Elements of further placeholders that the operation uses. */
  readonly feeds?: Readonly<Record<string, Numbers>>
  readonly range?: readonly number[]
  readonly hasGradient?: boolean
}

export const batch = 3

/**
 * Compares an operation's value, and its gradient by each input, with the oracle: once with the inputs unchanged, and
 * once with each input times 0.5, because an engine may keep such factors apart.
 */
export async function checkOp(session: Session, op: OpCase, seed: number): Promise<void> {
  const scaledBuild = (inputs: readonly Node[]) => op.build(inputs.map((input) => mul(input, 0.5)))
  const scaledOracle = (inputs: readonly Numbers[]) =>
    op.oracle(inputs.map(({ shape, data }) => ({ shape, data: data.map((each) => each * 0.5) })))
  await checkOnce(session, op, seed)
  await checkOnce(
    session,
    { ...op, name: `${op.name}, scaled`, build: scaledBuild, oracle: scaledOracle },
    seed,
  )
}

async function checkOnce(session: Session, op: OpCase, seed: number): Promise<void> {
  const { name, shapes, build, oracle, range, hasGradient = true } = op
  const inputs = shapes.map((shape, index) =>
    random(
      shape.map((each) => each ?? batch),
      seed + index,
      range,
    ),
  )
  const nodes = shapes.map((shape, index) =>
    shape[0] === null ? placeholder(`x${index}`, shape) : variable(`x${index}`, float32Of(inputs[index]!)),
  )
  const wanted = oracle(inputs)
  const output = build(nodes)
  const weights = random(wanted.shape, seed + 99)
  // A placeholder has its batch first.
  const isTurned = output.shape.indexOf(null) > 0
  const weight = placeholder('weights', isTurned ? output.shape.toReversed() : output.shape)
  const loss = reduceSum(mul(output, isTurned ? transpose(weight) : weight))
  const feeds: Record<string, Value> = {}
  for (const [each, elements] of Object.entries(op.feeds ?? {})) feeds[each] = float32Of(elements)
  for (const [index, node] of nodes.entries())
    if (node.shape[0] === null) feeds[node.name] = float32Of(inputs[index]!)
  const slopes = hasGradient ? gradients(loss, nodes) : []
  if (hasGradient) feeds.weights = float32Of(isTurned ? turned(weights) : weights)
  const [found, ...byEngine] = await session.run([output, ...slopes], feeds)
  assert.deepEqual(found!.shape, wanted.shape, `${name}: shape`)
  assertClose(found!.data, wanted.data, valueTolerance, `${name}: value`)
  for (const [index, slope] of byEngine.entries()) {
    assert.deepEqual(slope.shape, inputs[index]!.shape, `${name}: shape of gradient ${index}`)
    const byOracle = differences(oracle, inputs, { index, weights })
    assertClose(slope.data, byOracle, gradientTolerance, `${name}: gradient ${index}`)
  }
}

/** Compares elements with wanted ones, relative to their size, which counts as at least a hundredth of the largest. */
export function assertClose(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(found.length, wanted.length, `${what}: number of elements`)
  const most = Math.max(1e-3, ...Array.from(wanted, Math.abs))
  for (let at = 0; at < wanted.length; at++) {
    const off = Math.abs(found[at]! - wanted[at]!) / Math.max(Math.abs(wanted[at]!), most / 100)
    assert.ok(
      off <= tolerance,
      `${what}: element ${at} is ${found[at]}, expected ${wanted[at]} within ${tolerance}, off by ${off}`,
    )
  }
}
