import { PassThrough } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { runWeft } from '../../src/cli/run-weft.ts'

/** What a command has done. */
export interface Done {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs `weft` in a folder, in the process of the test: to start another one takes longer than most commands that build
 * nothing. It changes the folder and the environment of the process, so only one may run at a time.
 */
export async function weftHere(
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Done> {
  const [from, before] = [process.cwd(), { ...process.env }]
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  process.chdir(folder)
  // `npm test` and the tester set some that the command reads.
  for (const name of Object.keys(before)) if (/^(npm|WEFT)_/.test(name)) delete process.env[name]
  Object.assign(process.env, env)
  try {
    const code = await runWeft(args, { stdout, stderr: stderr as unknown as WriteStream })
    return { code, stdout: textOf(stdout), stderr: textOf(stderr) }
  } finally {
    process.chdir(from)
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}

function textOf(stream: PassThrough): string {
  return String(stream.read() ?? '')
}
