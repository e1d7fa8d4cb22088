import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { type Installed, installTensorflow } from '../../../src/cli/engine/install.ts'
import { temporaryFolder } from '../../experiments/data/temporary-folder.ts'
import { home } from '../../tool-copy.ts'

test('installTensorflow, with real tools', async (t) => {
  if (process.env.WEFT_INSTALLS !== 'tensorflow')
    return t.skip('fetches 274 MB and compiles: set WEFT_INSTALLS=tensorflow')
  const folder = join(await temporaryFolder(t), 'tensorflow')
  const env: NodeJS.ProcessEnv = { ...process.env, WEFT_TENSORFLOW: folder }
  const lines: string[] = []
  let installed: Installed
  try {
    installed = await installTensorflow({
      kind: 'cpu',
      given: [],
      env,
      report: (line) => void lines.push(line),
    })
  } catch (error) {
    // Without a network, pip or a compiler there is nothing to test, but nothing may be left either.
    assert.match((error as Error).message, /^Cannot (fetch|compile the binding, expected a C\+\+ compiler)/)
    assert.deepEqual(readdirSync(dirname(folder)), [])
    return t.skip((error as Error).message)
  }
  assert.deepEqual([installed.version, installed.isNew], ['2.21.0', true])
  assert.match(installed.comparedWith!, /^onnx /)

  await t.test('should compute every operation, its gradient and all that sessions promise', () => {
    const words = ['test/run.mjs', 'graph/ops', 'graph/session', 'graph/train.test', 'graph/gradients']
    const engines = { WEFT_TEST_ENGINES: 'onnx,tensorflow' }
    // With this variable, Node would skip all tests of a process that a test starts.
    const { NODE_TEST_CONTEXT: _, ...outside } = env
    const options = { cwd: home, encoding: 'utf8', env: { ...outside, ...engines } } as const
    const { status, stdout } = spawnSync(process.execPath, words, options)
    assert.equal(status, 0, stdout.slice(-4_000))
    assert.match(stdout, /\bpass [1-9]\d\d/)
  })

  await t.test('should write nothing on the console while it loads', () => {
    const code =
      "const { openEngine } = await import('weft/engine'); console.log((await openEngine()).version)"
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: home,
      encoding: 'utf8',
      env: { ...env, WEFT_ENGINE: 'tensorflow' },
    })
    assert.deepEqual([stdout, stderr], ['2.21.0\n', ''])
  })
})
