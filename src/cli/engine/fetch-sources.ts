import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { reasonIn, runProgram } from './run-program.ts'

/** A package of npm, in one version, with the digest of its file. */
export interface SourcePackage {
  readonly name: string
  readonly version: string
  readonly sha512: string
  /** Says which of its files are needed. */
  readonly needs: RegExp
}

/** Where the source of the binding comes from, and the headers of Node that it is compiled with. */
export const sourcePackages: readonly SourcePackage[] = [
  {
    name: '@tensorflow/tfjs-node',
    version: '4.22.0',
    sha512: 'uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
    needs: /^package\/(binding\/[^/]+|LICENSE)$/,
  },
  {
    name: 'node-api-headers',
    version: '1.9.0',
    sha512: '2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
    needs: /^package\/include\/[^/]+$/,
  },
]

/**
 * Fetches packages by npm, runs no script of them, and writes their needed files into `folder`, each below its name.
 * @throws with the command that mends it
 */
export async function fetchSources(
  folder: string,
  env: NodeJS.ProcessEnv,
  packages: readonly SourcePackage[] = sourcePackages,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const one of packages) {
    const { name, version, sha512, needs } = one
    const packed = await pack(one, folder, env)
    const found = createHash('sha512')
      .update(await readFile(packed))
      .digest('base64')
    if (found !== sha512)
      throw new Error(
        `Cannot use ${name}@${version}, expected the SHA-512 ${sha512}, found ${found}: run \`npm cache verify\`, then this command again`,
      )
    await unpack(packed, join(folder, name), needs)
  }
}

async function pack(
  { name, version }: SourcePackage,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const words = [
    'pack',
    '--loglevel=error',
    '--ignore-scripts',
    '--pack-destination',
    folder,
    `${name}@${version}`,
  ]
  const { status, output, isMissing } = await runProgram(['npm', ...words], { env })
  if (isMissing)
    throw new Error(`Cannot fetch ${name}, expected npm on the PATH, found none: install it beside Node`)
  if (status !== 0)
    throw new Error(`Cannot fetch ${name} by npm, ${reasonIn(output)}: try \`npm pack ${name}@${version}\``)
  return join(folder, `${name.replace(/^@/, '').replace('/', '-')}-${version}.tgz`)
}

async function unpack(packed: string, folder: string, needs: RegExp): Promise<void> {
  const archive = extract()
  const reading = pipeline(createReadStream(packed), createGunzip(), archive)
  // A broken archive ends the loop below with the same error.
  reading.catch(() => undefined)
  for await (const entry of archive) {
    if (entry.header.type !== 'file' || !needs.test(entry.header.name)) {
      entry.resume()
      continue
    }
    const target = join(folder, entry.header.name.replace(/^package\//, ''))
    await mkdir(dirname(target), { recursive: true })
    await pipeline(entry, createWriteStream(target))
  }
  await reading
}
