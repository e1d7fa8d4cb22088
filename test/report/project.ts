import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the tested project. */
export const home = fileURLToPath(new URL('../..', import.meta.url))
/** Its command, built by `npm run prepare`. */
export const command = join(home, 'lib/cli.js')
const fixtures = join(home, 'test/fixtures/report')

interface Cleanup {
  after(clean: () => void): void
}

/** A report in its own folder. */
export interface Project {
  readonly folder: string
  /** Runs `weft` in it. */
  weft(args?: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended>
  /** Gives the trace lines of its cells and jobs since the last call, sorted. */
  ran(): string[]
  path(...names: string[]): string
  read(path: string): string
  write(path: string, text: string): void
  /** Changes a file; fails if there is nothing to change. */
  edit(path: string, from: string, to: string): void
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly text: string
}

const manifest = JSON.stringify({ name: 'temporary', type: 'module' })

/** Copies a fixture of test/fixtures/report into a temporary folder that is removed after the test. */
export function projectOf(test: Cleanup, fixture: string, name = 'report'): Project {
  const project = emptyProject(test, name)
  cpSync(join(fixtures, fixture), project.folder, { recursive: true })
  project.write('package.json', manifest)
  return project
}

/** Copies a project with its build output. */
export function copyOf(test: Cleanup, original: Project, name = 'copy'): Project {
  const project = emptyProject(test, name)
  cpSync(original.folder, project.folder, { recursive: true, verbatimSymlinks: true })
  return project
}

/** Copies the tool with its shipped report, without built or accepted results. */
export function shippedIn(test: Cleanup): Project {
  const project = emptyProject(test, 'weft')
  const built = /[\\/]report-src[\\/](freeze|report\.lock\.json)$/
  for (const name of ['package.json', 'lib', 'src', 'report-src'])
    cpSync(join(home, name), project.path(name), { recursive: true, filter: (path) => !built.test(path) })
  symlinkSync(join(home, 'node_modules'), project.path('node_modules'), 'junction')
  const own = project.path('lib/cli.js')
  return { ...project, weft: (args = [], env = {}) => ended(start(project, args, env, own)) }
}

/** Makes a project without files. Beside it are a trace file of what ran and a folder for temporary files. */
export function emptyProject(test: Cleanup, name = 'report'): Project {
  const box = realpathSync(mkdtempSync(join(tmpdir(), 'weft-report-')))
  test.after(() => rmSync(box, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
  const folder = join(box, name)
  const trace = join(box, 'trace.txt')
  const temporary = join(box, 'tmp')
  for (const path of [folder, temporary]) mkdirSync(path, { recursive: true })
  const path = (...names: string[]) => join(folder, ...names)
  const project: Project = {
    folder,
    path,
    weft: (args = [], env = {}) => ended(start(project, args, env)),
    ran() {
      const lines = tracedIn(project)
      rmSync(trace, { force: true })
      return lines.sort()
    },
    read: (file) => readFileSync(path(file), 'utf8'),
    write(file, text) {
      mkdirSync(dirname(path(file)), { recursive: true })
      writeFileSync(path(file), text)
    },
    edit(file, from, to) {
      const text = project.read(file)
      if (!text.includes(from)) throw new Error(`Cannot find ${from} in ${file}`)
      project.write(
        file,
        text.replace(from, () => to),
      )
    },
  }
  return project
}

/** Gives the trace lines of a project's cells and jobs, in order, and keeps them. */
export function tracedIn(project: Project): string[] {
  const trace = join(project.folder, '../trace.txt')
  return existsSync(trace) ? readFileSync(trace, 'utf8').split('\n').filter(Boolean) : []
}

/** Starts `weft` in a project, in its own process group, as a terminal does. */
export function start(
  project: Project,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  program = command,
) {
  return spawn(process.execPath, [program, ...args], {
    cwd: project.folder,
    env: { ...environmentOf(project), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
}

/** Waits for a process to end, and gives its output. */
export function ended(child: ReturnType<typeof start>): Promise<Ended> {
  const texts = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    texts.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      resolve({ code, signal, ...texts, text: texts.stdout + texts.stderr })
    })
  })
}

// Of the tester's settings, pass only the locations of programs and of the unpacked browser.
const passed = [
  'PATH',
  'HOME',
  'CHROME_PATH',
  'PUPPETEER_EXECUTABLE_PATH',
  'WEFT_BROWSER',
  'NODE_V8_COVERAGE',
]

/** Gives the environment for building a project. */
export function environmentOf({ folder }: Pick<Project, 'folder'>): NodeJS.ProcessEnv {
  const own = passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return {
    ...Object.fromEntries(own),
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
    TMPDIR: join(folder, '../tmp'),
    WEFT_TRACE: join(folder, '../trace.txt'),
  }
}
