import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { test } from 'node:test'
import v8 from 'node:v8'
import { runFlags, runnable, runnableUrl } from '../../as-run.ts'

const module = new URL('../../../src/render/model/compile-late.ts', import.meta.url)

test('functions should be optimized later on Node 20, and as Node thinks on others', async (t) => {
  const { mock } = t.mock.method(v8, 'setFlagsFromString', () => {})
  syncBuiltinESMExports()
  await import(runnableUrl(module))
  mock.restore()
  syncBuiltinESMExports()
  const isOld = process.versions.node.startsWith('20.')
  assert.deepEqual(
    mock.calls.map(({ arguments: [flag] }) => flag),
    isOld ? ['--interrupt-budget=540000'] : [],
  )
})

test('this Node should know what it is told of optimizing', () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...runFlags, runnable(module)], {
    encoding: 'utf8',
  })
  assert.deepEqual({ stdout, stderr, status }, { stdout: '', stderr: '', status: 0 })
})
