import assert from 'node:assert/strict'
import test from 'node:test'
import { openEngine } from 'weft/engine'
import { readProof } from '../../../src/cli/doctor/proof-facts.ts'
import type { Engine } from '../../../src/experiments/graph/engine.ts'

const open = (env: NodeJS.ProcessEnv) => openEngine({ env })
/** Opens an engine of one name as another, changed. */
const changed = (change: (engine: Engine) => Engine) => async (env: NodeJS.ProcessEnv) =>
  env.WEFT_ENGINE === 'tensorflow' ? change(await open({ WEFT_ENGINE: 'tfjs' })) : open(env)

test('readProof', async (t) => {
  await t.test('should compare an engine with another', async () => {
    const { name, comparedWith } = await readProof({ name: 'tfjs' }, open)
    assert.match(name, /^tfjs-/)
    assert.match(comparedWith!, /^onnx [\d.]+$/)
  })

  await t.test('should do without another if none opens', async () => {
    const alone = async (env: NodeJS.ProcessEnv) => {
      if (env.WEFT_ENGINE !== 'tensorflow') throw new Error('not here')
      return open({ WEFT_ENGINE: 'onnx' })
    }
    assert.equal((await readProof({ name: 'tensorflow' }, alone)).comparedWith, undefined)
  })

  await t.test('should refuse an engine that trains wrong', async () => {
    const wrong = changed((engine) => ({
      ...engine,
      open() {
        const session = engine.open()
        const train = session.train.bind(session)
        // Only networks: the step whose outcome is known stays as it is.
        session.train = async (step, ...rest) => {
          const scalars = await train(step, ...rest)
          return step.updates.length > 1 ? scalars.map((each) => each * 1.001) : scalars
        }
        return session
      },
    }))
    await assert.rejects(readProof({ name: 'tensorflow' }, wrong), {
      message: /^it trains wrong: expected [\d.]+ as onnx gives it, found [\d.]+ \(number 0 of 51\)$/,
    })
  })

  await t.test('should refuse an engine that multiplies wrong', async () => {
    const wrong = changed((engine) => ({
      ...engine,
      open() {
        const session = engine.open()
        const run = session.run.bind(session)
        session.run = async (...given) => {
          const values = await run(...given)
          return values.map((value) => ({
            ...value,
            data: value.data.map((each) => each + 1) as Float32Array,
          }))
        }
        return session
      },
    }))
    await assert.rejects(readProof({ name: 'tensorflow' }, wrong), {
      message: 'it multiplies wrong: expected the matrix 19,22,43,50, found 20,23,44,51',
    })
  })
})
