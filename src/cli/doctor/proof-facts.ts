import {
  add,
  type Engine,
  glorotUniform,
  gradientDescent,
  matMul,
  openSession,
  placeholder,
  reduceMean,
  relu,
  softmaxCrossEntropyWithLogits,
  value,
  variable,
  zeros,
} from '../../experiments/graph/index.ts'
import { type EngineFacts, type EngineWish, openNamed, readEngineFacts } from './engine-facts.ts'

/** An engine that computes as another one does. */
export interface ProofFacts extends EngineFacts {
  /** The engine that it was compared with; undefined if none of them loads, so that only known results were. */
  readonly comparedWith?: string
}

type Open = (env: NodeJS.ProcessEnv) => Promise<Engine>

/**
 * Proves an engine: one weight whose outcome is known, a product of matrices, and one training step of a small network
 * whose loss and weights another engine gives too.
 * @throws if it does not open, or computes something else
 */
export async function readProof({ name }: EngineWish, open: Open = openNamed): Promise<ProofFacts> {
  const facts = await readEngineFacts({ name }, open)
  const engine = await open({ ...process.env, WEFT_ENGINE: name })
  const [found, product] = [await numbersOf(engine), await productOf(engine)]
  if (product.join() !== '19,22,43,50')
    throw new Error(`it multiplies wrong: expected the matrix 19,22,43,50, found ${product.join()}`)
  const reference = await firstOf(
    ['onnx', 'tfjs'].filter((other) => other !== name),
    open,
  )
  if (!reference) return facts
  const wanted = await numbersOf(reference)
  const far = wanted.findIndex((each, index) => !(Math.abs(each - found[index]!) <= tolerance))
  if (far >= 0)
    throw new Error(
      `it trains wrong: expected ${wanted[far]} as ${reference.name} gives it, found ${found[far]} (number ${far} of ${wanted.length})`,
    )
  return { ...facts, comparedWith: `${reference.name} ${reference.version}` }
}

const tolerance = 1e-5

async function firstOf(names: readonly string[], open: Open): Promise<Engine | undefined> {
  for (const name of names) {
    const engine = await open({ ...process.env, WEFT_ENGINE: name }).catch(() => undefined)
    if (engine) return engine
  }
  return undefined
}

async function productOf(engine: Engine): Promise<number[]> {
  const session = openSession(engine)
  try {
    const [a, b] = [placeholder('a', [null, 2]), variable('b', value(Float32Array.of(5, 6, 7, 8), [2, 2]))]
    return [...(await session.run(matMul(a, b), { a: [1, 2, 3, 4] })).data]
  } finally {
    await session.close()
  }
}

/** Trains one step, and gives the loss and all weights. */
async function numbersOf(engine: Engine): Promise<number[]> {
  const first = variable('first', glorotUniform([6, 5], 1, 0))
  const second = variable('second', glorotUniform([5, 3], 1, 1))
  const bias = variable('bias', zeros([5]))
  const hidden = relu(add(matMul(placeholder('x', [null, 6]), first), bias))
  const logits = matMul(hidden, second)
  const loss = reduceMean(softmaxCrossEntropyWithLogits({ labels: placeholder('y', [null, 3]), logits }))
  const x = Float32Array.from({ length: 48 }, (_, index) => ((index * 37) % 11) / 11)
  const y = Float32Array.from({ length: 24 }, (_, index) => (index % 3 === Math.floor(index / 3) % 3 ? 1 : 0))
  const session = openSession(engine)
  try {
    const step = gradientDescent({ learningRate: 0.5 }).minimize(loss)
    const [epoch] = await session.train(step, { data: { x, y }, epochs: 1 })
    const weights = await Promise.all([first, bias, second].map((each) => session.read(each)))
    return [epoch!.loss, ...weights.flatMap(({ data }) => [...data])]
  } finally {
    await session.close()
  }
}
