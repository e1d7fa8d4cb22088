import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { H5Error, h5Rules, inspectH5, readH5 } from '../../../src/experiments/data/hdf5.ts'
import { runFlags, runnable } from '../../as-run.ts'
import { badFiles } from './hdf5-bad-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

const isRoot = process.getuid?.() === 0
/** Rules tested in other files: hdf5-normalisation.test.ts, and unzip.test.ts for archives. */
const elsewhere = [
  'pixels-are-levels',
  'zip-is-whole',
  'zip-is-open',
  'zip-is-packed-well',
  'zip-stays-inside',
  'zip-is-bounded',
]

test('readH5 of bad files', async (t) => {
  for (const [name, { rule, message, make }] of Object.entries(badFiles)) {
    const skip = rule === 'is-readable' && isRoot ? 'root reads everything' : false
    await t.test(`should refuse ${name}`, { skip }, async (t) => {
      const path = await make(await temporaryFolder(t))
      for (const read of [readH5, inspectH5]) {
        await assert.rejects(read(path, optionsFor(path)), (error) => {
          assert.ok(error instanceof H5Error, String(error))
          assert.equal(error.rule, rule, error.message)
          assert.match(error.message, message)
          assert.ok(error.message.startsWith(`Cannot use \`${path}\`, expected `), error.message)
          assert.doesNotMatch(error.message, /\n/)
          return true
        })
      }
    })
  }

  await t.test('should have a bad file for every rule', () => {
    const broken = new Set<string>([...Object.values(badFiles).map(({ rule }) => rule), ...elsewhere])
    assert.deepEqual(
      Object.keys(h5Rules).filter((rule) => !broken.has(rule)),
      [],
    )
  })

  await t.test('should print nothing', async (t) => {
    const folder = await temporaryFolder(t)
    const paths = []
    for (const [index, { make }] of Object.values(badFiles).entries()) {
      const inside = join(folder, String(index))
      await mkdir(inside)
      paths.push(await make(inside))
    }
    const script = runnable(new URL('./hdf5-read-all.ts', import.meta.url))
    const flags = [...runFlags, script, folder, ...paths]
    const { stdout, stderr, status } = spawnSync(process.execPath, flags, { encoding: 'utf8' })
    assert.equal(stderr, '')
    assert.equal(status, 0)
    const messages = stdout.trim().split('\n')
    assert.equal(messages.length, paths.length)
    const all = Object.entries(badFiles).filter(([, { rule }]) => !(rule === 'is-readable' && isRoot))
    for (const [name, { message }] of all) {
      assert.match(messages[Object.keys(badFiles).indexOf(name)]!, message)
    }
  })
})

function optionsFor(path: string) {
  return { env: { XDG_CACHE_HOME: `${path}-cache` }, report() {} }
}
