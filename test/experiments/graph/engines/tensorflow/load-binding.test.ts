import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import {
  bindingPaths,
  loadBinding,
} from '../../../../../src/experiments/graph/engines/tensorflow/load-binding.ts'

const none = (name: string): string => {
  throw new Error(`Cannot find module '${name}'`)
}

test('bindingPaths', async (t) => {
  await t.test('should name that of WEFT_TENSORFLOW alone', () => {
    assert.deepEqual(bindingPaths({ WEFT_TENSORFLOW: '/somewhere' }), ['/somewhere/tfjs_binding.node'])
  })

  await t.test('should prefer installed packages, then a GPU, then the processor', () => {
    const resolve = (name: string) => (name.includes('-gpu') ? none(name) : `/project/${name}`)
    const paths = bindingPaths({ HOME: '/home/ada', XDG_CACHE_HOME: '/elsewhere' }, resolve)
    assert.equal(paths[0], '/project/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node')
    assert.match(paths[1]!, /^\/home\/ada\/.*weft\/tensorflow-[\d.]+-\w+-\w+-gpu\/tfjs_binding\.node$/)
    assert.match(paths[2]!, /-cpu\/tfjs_binding\.node$/)
    assert.equal(paths.length, 3)
  })
})

test('loadBinding', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-binding-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [first, second] = [join(folder, 'first.node'), join(folder, 'second.node')]
  writeFileSync(first, '')
  writeFileSync(second, '')
  const binding = { TF_Version: '1' }

  await t.test('should take the first one that loads', () => {
    const load = (path: string) => (path === first ? none('libtensorflow') : binding)
    assert.equal(loadBinding(['/nowhere/a.node', first, second], load), binding)
  })

  await t.test('should say why the first one does not load', () => {
    assert.throws(() => loadBinding([first, second], none), {
      message: `${first}: Cannot find module '${first}'`,
    })
  })

  await t.test('should say with the code of a missing module where it has looked', () => {
    assert.throws(() => loadBinding(['/nowhere/a.node', '/nowhere else/a.node']), {
      code: 'ERR_MODULE_NOT_FOUND',
      message: 'none in /nowhere, /nowhere else',
    })
  })

  await t.test('should pass on what others write while it loads, but no greeting', (t) => {
    writeFileSync(join(folder, 'quiet.node'), '')
    const written = t.mock.method(process.stderr, 'write', () => true)
    const greeting =
      'WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n'
    const quiet = { begin() {}, end: () => `${greeting}I0000 00:00:1 1 port.cc:153] oneDNN is on.\nmine\n` }
    loadBinding([first], (path) => (path.endsWith('quiet.node') ? quiet : binding))
    assert.deepEqual(
      written.mock.calls.map(({ arguments: [text] }) => text as unknown),
      ['mine\n'],
    )
  })
})
