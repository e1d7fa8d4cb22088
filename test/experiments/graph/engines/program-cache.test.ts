import assert from 'node:assert/strict'
import test from 'node:test'
import onnxruntime from 'onnxruntime-node'
import { openOnnx } from '../../../../src/experiments/graph/engines/onnx/session.ts'
import {
  CompiledPrograms,
  type Compiler,
  ProgramCache,
} from '../../../../src/experiments/graph/engines/program-cache.ts'
import type { Engine } from '../../../../src/experiments/graph/index.ts'
import {
  gradientDescent,
  matMul,
  openSession,
  placeholder,
  reduceMean,
  square,
  sub,
  value,
  variable,
} from '../../../../src/experiments/graph/index.ts'

test('ProgramCache', async (t) => {
  await t.test('should write once for equal nodes, and compile once for equal programs', async () => {
    const { compiled, log } = opened()
    const [one, other] = [new ProgramCache(compiled), new ProgramCache(compiled)]
    const [a, b] = [{}, {}]
    const use = (cache: typeof one, nodes: readonly unknown[], text: string) =>
      cache.use(
        nodes,
        () => `${log('write', text)}${text}`,
        (program, handle) => `${program} ${handle}`,
      )
    assert.equal(await use(one, [a, 1], 'x'), 'x 1')
    assert.equal(await use(one, [a, 1], 'x'), 'x 1')
    assert.equal(await use(other, [b, 1], 'x'), 'x 1')
    assert.equal(await use(other, [b, 2], 'y'), 'y 2')
    assert.equal(await use(other, [b], 'x'), 'x 1')
    assert.deepEqual(log.all, ['write x', 'compile x', 'write x', 'write y', 'compile y', 'write x'])
  })

  await t.test('should keep those used last, release the others, and compile them again', async () => {
    const { compiled, log } = opened()
    const cache = new ProgramCache(compiled)
    const use = (text: string) =>
      cache.use(
        [text],
        () => text,
        () => undefined,
      )
    for (let number = 0; number < 24; number++) await use(`${number}`)
    await use('0')
    await use('new')
    assert.deepEqual(log.released(), ['release 1'])
    await use('1')
    assert.deepEqual(log.released(), ['release 1', 'release 2'])
    assert.equal(log.all.filter((each) => each === 'compile 1').length, 2)
  })

  await t.test('should release nothing that is in use', async () => {
    const { compiled, log } = opened()
    const cache = new ProgramCache(compiled)
    let free = () => {}
    const held = cache.use(
      ['held'],
      () => 'held',
      () =>
        new Promise<void>((resolve) => {
          free = resolve
        }),
    )
    for (let number = 0; number < 30; number++)
      await cache.use(
        [number],
        () => `${number}`,
        () => undefined,
      )
    assert.equal(log.released().includes('release held'), false)
    free()
    await held
    await cache.use(
      ['last'],
      () => 'last',
      () => undefined,
    )
    assert.ok(log.released().includes('release held'))
  })

  await t.test(
    'should release at the end of a session what is not in use, if the process is large',
    async () => {
      let bytes = 2 ** 30
      const { compiled, log } = opened(() => bytes)
      const [one, other] = [new ProgramCache(compiled), new ProgramCache(compiled)]
      const use = (cache: typeof one, text: string, act = async () => {}) =>
        cache.use([text], () => text, act)
      await use(one, 'idle')
      await one.close()
      assert.deepEqual(log.released(), [])
      bytes++
      await use(other, 'held', () => one.close())
      assert.deepEqual(log.released(), ['release idle'])
      await use(other, 'idle')
      assert.equal(log.all.filter((each) => each === 'compile idle').length, 2)
    },
  )

  await t.test('should try again what did not compile', async () => {
    const { compiled, log } = opened()
    const cache = new ProgramCache(compiled)
    const use = () =>
      cache.use(
        ['bad'],
        () => 'bad',
        () => undefined,
      )
    await assert.rejects(use(), /cannot compile bad/)
    await assert.rejects(use(), /cannot compile bad/)
    assert.deepEqual(log.all, ['compile bad', 'compile bad'])
  })
})

test('openOnnx', async (t) => {
  await t.test('should compile equal graphs once for all sessions, with equal bits', async () => {
    const { runtime, count } = counting()
    const engine = await openOnnx({ load: async () => runtime })
    const first = await trained(engine, 1)
    const made = count()
    assert.ok(made > 0)
    assert.deepEqual(await trained(engine, 1), first)
    const other = await trained(engine, 2)
    assert.equal(count(), made)
    assert.deepEqual(other, await trained(await openOnnx(), 2))
    assert.notDeepEqual(other, first)
  })
})

/** Opens a compiler that numbers what it compiles, and logs what it does. */
function opened(bytes = () => 0) {
  const all: string[] = []
  let number = 0
  const log = Object.assign(
    (verb: string, text: string) => {
      all.push(`${verb} ${text}`)
      return ''
    },
    { all, released: () => all.filter((each) => each.startsWith('release')) },
  )
  const names = new Map<number, string>()
  const compiler: Compiler<string, number> = {
    encode: (program) => [program],
    compile(program) {
      log('compile', program)
      if (program === 'bad') throw new Error('cannot compile bad')
      names.set(++number, program)
      return number
    },
    release: (handle) => void log('release', names.get(handle)!),
  }
  return { compiled: new CompiledPrograms(compiler, bytes), log }
}

/** Gives onnxruntime-node, which counts what it compiles. */
function counting() {
  let count = 0
  const { Tensor, env } = onnxruntime
  const create = (...options: Parameters<typeof onnxruntime.InferenceSession.create>) => {
    count++
    return onnxruntime.InferenceSession.create(...options)
  }
  return { runtime: { Tensor, env, InferenceSession: { create } }, count: () => count }
}

/** Trains a small network in a session of its own; gives its losses and its weights. */
async function trained(engine: Engine, seed: number): Promise<number[]> {
  const [x, y] = [placeholder('x', [null, 3]), placeholder('y', [null, 1])]
  const weights = variable('w', value(Float32Array.of(0.1 * seed, 0.2, 0.3), [3, 1]))
  const loss = reduceMean(square(sub(matMul(x, weights), y)))
  const rows = Float32Array.from({ length: 30 }, (_, index) => Math.fround(Math.sin(index * seed)))
  const session = openSession(engine)
  try {
    const epochs = await session.train(gradientDescent({ learningRate: 0.1 }).minimize(loss), {
      data: { x: rows, y: rows.subarray(0, 10) },
      batchSize: 4,
      epochs: 3,
      shuffleSeed: seed,
    })
    return [...epochs.map((epoch) => epoch.loss), ...(await session.read(weights)).data]
  } finally {
    await session.close()
  }
}
