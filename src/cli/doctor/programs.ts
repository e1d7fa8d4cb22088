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
  const { text, reason } = await ask('git', ['--version'])
  if (text !== undefined) return found('git', text.replace('git version ', ''))
  return lacks(
    'git',
    `${reason}: \`date: last-modified\` and \`weft diff\` need it`,
    'install git from https://git-scm.com',
  )
}

async function findPython(ask: Ask): Promise<Finding> {
  const { text, reason } = await ask('python3', ['-c', pythonCode])
  const use = 'to execute notebooks'
  if (text === undefined)
    return lacks('python', `${reason}: needed ${use}`, 'install Python from https://python.org')
  const [version, ...missing] = text.split(' ')
  if (missing.length === 0) return found('python', `${version}, with nbclient and nbformat`)
  const packages = missing.join(' ')
  return lacks(
    'python',
    `${version}, without ${missing.join(' and ')}: needed ${use}`,
    `pip install ${packages}`,
  )
}

// To import them takes seconds.
const pythonCode = `import platform, importlib.util as u
print(platform.python_version(), *[n for n in ('nbclient', 'nbformat') if u.find_spec(n) is None])`

async function findDeno(ask: Ask): Promise<Finding> {
  const { text, reason } = await ask('deno', ['--version'])
  if (text !== undefined) return found('deno', text.split('\n')[0]!.replace(/^deno /, ''))
  return lacks('deno', `${reason}: the kernel of notebooks`, 'npm install --global deno')
}

async function findSlurm(ask: Ask): Promise<Finding> {
  const [info, batch] = await Promise.all([ask('sinfo', ['--version']), ask('sbatch', ['--version'])])
  const reason = info.reason ?? batch.reason
  if (reason !== undefined)
    return { id: 'slurm', state: 'lacks', text: `${reason}: no cluster here, jobs run on this machine` }
  const { text: nodes, reason: silence } = await ask('sinfo', ['--noheader', '--format=%D %t'])
  const state = silence === undefined ? nodes!.split('\n').join(', ') : silence
  return { id: 'slurm', state: silence === undefined ? 'ok' : 'lacks', text: `${info.text}: ${state}` }
}

function found(id: string, text: string): Finding {
  return { id, state: 'ok', text, facts: { version: text.split(/[ ,]/)[0]! } }
}

function lacks(id: string, text: string, remedy: string): Finding {
  return { id, state: 'lacks', text, remedy }
}
