import {
  type Engine,
  gradientDescent,
  mul,
  openSession,
  placeholder,
  reduceMean,
  square,
  value,
  variable,
} from '../../experiments/graph/index.ts'

/** Which engine to open, as WEFT_ENGINE names it. */
export interface EngineWish {
  readonly name: string
}

/** An engine that has trained. */
export interface EngineFacts {
  readonly name: string
  readonly version: string
  /** What it computes on. */
  readonly device: string
  readonly threads?: number
}

/**
 * Opens an engine and does one step of gradient descent on it, whose outcome is known: an engine that loads may still
 * compute nothing, or wrong.
 * @throws if it does not open, or computes another weight
 */
export async function readEngineFacts(
  { name }: EngineWish,
  open: (env: NodeJS.ProcessEnv) => Promise<Engine> = openNamed,
): Promise<EngineFacts> {
  const engine = await open({ ...process.env, WEFT_ENGINE: name })
  const weight = await trainOnce(engine)
  if (!(Math.abs(weight - expected) < tolerance))
    throw new Error(`it computes wrong: expected the weight ${expected} after one step, found ${weight}`)
  const { version, threads, device = 'the processor' } = engine
  return { name: engine.name, version, device, ...(threads === undefined ? {} : { threads }) }
}

/** Opens an engine; imported by its package name, because the tool holds none. */
export async function openNamed(env: NodeJS.ProcessEnv): Promise<Engine> {
  const { openEngine } = (await import('weft/engine')) as {
    openEngine(options: { readonly env: NodeJS.ProcessEnv }): Promise<Engine>
  }
  return openEngine({ env })
}

/** Of the weight 1 with the rate 0.1: the gradient of the mean of w²x² over x = 1, 2 is 2w · 2.5 = 5. */
const expected = 0.5
const tolerance = 1e-3

async function trainOnce(engine: Engine): Promise<number> {
  const weight = variable('weight', value(Float32Array.of(1), [1]))
  const loss = reduceMean(square(mul(placeholder('x', [null]), weight)))
  const session = openSession(engine)
  try {
    await session.train(gradientDescent({ learningRate: 0.1 }).minimize(loss), {
      data: { x: [1, 2] },
      epochs: 1,
    })
    return (await session.read(weight)).data[0]!
  } finally {
    await session.close()
  }
}
