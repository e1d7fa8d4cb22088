import { execFile } from 'node:child_process'

/** What a program has answered, or why it has not. */
export interface Answered {
  /** Its output, trimmed. */
  readonly text?: string
  readonly reason?: string
  /** It was too slow, so nothing is known of it. */
  readonly isLate?: true
}

interface AskOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
}

/** Runs another program for its answer, and ends it if it takes too long. Never rejects. */
export function askProgram(
  program: string,
  args: readonly string[],
  { env = process.env, timeoutMs = 20_000 }: AskOptions = {},
): Promise<Answered> {
  return new Promise((resolve) => {
    const options = {
      env,
      timeout: timeoutMs,
      killSignal: 'SIGKILL' as const,
      // npm is a script there, which only a shell runs.
      shell: process.platform === 'win32',
    }
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve({ text: stdout.trim() })
      const said = stderr.trim().split('\n').at(-1)!
      if (error.killed)
        resolve({ reason: `\`${program}\` did not answer within ${timeoutMs / 1000} s`, isLate: true })
      else if (error.code === ('ENOENT' as unknown)) resolve({ reason: `\`${program}\` is not in PATH` })
      else resolve({ reason: `\`${program} ${args[0]}\` fails: ${said || `exit status ${error.code}`}` })
    })
  })
}
