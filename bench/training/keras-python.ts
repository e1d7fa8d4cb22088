import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { tensorflowVersion } from '../../src/experiments/graph/engines/tensorflow/folder.ts'
import { candidates, pythonWith } from '../python-with.ts'

/**
 * Gives a Python whose Keras computes with the version of TensorFlow that the engine `tensorflow` has: an installed
 * one, or one of a virtual environment in the user's cache, made here from PyPI if there is none (about 300 MB). Where
 * PyPI cannot be had, gives a Python with another version of TensorFlow.
 * @throws if there is none either
 */
export function pythonWithKeras(): string {
  const folder = join(homedir(), '.cache/weft', `keras-${tensorflowVersion}`)
  const own = join(folder, 'bin/python')
  const found = [...candidates, own].find(hasVersion)
  if (found) return found
  console.log(`keras      an environment with TensorFlow ${tensorflowVersion} is made in ${folder}`)
  const failure = make(folder)
  if (failure === undefined) return own
  rmSync(folder, { recursive: true, force: true })
  try {
    return pythonWith('tensorflow')
  } catch (cause) {
    throw new Error(`${(cause as Error).message}, and none can be installed: ${failure}`, { cause })
  }
}

// To import it takes seconds; the metadata of its package have the version too.
function hasVersion(python: string): boolean {
  const program = [
    'import importlib.metadata as m, sys',
    'names = [d.version for d in m.distributions() if d.metadata["Name"] in ("tensorflow", "tensorflow-cpu", "tensorflow_cpu")]',
    `sys.exit(${JSON.stringify(tensorflowVersion)} not in names)`,
  ]
  return spawnSync(python, ['-c', program.join('\n')], { stdio: 'ignore' }).status === 0
}

/** Makes the environment; gives the reason if it cannot. */
function make(folder: string): string | undefined {
  const python = candidates.find((each) => spawnSync(each, ['--version'], { stdio: 'ignore' }).status === 0)
  if (python === undefined) return `no ${candidates.join(' or ')}`
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:']
  const commands = [
    [python, ['-m', 'venv', folder]],
    [join(folder, 'bin/python'), [...pip, `tensorflow-cpu==${tensorflowVersion}`]],
  ] as const
  for (const [command, args] of commands) {
    const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 900_000 })
    if (status === 0) continue
    const lines = `${stdout}\n${stderr}`.trim().split('\n')
    return error?.message ?? lines.at(-1) ?? `exit ${status}`
  }
  return existsSync(join(folder, 'bin/python')) ? undefined : 'the environment has no Python'
}
