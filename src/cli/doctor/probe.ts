import { type ChildProcess, fork } from 'node:child_process'
import { weftProgram } from '../../render/model/home.ts'
import type { ProbeName, Probes } from './probes.ts'

/** What a probe found, or why it found nothing. */
export type Probed<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false
      readonly reason: string
      /** Node's code of the error, such as `ERR_MODULE_NOT_FOUND`. */
      readonly code?: string
      /** The process crashed or was too slow, so nothing that it did is known. */
      readonly isLost?: true
    }

interface ProbeOptions {
  readonly env?: NodeJS.ProcessEnv
  /** After this time the process is killed. */
  readonly timeoutMs?: number
  /** Called with its number when the process has ended. */
  readonly onEnd?: (pid: number) => Promise<void>
}

const mostWords = 2_000

/**
 * Runs a probe in a process of its own: what it loads may crash, hang or write to the console. Never rejects because of
 * what the probe does.
 */
export async function probe<Name extends ProbeName>(
  name: Name,
  input: Parameters<Probes[Name]>[0],
  { env = process.env, timeoutMs = 20_000, onEnd }: ProbeOptions = {},
): Promise<Probed<Awaited<ReturnType<Probes[Name]>>>> {
  const child = fork(weftProgram('probe.js'), [], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const answered = answerOf(child, timeoutMs)
  child.send({ name, input }, () => {})
  const answer = await answered
  await onEnd?.(child.pid!)
  return answer as Probed<Awaited<ReturnType<Probes[Name]>>>
}

function answerOf(child: ChildProcess, timeoutMs: number): Promise<Probed<unknown>> {
  let words = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-mostWords)
  })
  return new Promise((resolve) => {
    let answer: Probed<unknown> | undefined
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, timeoutMs)
    child.on('message', (message) => {
      answer = message as Probed<unknown>
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      resolve({ ok: false, reason: error.message, isLost: true })
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const how = isLate
        ? `no answer within ${timeoutMs / 1000} s`
        : `its process ended with ${signal ?? code}`
      const said = isLate ? '' : lastLine(words)
      resolve(answer ?? { ok: false, reason: said === '' ? how : `${how}: ${said}`, isLost: true })
    })
  })
}

function lastLine(words: string): string {
  return words.trim().split('\n').at(-1)!.trim()
}
