import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { tensorflowVersion } from '../../src/experiments/graph/engines/tensorflow/folder.ts'
import { candidates, pythonAmong } from '../python-with.ts'

/** A peer's package: which versions are compared, and which one PyPI is asked for. */
interface Peer {
  readonly module: 'torch' | 'tensorflow'
  /** Names of the package; the first is installed. */
  readonly packages: readonly string[]
  readonly version: string
  /** The start of the versions that may be compared. */
  readonly series: string
  /** The folder in the user's cache. */
  readonly folder: string
  readonly size: string
}

export const peers = {
  // On Linux it brings the libraries for graphics processors, which it needs to load.
  torch: {
    module: 'torch',
    packages: ['torch'],
    version: '2.14.1',
    series: '2.',
    folder: 'torch-2.14.1',
    size: '3 GB to fetch on Linux, 100 MB elsewhere',
  },
  // Keras 3 on the version of TensorFlow that the engine `tensorflow` has.
  keras: {
    module: 'tensorflow',
    packages: ['tensorflow-cpu', 'tensorflow'],
    version: tensorflowVersion,
    series: tensorflowVersion,
    folder: `keras-${tensorflowVersion}`,
    size: '300 MB to fetch',
  },
} as const satisfies Record<string, Peer>

/** Finds the Python of each peer once. */
export class PeerPythons {
  readonly #found = new Map<keyof typeof peers, () => PeerPython>()

  /** @throws as `peerPython` does */
  of(name: keyof typeof peers): PeerPython {
    const known = this.#found.get(name)
    if (known) return known()
    let give: () => PeerPython
    try {
      const found = peerPython(peers[name])
      give = () => found
    } catch (cause) {
      give = () => {
        throw cause
      }
    }
    this.#found.set(name, give)
    return give()
  }
}

/** A Python that imports a peer. */
export interface PeerPython {
  readonly python: string
  /** Why this is not the version that should be compared. */
  readonly note?: string
}

interface Options {
  /** The folder that holds the environments. */
  readonly cache?: string
  readonly pythons?: readonly string[]
  log?(text: string): void
}

/**
 * Gives a Python that has the peer in a version to compare with: an installed one, or one of a virtual environment in
 * the user's cache, which is made here from PyPI. Where PyPI cannot be had, gives a Python with another version, and
 * says so.
 * @throws if there is none either
 */
export function peerPython(
  peer: Peer,
  { cache = join(homedir(), '.cache/weft'), pythons = candidates, log = console.log }: Options = {},
): PeerPython {
  const { module, version, series, size } = peer
  const folder = join(cache, peer.folder)
  const own = join(folder, 'bin/python')
  const found = [own, ...pythons].find((python) => versionIn(python, peer)?.startsWith(series))
  if (found) return { python: found }
  log(`${module.padEnd(10)} an environment with version ${version} is made in ${folder} (${size})`)
  const failure = make(folder, peer, pythons)
  if (failure === undefined) return { python: own }
  rmSync(folder, { recursive: true, force: true })
  try {
    const python = pythonAmong(pythons, [module])
    const note = `expected ${module} ${series}, found ${module} ${versionIn(python, peer) ?? 'of no known version'}: ${failure}`
    return { python, note }
  } catch (cause) {
    throw new Error(`${(cause as Error).message}, and none can be installed: ${failure}`, { cause })
  }
}

// To import such a package takes seconds; its metadata have the version too.
function versionIn(python: string, { packages }: Peer): string | undefined {
  const program = [
    'import importlib.metadata as m',
    `names = ${JSON.stringify(packages)}`,
    'print(*[d.version for d in m.distributions() if str(d.metadata["Name"]).replace("_", "-") in names][:1])',
  ]
  const { status, stdout } = spawnSync(python, ['-c', program.join('\n')], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() || undefined : undefined
}

/** Makes the environment; gives the reason if it cannot. */
function make(folder: string, { packages, version }: Peer, pythons: readonly string[]): string | undefined {
  const python = pythons.find((each) => spawnSync(each, ['--version'], { stdio: 'ignore' }).status === 0)
  if (python === undefined) return `no ${pythons.join(' or ')}`
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:']
  const commands = [
    [python, ['-m', 'venv', folder]],
    [join(folder, 'bin/python'), [...pip, `${packages[0]}==${version}`, 'numpy']],
  ] as const
  for (const [command, args] of commands) {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      encoding: 'utf8',
      timeout: 1_800_000,
    })
    if (status === 0) continue
    const lines = `${stdout}\n${stderr}`.trim().split('\n')
    return error?.message ?? lines.at(-1) ?? `exit ${status}`
  }
  return existsSync(join(folder, 'bin/python')) ? undefined : 'the environment has no Python'
}
