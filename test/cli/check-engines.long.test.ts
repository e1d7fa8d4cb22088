import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { loadableEngines } from '../experiments/graph/engines/loadable.ts'
import { softwareAdapter } from '../experiments/graph/engines/software-adapter.ts'
import { lockFile, withOutcome } from '../report/checked.ts'
import { copyOf, projectOf } from '../report/project.ts'
import { isOfThird } from '../turns.ts'

const engines = (await loadableEngines()).filter((_, index) => isOfThird(index))

describe('weft check on another engine', async () => {
  const accepted = projectOf({ after }, 'engines')

  before(async () => {
    const { code, text } = await accepted.weft(['accept'], { WEFT_ENGINE: 'onnx' })
    assert.equal(code, 0, text)
  })

  for (const { name, reason } of engines)
    it(`should reproduce what onnx computed: ${name}`, { skip: reason ?? false }, async (t) => {
      const adapter = name === 'webgpu' ? (await softwareAdapter()).env : {}
      const project = copyOf(t, accepted)
      const run = await project.weft(['check', '--json'], { WEFT_ENGINE: name, ...adapter })
      const { code, rows, text, environment } = withOutcome(run)
      assert.equal(code, 0, text)
      assert.equal(rows.length, 4, text)
      // The record names the adapter.
      if (name === 'webgpu') assert.match(environment.recomputed[0]!.engine, / on libvk_swiftshader\.so$/)
      const verdicts = [...new Set(rows.map(({ verdict }) => verdict))]
      // On the same engine all digits are the same; on another one some differ, and are judged by their rules.
      assert.ok(
        verdicts.every((verdict) => verdict === 'equal' || (name !== 'onnx' && verdict === 'agrees')),
        text,
      )
    })

  it('should tell of numbers that another engine does not reproduce', async (t) => {
    const project = copyOf(t, accepted)
    const lock = JSON.parse(project.read(lockFile))
    const loss = lock.profiles.full.tables['tbl-trained']['[0].loss']
    loss.raw.mean += loss.raw.std * 10
    project.write(lockFile, JSON.stringify(lock))
    const { code, rows, text } = withOutcome(await project.weft(['check', '--json'], { WEFT_ENGINE: 'tfjs' }))
    assert.equal(code, 1, text)
    assert.ok(
      rows.some(({ label, verdict }) => label === '#tbl-trained' && verdict === 'differs'),
      text,
    )
  })
})
