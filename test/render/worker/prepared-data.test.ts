import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { sha256 } from '../../../src/render/model/digest.ts'
import type { Reads } from '../../../src/render/model/types.ts'
import type { Built } from '../execute/build-project.ts'
import { buildProject } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

const experiment = `import { readFileSync } from 'node:fs'
import { standInGarments } from 'weft/data'
import { defineExperiment } from 'weft/experiment'
export const ink = defineExperiment({
  name: 'ink',
  params: { parse: (value: unknown) => value as { index: number } },
  async run({ index }) {
    const { images } = await standInGarments.load('test')
    const own = Number(readFileSync('own.csv', 'utf8'))
    return own + images.subarray(index * 784, (index + 1) * 784).reduce((sum, pixel) => sum + pixel, 0)
  },
})
`

test('jobs should share data that one of them has made, and say nothing else of what they read', async (t) => {
  const root = temporaryProject(t, { 'own.csv': '1\n', 'ink.ts': experiment })
  const prepared = join(root, 'home', '.cache', 'weft', 'data', 'prepared')
  const build = async (...indices: readonly number[]) => {
    const lines = ["import { run } from 'weft/experiment'", "import { ink } from './ink.ts'"]
    const runs = indices.map((index) => `(await run(ink, { index: ${index} })).result`)
    writeFiles(root, {
      'report.md': reportOf(cell('x', ...lines, `export const found = [${runs.join(', ')}]`)),
    })
    const built = await buildProject(root, { env: { PATH: process.env.PATH, HOME: join(root, 'home') } })
    assert.deepEqual(built.said, [])
    return built
  }
  // 1. The first job makes the data, in a place of the user's.
  const first = await build(0)
  const names = readdirSync(prepared).sort()
  assert.equal(names.length, 2)
  const data = join(prepared, names.find((name) => name.endsWith('.data'))!)
  const { mtimeMs } = statSync(data)
  // 2. Others read it, in this process and in the next.
  const second = await build(0, 1, 2)
  assert.deepEqual(readdirSync(prepared).sort(), names)
  assert.equal(statSync(data).mtimeMs, mtimeMs)
  assert.deepEqual(
    [
      ...new Set(
        [first, second].flatMap((built) => jobReadsOf(built, root)).map((reads) => JSON.stringify(reads)),
      ),
    ],
    [JSON.stringify({ 'own.csv': sha256('1\n') })],
  )
  // 3. They read that very file: where it is damaged, the next job says so, and makes the same again.
  const whole = readFileSync(data)
  const damaged = Buffer.from(whole)
  damaged[damaged.length - 2000]! ^= 4
  writeFileSync(data, damaged)
  const third = await build(0, 1, 2, 3)
  assert.ok(
    third.events.some((event) =>
      /log ink seed 1[^:]*: Cannot use `.*\.data`, expected the CRC-32/.test(event),
    ),
    third.events.join('\n'),
  )
  assert.deepEqual(readFileSync(data), whole)
  // 4. Numbers do not depend on where the data came from.
  const found = (built: Built) => built.exports.found as number[]
  assert.deepEqual([found(first)[0], ...found(second).slice(1)], found(third).slice(0, 3))
  assert.equal(new Set(found(third)).size, 4)
})

function jobReadsOf({ cells }: Built, root: string): Reads[] {
  const cellResult = cells.get('x')!
  const keys = cellResult.state === 'ran' ? cellResult.stored.provenance.jobs! : assert.fail(cellResult.state)
  return keys.map(
    (key) => JSON.parse(readFileSync(join(root, `dist/.cache/freeze/${key}.json`), 'utf8')).provenance.reads,
  )
}
