import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Answered, askProgram } from './ask-program.ts'
import type { Finding } from './finding.ts'

/** Asks a program; by default it runs. */
export type Ask = (program: string, args: readonly string[]) => Promise<Answered>

interface Surroundings {
  /** The project, whose packages may bring programs. */
  readonly root: string
  readonly env: NodeJS.ProcessEnv
}

/** Says which other programs are here. No build needs one of them. */
export async function findPrograms(
  { root, env }: Surroundings,
  ask: Ask = (program, args) => askProgram(program, args, { env: withPackages(root, env) }),
): Promise<readonly Finding[]> {
  return Promise.all([findGit(ask), findPython(ask), findDeno(ask), findSlurm(ask)])
}

// As in npm's scripts.
function withPackages(root: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const bin = join(root, 'node_modules', '.bin')
  return existsSync(bin) ? { ...env, PATH: `${env.PATH ?? ''}${delimiter}${bin}` } : env
}

async function findGit(ask: Ask): Promise<Finding> {
  const answered = await ask('git', ['--version'])
  if (answered.text !== undefined) return found('git', answered.text.replace('git version ', ''))
  const use = '`date: last-modified` and `weft diff` need it'
  return lacks('git', answered, { use, remedy: 'install git from https://git-scm.com' })
}

async function findPython(ask: Ask): Promise<Finding> {
  const answered = await ask('python3', ['-c', pythonCode])
  const use = 'needed to execute notebooks'
  if (answered.text === undefined)
    return lacks('python', answered, { use, remedy: 'install Python from https://python.org' })
  const [version, ...missing] = answered.text.split(' ')
  if (missing.length === 0) return found('python', `${version}, with nbclient and nbformat`)
  const reason = `${version}, without ${missing.join(' and ')}`
  return lacks('python', { reason }, { use, remedy: `pip install ${missing.join(' ')}` })
}

// To import them takes seconds.
const pythonCode = `import platform, importlib.util as u
print(platform.python_version(), *[n for n in ('nbclient', 'nbformat') if u.find_spec(n) is None])`

async function findDeno(ask: Ask): Promise<Finding> {
  const answered = await ask('deno', ['--version'])
  if (answered.text !== undefined) return found('deno', answered.text.split('\n')[0]!.replace(/^deno /, ''))
  return lacks('deno', answered, { use: 'the kernel of notebooks', remedy: 'npm install --global deno' })
}

async function findSlurm(ask: Ask): Promise<Finding> {
  const [info, batch] = await Promise.all([ask('sinfo', ['--version']), ask('sbatch', ['--version'])])
  const silent = [info, batch].find(({ reason }) => reason !== undefined)
  if (silent) return lacks('slurm', silent, { use: 'jobs run on this machine' })
  const { text: nodes, reason: silence } = await ask('sinfo', ['--noheader', '--format=%D %t'])
  const state = silence === undefined ? nodes!.split('\n').join(', ') : silence
  const use = silence === undefined ? ' (`--executor slurm` runs jobs there)' : ''
  return { id: 'slurm', state: silence === undefined ? 'ok' : 'lacks', text: `${info.text}: ${state}${use}` }
}

function found(id: string, text: string): Finding {
  return { id, state: 'ok', text, facts: { version: text.split(/[ ,]/)[0]! } }
}

interface Need {
  /** What the program is for. */
  readonly use: string
  readonly remedy?: string
}

/** Says that a program does not answer, and what mends that: nothing that is installed makes a slow one faster. */
export function lacks(id: string, { reason, isLate }: Answered, { use, remedy }: Need): Finding {
  const mends = remedy === undefined || isLate ? {} : { remedy }
  return { id, state: 'lacks', text: `${reason}: ${use}`, ...mends }
}
