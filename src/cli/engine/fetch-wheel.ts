import { createWriteStream, existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readDigest } from '../../render/print/unpack.ts'
import { indexAddress } from './index-address.ts'
import { reasonIn, runProgram } from './run-program.ts'
import type { Wheel } from './wheels.ts'

interface Fetching {
  readonly env: NodeJS.ProcessEnv
  /** Files at hand, which are taken in place of others of the same names. */
  readonly given: readonly string[]
  /** Where to write; it may vanish at any time. */
  readonly folder: string
}

/**
 * Gives the path of a wheel with the right bytes: a given file, or one that pip fetches, or else one that is fetched
 * from the index that pip is configured with.
 * @throws with the command that mends it
 */
export async function fetchWheel(wheel: Wheel, { env, given, folder }: Fetching): Promise<string> {
  const own = given.find((path) => basename(path) === wheel.file)
  const path = own ?? (await fetched(wheel, env, folder))
  const found = await readDigest(path)
  if (found === wheel.sha256) return path
  throw new Error(
    `Cannot use ${own ?? wheel.file}, expected the SHA-256 ${wheel.sha256}, found ${found}: ${own ? 'fetch it again' : 'run the command again'}, or check the index that pip is configured with`,
  )
}

/** @throws if a given file is no wheel of these */
export function assertGiven(given: readonly string[], wheels: readonly Wheel[]): void {
  for (const path of given) {
    if (!existsSync(path)) throw new Error(`Cannot open ${path}, there is no such file`)
    if (!wheels.some(({ file }) => file === basename(path)))
      throw new Error(`Unexpected wheel ${path}, expected ${wheels.map(({ file }) => file).join(' or ')}`)
  }
}

async function fetched(wheel: Wheel, env: NodeJS.ProcessEnv, folder: string): Promise<string> {
  const pip = await findPip(env)
  if (pip) return byPip(pip, wheel, env, folder)
  const index = await indexAddress(env)
  if (index) return byAddress(index, wheel, folder)
  throw new Error(
    `Cannot fetch ${wheel.file}, expected pip, or the address of a Python index in PIP_INDEX_URL, found neither: run \`apt install python3-pip\` or the like, or name the file by --wheel`,
  )
}

async function findPip(env: NodeJS.ProcessEnv): Promise<readonly [string, ...string[]] | undefined> {
  for (const words of [['python3', '-m', 'pip'], ['pip3'], ['pip']] as const) {
    const { status } = await runProgram([...words, '--version'], { env })
    if (status === 0) return words
  }
  return undefined
}

async function byPip(
  pip: readonly [string, ...string[]],
  { project, version, file }: Wheel,
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<string> {
  // The tags of the file, so that pip of another Python takes the same one.
  const [python = '', abi = '', platforms = ''] = file
    .replace(/\.whl$/, '')
    .split('-')
    .slice(2)
  const words = [
    ...['download', '--quiet', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--dest', folder],
    ...['--implementation', python.slice(0, 2), '--python-version', python.slice(2), '--abi', abi],
    ...platforms.split('.').flatMap((platform) => ['--platform', platform]),
    `${project}==${version}`,
  ]
  const { status, output } = await runProgram([...pip, ...words], { env })
  const path = join(folder, file)
  if (status === 0 && existsSync(path)) return path
  const found = status === 0 ? `it fetched ${(await readdir(folder)).join(', ')}` : reasonIn(output)
  throw new Error(
    `Cannot fetch ${file} by ${pip.join(' ')}, ${found}: try \`${pip.join(' ')} download --no-deps ${project}==${version}\`, or name the file by --wheel`,
  )
}

interface Listing {
  readonly files: readonly { readonly filename: string; readonly url: string }[]
}

/** Fetches a file by the listing of its project, as JSON (PEP 691). */
async function byAddress(index: string, { project, file }: Wheel, folder: string): Promise<string> {
  const page = new URL(`${project}/`, index.endsWith('/') ? index : `${index}/`)
  try {
    const listing = await answer(page, { accept: 'application/vnd.pypi.simple.v1+json' })
    const { files } = (await listing.json()) as Listing
    const found = files.find(({ filename }) => filename === file)
    if (!found) throw new Error(`expected ${file} in the list, found ${files.length} other files`)
    const body = (await answer(addressBeside(page, found.url))).body!
    const path = join(folder, file)
    await pipeline(Readable.fromWeb(body as never), createWriteStream(path))
    return path
  } catch (cause) {
    const inner = (cause as { cause?: Error }).cause?.message
    throw new Error(
      `Cannot fetch ${file} from ${page.origin}, ${(cause as Error).message}${inner ? ` (${inner})` : ''}: check PIP_INDEX_URL, or name the file by --wheel`,
      { cause },
    )
  }
}

// On its own host, an index asks for the name and the password again.
function addressBeside(page: URL, path: string): URL {
  const address = new URL(path, page)
  if (address.host === page.host) {
    address.username = page.username
    address.password = page.password
  }
  return address
}

async function answer(address: URL, headers: Record<string, string> = {}): Promise<Response> {
  // fetch refuses an address with a name and a password, and shows both in its message.
  const bare = new URL(address)
  bare.username = ''
  bare.password = ''
  const all = address.username === '' ? headers : { ...headers, authorization: basic(address) }
  const response = await fetch(bare, { headers: all })
  if (!response.ok) throw new Error(`it answers ${response.status} ${response.statusText}`)
  return response
}

function basic({ username, password }: URL): string {
  const both = [username, password].map(decodeURIComponent).join(':')
  return `Basic ${Buffer.from(both).toString('base64')}`
}
