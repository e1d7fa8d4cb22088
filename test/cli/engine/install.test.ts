import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import test, { type TestContext } from 'node:test'
import { pretendedTools, type Tools } from './pretended-tools.ts'

test('installTensorflow', async (t) => {
  await t.test('should leave libraries and modules alone, in the place where jobs look', async (t) => {
    const { install, left, target, proved, asked } = await pretendedTools(t)
    const lines: string[] = []
    const { folder, isNew, comparedWith } = await install({ report: (line) => void lines.push(line) })
    assert.deepEqual([folder, isNew, comparedWith], [target, true, 'onnx 1'])
    assert.deepEqual(left(), ['tensorflow-2.21.0-linux-x64-cpu'])
    assert.deepEqual(readdirSync(target).sort(), ['quiet.node', 'tensorflow', 'tfjs_binding.node'])
    assert.deepEqual(readdirSync(join(target, 'tensorflow')), ['libtensorflow_cc.so.2'])
    assert.equal(lines.at(-1), 'proving that it computes')
    // It is proved before it has its name.
    assert.match(proved[1]!, /-cpu\.part-\d+$/)
    assert.match(
      asked(),
      /--implementation cp --python-version 311 --abi cp311 --platform manylinux_2_27_x86_64/,
    )
    assert.match(asked(), /-Wl,-rpath,\$ORIGIN\/tensorflow/)
  })

  await t.test('should do nothing if an engine works', async (t) => {
    const { install, left, asked } = await pretendedTools(t)
    const value = { name: 'tensorflow', version: '1', device: 'the processor' }
    const done = await install({}, { prove: async () => ({ ok: true, value }) })
    assert.deepEqual([done.isNew, done.folder, left(), asked()], [false, undefined, [], ''])
  })

  await t.test('should take no library without CUDA for one with it', async (t) => {
    const { install, env, home, proved } = await pretendedTools(t)
    const target = join(home, 'own')
    const place = { env: { ...env, WEFT_TENSORFLOW: target }, platform: 'linux', arch: 'x64' }
    assert.equal((await install({}, { place })).isNew, true)
    const before = proved.length
    assert.equal((await install({ kind: 'gpu' }, { place })).isNew, true)
    assert.match(proved[before]!, /own\.part-\d+$/, 'only the new one is proved')
    mkdirSync(join(target, 'nvidia'))
    const { isNew, folder } = await install({ kind: 'gpu' }, { place })
    assert.deepEqual([isNew, folder, proved.at(-1)], [false, target, target])
  })

  await t.test('should take a wheel at hand, and leave it there', async (t) => {
    const { install, path, asked } = await pretendedTools(t, { python3: undefined })
    const bytes = readFileSync(path)
    await install({ given: [path] })
    assert.deepEqual(readFileSync(path), bytes)
    assert.doesNotMatch(asked(), /python3/)
  })

  await t.test('should replace what was installed and works no more', async (t) => {
    const { install, left, target } = await pretendedTools(t)
    mkdirSync(join(target, 'nvidia'), { recursive: true })
    await install()
    assert.deepEqual(left(), ['tensorflow-2.21.0-linux-x64-cpu'])
    assert.ok(!readdirSync(target).includes('nvidia'))
  })

  await t.test('should leave alone what is no installation', async (t) => {
    const { install, env, home } = await pretendedTools(t)
    const into = (folder: string) => {
      const place = { env: { ...env, WEFT_TENSORFLOW: folder }, platform: 'linux', arch: 'x64' }
      return install({}, { place })
    }
    const own = join(home, 'own')
    mkdirSync(own)
    writeFileSync(join(own, 'thesis.md'), 'words')
    await assert.rejects(into(own), {
      message: `Cannot install into ${own}, expected no other files there, since all of it is replaced, found thesis.md: set WEFT_TENSORFLOW to a new folder`,
    })
    await assert.rejects(into(join(own, 'thesis.md')), { message: /^Cannot install into .*, found a file: / })
    assert.equal(readFileSync(join(own, 'thesis.md'), 'utf8'), 'words')
  })

  const failures: Record<string, [tools: Tools, message: RegExp]> = {
    'no pip and no address': [
      { python3: undefined },
      /^Cannot fetch tensorflow_cpu-.*, expected pip, or .* in PIP_INDEX_URL, found neither: run `apt install python3-pip`.* --wheel$/,
    ],
    'a pip that fails': [
      { python3: 'case "$*" in *--version*) exit 0;; esac; echo "ERROR: No matching distribution"; exit 1' },
      /^Cannot fetch .* by python3 -m pip, ERROR: No matching distribution: try `python3 -m pip download --no-deps tensorflow-cpu==9\.9\.9`/,
    ],
    'a pip that fetches another file': [
      {
        python3:
          'case "$*" in *--version*) exit 0;; esac; while [ "$1" != --dest ]; do shift; done; echo > "$2/other.whl"',
      },
      /^Cannot fetch .*, it fetched other\.whl: /,
    ],
    'other bytes': [
      {
        python3:
          'case "$*" in *--version*) exit 0;; esac; while [ "$1" != --dest ]; do shift; done; echo other > "$2/tensorflow_cpu-9.9.9-cp311-cp311-manylinux_2_27_x86_64.whl"',
      },
      /^Cannot use tensorflow_cpu-.*, expected the SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}: run the command again/,
    ],
    'no npm': [
      { npm: undefined },
      /^Cannot fetch @tensorflow\/tfjs-node, expected npm on the PATH, found none/,
    ],
    'an npm that fails': [
      { npm: 'echo "npm error code ENOTFOUND"; echo "npm error network no such host"; exit 1' },
      /^Cannot fetch @tensorflow\/tfjs-node by npm, npm error network no such host: try `npm pack /,
    ],
    'other sources': [
      { npm: 'echo > "$5/tensorflow-tfjs-node-1.0.0.tgz"' },
      /^Cannot use @tensorflow\/tfjs-node@1\.0\.0, expected the SHA-512 .*: run `npm cache verify`/,
    ],
    'no compiler': [
      { 'c++': undefined },
      /^Cannot compile the binding, expected a C\+\+ compiler \(c\+\+, g\+\+, clang\+\+\), found none: run `apt install g\+\+`/,
    ],
    'a compiler that fails': [
      { 'c++': 'case "$*" in --version) exit 0;; esac; echo "one.cc:1:1: error: no such thing" >&2; exit 1' },
      /^Cannot compile the binding, c\+\+ says: one\.cc:1:1: error: no such thing: set CXX/,
    ],
  }
  for (const [what, [tools, message]] of Object.entries(failures)) {
    await t.test(`should leave nothing behind, and say what mends it: ${what}`, async (t) => {
      const { install, left } = await pretendedTools(t, tools)
      await assert.rejects(install(), { message })
      assert.deepEqual(left(), [])
    })
  }

  await t.test('should compile by CXX, which may hold several words', async (t) => {
    const { env, install, asked, left } = await pretendedTools(t)
    await assert.rejects(install({ env: { ...env, CXX: 'absent c++' } }), {
      message: /^Cannot compile the binding, expected a C\+\+ compiler \(absent c\+\+\), found none/,
    })
    assert.deepEqual(left(), [])
    await install({ env: { ...env, CXX: ' c++  -pipe ' } })
    assert.match(asked(), /^c\+\+ -pipe -O2 /m)
  })

  await t.test('should install nothing that computes wrong', async (t) => {
    const { install, left } = await pretendedTools(t)
    const prove = async () => ({ ok: false, reason: 'it trains wrong' }) as const
    await assert.rejects(install({}, { prove }), {
      message: /^Cannot use TensorFlow here, .* found: it trains wrong: use WEFT_ENGINE=onnx/,
    })
    assert.deepEqual(left(), [])
  })

  await t.test('should refuse a full disk, before and while it writes', async (t) => {
    const { install, left, target } = await pretendedTools(t)
    await assert.rejects(install({}, { bytes: 1e18 }), {
      message:
        /^Cannot install into .*, expected 1000000000\.0 GB free on its disk, found [\d.]+ GB: free some/,
    })
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
    const prove = async (folder: string | undefined) => {
      if (folder !== undefined) throw full
      return { ok: false, reason: 'none' } as const
    }
    await assert.rejects(install({}, { prove }), {
      message: `Cannot install into ${target}, no space is left on the disk: mend that, or set WEFT_TENSORFLOW to a folder elsewhere`,
    })
    assert.deepEqual(left(), [])
  })

  await t.test('should refuse other systems and wheels', async (t) => {
    const { install, env, home, path, wheel } = await pretendedTools(t)
    await assert.rejects(install({}, { place: { env, platform: 'darwin', arch: 'arm64' } }), {
      message: /^Cannot install TensorFlow on darwin-arm64, expected linux-x64, .* use WEFT_ENGINE=onnx/,
    })
    await assert.rejects(install({ given: ['/nowhere.whl'] }), { message: /there is no such file$/ })
    const other = join(home, 'other.whl')
    writeFileSync(other, '')
    await assert.rejects(install({ given: [other] }), {
      message: `Unexpected wheel ${other}, expected ${wheel.file}`,
    })
    writeFileSync(path, 'damaged')
    await assert.rejects(install({ given: [path] }), { message: /, found [0-9a-f]{64}: fetch it again, or/ })
  })
})

test('fetchWheel', async (t) => {
  await t.test(
    'should fetch from the index of PIP_INDEX_URL or of pip.conf where there is no pip',
    async (t) => {
      const tools = await pretendedTools(t, { python3: undefined })
      const { env, home, wheel, path, install, target } = tools
      const address = await serve(t, {
        '/simple/tensorflow-cpu/': JSON.stringify({
          files: [{ filename: wheel.file, url: '../../files/it.whl' }],
        }),
        '/files/it.whl': readFileSync(path),
      })
      await install({ env: { ...env, PIP_INDEX_URL: `${address}/simple` } })
      assert.ok(readdirSync(target).includes('tfjs_binding.node'))
      const settings = join(home, 'pip.conf')
      writeFileSync(settings, `[global]\nindex-url = ${address}/simple/\n`)
      await install({ env: { ...env, PIP_CONFIG_FILE: settings } })
    },
  )

  await t.test(
    'should give an index the name and the password of its address, and show neither',
    async (t) => {
      const { env, wheel, path, install, target } = await pretendedTools(t, { python3: undefined })
      const pages = {
        '/simple/tensorflow-cpu/': JSON.stringify({
          files: [{ filename: wheel.file, url: '/files/it.whl' }],
        }),
        '/files/it.whl': readFileSync(path),
      }
      const asked: (string | undefined)[] = []
      const address = await serve(t, pages, ({ authorization }) => void asked.push(authorization))
      const named = (at: string) => `${address.replace('//', '//ada:p%40ss@')}${at}`
      await assert.rejects(
        install({ env: { ...env, PIP_INDEX_URL: named('/none') } }),
        ({ message }: Error) => /it answers 404/.test(message) && !/ada|ss@/.test(message),
      )
      await install({ env: { ...env, PIP_INDEX_URL: named('/simple') } })
      assert.ok(readdirSync(target).includes('tfjs_binding.node'))
      const basic = `Basic ${Buffer.from('ada:p@ss').toString('base64')}`
      assert.deepEqual(asked, [basic, basic, basic])
    },
  )

  await t.test('should say what an index lacks', async (t) => {
    const { env, install, left } = await pretendedTools(t, { python3: undefined })
    const address = await serve(t, { '/full/tensorflow-cpu/': '{"files": []}' })
    await assert.rejects(install({ env: { ...env, PIP_INDEX_URL: `${address}/none` } }), {
      message: /^Cannot fetch .* from http:.*, it answers 404 Not Found: check PIP_INDEX_URL/,
    })
    await assert.rejects(install({ env: { ...env, PIP_INDEX_URL: `${address}/full` } }), {
      message: /expected tensorflow_cpu-.* in the list, found 0 other files: check PIP_INDEX_URL/,
    })
    assert.deepEqual(left(), [])
  })
})

async function serve(
  t: TestContext,
  pages: Readonly<Record<string, string | Buffer>>,
  onRequest: (headers: IncomingHttpHeaders) => void = () => {},
): Promise<string> {
  const server = createServer(({ url, headers }, response) => {
    onRequest(headers)
    const page = pages[url!]
    response.writeHead(page === undefined ? 404 : 200).end(page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
