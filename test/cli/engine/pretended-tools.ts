import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { pack } from 'tar-stream'
import type { SourcePackage } from '../../../src/cli/engine/fetch-sources.ts'
import { type InstallWish, type InstallWorld, installTensorflow } from '../../../src/cli/engine/install.ts'
import type { Wheel } from '../../../src/cli/engine/wheels.ts'
import { temporaryFolder } from '../../experiments/data/temporary-folder.ts'

/** What a working engine answers when it is proved. */
export const facts = { name: 'tensorflow', version: '9.9.9', device: 'the processor', comparedWith: 'onnx 1' }

const working = {
  // Takes the folder after --dest.
  python3: `case "$*" in *--version*) exit 0;; esac
while [ "$1" != --dest ]; do shift; done
/bin/cp "$HOME/fixtures/"*.whl "$2"`,
  npm: `/bin/cp "$HOME/fixtures/"*.tgz "$5"`,
  'c++': `while [ $# -gt 1 ]; do [ "$1" = -o ] && echo module > "$2"; shift; done`,
} as const

/** Programs of a test, by name: `undefined` is none. */
export type Tools = { readonly [name in keyof typeof working]?: string | undefined }

/** A home folder with pretended tools and small packages, and an installation that uses them. */
export async function pretendedTools(t: TestContext, tools: Tools = {}) {
  const home = await temporaryFolder(t)
  const [bin, fixtures] = [join(home, 'bin'), join(home, 'fixtures')]
  mkdirSync(bin)
  mkdirSync(fixtures)
  for (const [name, code] of Object.entries({ ...working, ...tools })) {
    if (code === undefined) continue
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> "${home}/asked"\n${code}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const wheel = writeWheel(fixtures)
  const packages = [
    await writePackage(fixtures, '@tensorflow/tfjs-node', 'binding/one.cc'),
    await writePackage(fixtures, 'node-api-headers', 'include/node_api.h'),
  ]
  const env = { HOME: home, PATH: bin, PIP_CONFIG_FILE: '/dev/null' }
  const cache = join(home, '.cache', 'weft')
  const proved: (string | undefined)[] = []
  const install = (wish: Partial<InstallWish> = {}, world: Partial<InstallWorld> = {}) =>
    installTensorflow(
      { kind: 'cpu', given: [], env, report() {}, ...wish },
      {
        place: { env, platform: 'linux', arch: 'x64' },
        wheels: [wheel],
        bytes: 1,
        packages,
        async prove(folder) {
          proved.push(folder)
          return folder === undefined ? { ok: false, reason: 'none' } : { ok: true, value: facts }
        },
        ...world,
      },
    )
  return {
    home,
    env,
    wheel,
    path: join(fixtures, wheel.file),
    packages,
    proved,
    install,
    /** What lies in the cache folder now. */
    left: () => (existsSync(cache) ? readdirSync(cache) : []),
    target: join(cache, 'tensorflow-2.21.0-linux-x64-cpu'),
    asked: () => (existsSync(join(home, 'asked')) ? readFileSync(join(home, 'asked'), 'utf8') : ''),
  }
}

function writeWheel(folder: string): Wheel {
  const bytes = zipSync({
    'tensorflow/libtensorflow_cc.so.2': strToU8('library'),
    'tensorflow/include/tensorflow/c/': new Uint8Array(),
    'tensorflow/include/tensorflow/c/c_api.h': strToU8('header'),
    'tensorflow/python/other.py': strToU8('python'),
  })
  const file = 'tensorflow_cpu-9.9.9-cp311-cp311-manylinux_2_27_x86_64.whl'
  writeFileSync(join(folder, file), bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { project: 'tensorflow-cpu', version: '9.9.9', file, sha256 }
}

async function writePackage(folder: string, name: string, path: string): Promise<SourcePackage> {
  const archive = pack()
  archive.entry({ name: 'package/package.json' }, '{}')
  archive.entry({ name: `package/${path}` }, 'source')
  archive.finalize()
  const bytes = gzipSync(await buffer(archive))
  writeFileSync(join(folder, `${name.replace('@', '').replace('/', '-')}-1.0.0.tgz`), bytes)
  const sha512 = createHash('sha512').update(bytes).digest('base64')
  return { name, version: '1.0.0', sha512, needs: /^package\/(binding|include)\// }
}
