import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { weftProgram } from '../../src/render/model/home.ts'

/** A build that runs. */
export interface RunningBuild {
  readonly child: ChildProcess
  /** What it has written so far. */
  text(): string
  /** Resolves once it has written something, so many times. */
  until(wanted: RegExp, times?: number): Promise<void>
  /** Resolves with its exit status; null if it was killed. */
  readonly ended: Promise<number | null>
}

/** Starts `weft build` in a project, without the process that supervises it. */
export function startBuild(root: string, args: readonly string[], env: NodeJS.ProcessEnv): RunningBuild {
  const child = spawn(process.execPath, [weftProgram('command.js'), 'build', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += String(chunk)
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    text: () => said,
    async until(wanted, times = 1) {
      while (said.split(wanted).length <= times) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`The build ended before it said ${wanted}:\n${said}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    ended,
  }
}

/** Gives what each job of a build has come to, by its key. */
export function resultsIn(dist: string): ReadonlyMap<string, string> {
  const folder = join(dist, '.cache/freeze')
  const stored = readdirSync(folder)
    .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter(({ provenance }) => provenance.job !== undefined)
  return new Map(stored.map(({ key, exports }) => [key, JSON.stringify(exports)]))
}
