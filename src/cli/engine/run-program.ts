import { spawn } from 'node:child_process'

/** What a program did. */
export interface Ran {
  readonly status: number
  /** What it wrote to standard output and standard error. */
  readonly output: string
  /** The program does not exist. */
  readonly isMissing: boolean
}

/** Runs a program and waits for its end. Never rejects. */
export function runProgram(
  [program, ...words]: readonly [string, ...string[]],
  { env, cwd }: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string },
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-20_000)
      })
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ status: 1, output: error.message, isMissing: error.code === 'ENOENT' }),
    )
    child.on('close', (code, signal) =>
      resolve({
        status: code ?? 1,
        output: signal ? `${output}\nended by ${signal}` : output,
        isMissing: false,
      }),
    )
  })
}

/** Gives the line of a program's output that says best what went wrong. */
export function reasonIn(output: string): string {
  const lines = output.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  // npm begins with codes.
  const says = (line: string) => /\berror\b/i.test(line) && !/error (code|errno|syscall|path) /.test(line)
  return lines.find(says) ?? lines.at(-1) ?? 'it says nothing'
}
