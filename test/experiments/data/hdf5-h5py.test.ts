import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { type H5Error, inspectH5, readH5 } from '../../../src/experiments/data/hdf5.ts'
import { expectedRows } from './hdf5-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

interface Written {
  readonly name: string
  readonly type: string
  readonly littleEndian: boolean
  readonly layout: string | null
  readonly isStraight: boolean
  readonly rule: string | null
  readonly low: number
  readonly high: number
}

const python = ['/usr/bin/python3', 'python3'].find(
  (each) => spawnSync(each, ['-c', 'import h5py, numpy']).status === 0,
)
const skip = python ? false : 'needs Python with h5py'

test('readH5 of files of h5py', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const script = fileURLToPath(new URL('./hdf5-h5py.py', import.meta.url))
  const { stdout, stderr, status } = spawnSync(python!, [script, folder], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  for (const { name, rule, ...written } of JSON.parse(stdout) as Written[]) {
    const path = join(folder, `${name}.h5`)
    if (rule) {
      await t.test(`should refuse ${name}`, async () => {
        await assert.rejects(readH5(path), (error: H5Error) => error.rule === rule)
      })
      continue
    }
    await t.test(`should read ${name}`, async () => {
      const { rows, facts, normalisation } = await readH5(path)
      assert.deepEqual(rows, { train: expectedRows(40), test: expectedRows(9) })
      const { type, littleEndian, layout, offset } = facts.train!
      const isStraight = offset !== undefined
      const { low, high, ...known } = written
      assert.deepEqual(
        { type, littleEndian, layout, isStraight },
        { ...known, layout: known.layout ?? layout },
      )
      assert.ok(Math.abs(normalisation.low - low) < 1e-6 && Math.abs(normalisation.high - high) < 1e-6)
      assert.deepEqual((await inspectH5(path)).normalisation, normalisation)
    })
  }
})
