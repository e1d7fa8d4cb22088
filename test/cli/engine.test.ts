import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import test from 'node:test'
import type { WriteStream } from 'node:tty'
import type { InstallWish } from '../../src/cli/engine/install.ts'
import { runEngine } from '../../src/cli/engine.ts'
import { temporaryFolder } from '../experiments/data/temporary-folder.ts'
import { weftHere } from './weft-here.ts'

test('weft engine', async (t) => {
  const facts = {
    name: 'tensorflow',
    version: '2.21.0',
    device: 'the processor',
    comparedWith: 'onnx 1.30.0',
  }
  const run = async (args: readonly string[], folder: string | undefined) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    let asked: InstallWish | undefined
    const output = { stdout, stderr: stderr as unknown as WriteStream }
    const code = await runEngine(args, output, '.', async (wish) => {
      asked = wish
      wish.report('working')
      return { ...facts, ...(folder === undefined ? {} : { folder }), isNew: folder !== undefined }
    })
    return { code, asked: asked!, stdout: String(stdout.read()), stderr: String(stderr.read()) }
  }

  await t.test('should report what it has installed in one line', async () => {
    const { code, asked, stdout } = await run(['install', 'tensorflow'], '/cache/it')
    assert.deepEqual([code, asked.kind, asked.given], [0, 'cpu', []])
    assert.match(
      stdout,
      /^TensorFlow 2\.21\.0 on the processor installed in \d+ s, trains as onnx 1\.30\.0 does, in \/cache\/it: use it by WEFT_ENGINE=tensorflow\n$/,
    )
  })

  await t.test('should hand over the kind and the wheels, and say that one works already', async () => {
    const args = ['install', 'tensorflow', '--gpu', '--wheel', 'a.whl', '--wheel', 'b.whl']
    const { asked, stdout } = await run(args, undefined)
    assert.deepEqual([asked.kind, asked.given], ['gpu', ['a.whl', 'b.whl']])
    assert.match(stdout, /^TensorFlow 2\.21\.0 on the processor works already, /)
  })

  await t.test('should say what it does, and refuse what it does not know', async (t) => {
    const folder = await temporaryFolder(t)
    const said = async (...args: string[]) => {
      const { code, stdout, stderr } = await weftHere(folder, ['engine', ...args])
      return [code, stdout + stderr] as const
    }
    assert.match((await said('--help'))[1], /^Lists the engines that run graphs/)
    assert.deepEqual((await said())[0], 1)
    assert.match(
      (await said('instal', 'tensorflow'))[1],
      /Unexpected command `instal`, expected install or list/,
    )
    assert.match(
      (await said('install', 'onnx'))[1],
      /Cannot install onnx, expected `weft engine install tensorflow`/,
    )
    assert.match((await said('install'))[1], /Cannot install nothing, /)
  })

  await t.test('should list all engines, with what mends those that do not train', async (t) => {
    const folder = await temporaryFolder(t)
    const { code, stdout } = await weftHere(folder, ['engine', 'list'], { WEFT_TENSORFLOW: '/nowhere' })
    assert.equal(code, 0)
    assert.match(stdout, /ok +engine\/onnx +onnx [\d.]+ trains on the processor/)
    assert.match(stdout, /lacks +engine\/tensorflow +does not train[\s\S]*-> np[xm] .*install .*tensorflow/)
    assert.doesNotMatch(stdout, /A report can be built/)
  })
})
