import assert from 'node:assert/strict'
import test from 'node:test'
import type { Tensor } from 'onnxruntime-node'
import * as onnxruntime from 'onnxruntime-node'
import { openWebGpu } from '../../../../../src/experiments/graph/engines/webgpu/open.ts'
import type { Session } from '../../../../../src/experiments/graph/index.ts'
import {
  gradientDescent,
  matMul,
  openSession,
  placeholder,
  reduceMean,
  relu,
  square,
  sub,
  value,
  variable,
} from '../../../../../src/experiments/graph/index.ts'
import { assertClose, engineOf, valueTolerance } from '../../check-op.ts'
import { softwareAdapter } from '../software-adapter.ts'

const x = placeholder('x', [null, 2])
const y = placeholder('y', [null, 1])
const weights = variable('weights', value(Float32Array.of(0.1, -0.2), [2, 1]))
const one = variable('one', value(Float32Array.of(1), [1, 1]))
const loss = reduceMean(square(sub(matMul(x, weights), y)))
const step = gradientDescent({ learningRate: 0.1 }).minimize(loss)
const rows = [1, 2, 3, 4, 5, 6, 7, 8].map((each) => each / 8)
const data = { x: value(Float32Array.from(rows), [4, 2]), y: value(Float32Array.of(1, 2, 3, 4), [4, 1]) }
const shuffled = { data, batchSize: 1, epochs: 3, shuffleSeed: 1 }

// SwiftShader compiles a shader in a tenth of a second: one network is enough here, the long tests have all operations.
test('a session of webgpu', async (t) => {
  const adapter = await softwareAdapter().catch((error: Error) => error)
  if (adapter instanceof Error) return t.skip(adapter.message)
  adapter.use()
  const { runtime, fed, tensors } = watched()
  const session = openSession(await openWebGpu({ load: () => Promise.resolve(runtime) }))

  await t.test('should train to the same losses and variables as onnx', async () => {
    const reference = openSession(await engineOf('onnx'))
    const [found, wanted] = [await trained(session), await trained(reference)]
    await reference.close()
    assertClose(found, wanted, valueTolerance, 'losses and weights')
  })

  await t.test(
    'should leave variables on the device from step to step, and free those that it replaces',
    () => {
      // 3 epochs of 4 steps, with a check after each epoch; the first step gets the initial elements.
      const withWeights = fed.filter((each) => each.length === 3).slice(0, 12)
      const steps = withWeights.map((each) => each.filter((where) => where !== 'cpu'))
      assert.deepEqual(steps[0], [])
      assert.ok(steps.slice(1).every((each) => each.length === 1 && each[0] === 'gpu-buffer'))
      assert.equal(tensors.filter(isOpen).length, 1)
    },
  )

  await t.test('should compute what is asked for at the same time one after the other', async () => {
    session.write(weights, weights.value!)
    const [epochs, run, read] = await Promise.all([
      session.train(step, shuffled),
      session.run(matMul(x, weights), { x: value(Float32Array.of(1, 1), [1, 2]) }),
      session.read(weights),
    ])
    assert.ok(epochs[2]!.loss < epochs[0]!.loss)
    const between = (each: number, from: number) => each >= from && each < 10
    assert.ok(between(run.data[0]!, -0.11) && between(read.data[0]!, 0.09), `${run.data}, ${read.data}`)
  })

  await t.test('should report variables that are not finite, though the loss is', async () => {
    // ReLU makes NaN 0 on some devices, and 0 is finite.
    const hidden = reduceMean(relu(matMul(x, weights)))
    const spoilt = { loss: hidden, updates: [[weights, matMul(square(weights), one)]] as const }
    session.write(weights, value(Float32Array.of(Number.NaN, 1), [2, 1]))
    await assert.rejects(session.train(spoilt, { data: { x: data.x }, epochs: 1 }), {
      message: /^Cannot train on, expected a finite loss, found NaN in step 1 of epoch 1/,
    })
  })

  await t.test('should free everything when closed', async () => {
    await session.close()
    assert.equal(tensors.filter(isOpen).length, 0)
  })
})

async function trained(session: Session): Promise<number[]> {
  const epochs = await session.train(step, shuffled)
  const { mean } = await session.evaluate({ mean: loss }, { data })
  return [...epochs.map((epoch) => epoch.loss), mean, ...(await session.read(weights)).data]
}

function isOpen(tensor: Tensor): boolean {
  return (tensor.location as string) === 'gpu-buffer'
}

/** Gives onnxruntime-node, and what its sessions were fed with and have left on the device. */
function watched() {
  const fed: string[][] = []
  const tensors: Tensor[] = []
  const { Tensor, env } = onnxruntime
  const create = async (...options: unknown[]) => {
    const made = await (onnxruntime.InferenceSession.create as (...all: unknown[]) => Promise<Opened>)(
      ...options,
    )
    const run = async (feeds: Readonly<Record<string, Tensor>>) => {
      fed.push(Object.values(feeds).map(({ location }) => location))
      const outputs = await made.run(feeds)
      tensors.push(...Object.values(outputs).filter(isOpen))
      return outputs
    }
    return { outputNames: made.outputNames, run, release: () => made.release() }
  }
  return { runtime: { Tensor, env, InferenceSession: { create } }, fed, tensors }
}

type Opened = onnxruntime.InferenceSession & {
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>
}
