import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import { NotJson } from '../output/to-json.ts'
import type { Failure, JobRequest, JobResult } from '../types.ts'
import type { Answer, FromThread, Order, ThreadResult, ToThread } from './protocol.ts'
import { exitFlag } from './protocol.ts'
import { runCell } from './run-cell.ts'
import { runJob } from './run-job.ts'
import { runValues } from './run-values.ts'

// The thread in which one cell after another, or one job after another, runs: see process.ts for its other end.

const port = parentPort!
const flags = workerData as Int32Array
const waiting = new Map<number, { resolve(result: JobResult): void; reject(error: Error): void }>()
const abort = new AbortController()
const runs = { cell: runCell, values: runValues, job: runJob }

process.setSourceMapsEnabled(true)
markExit()
process.on('uncaughtException', (error) => finish({ ok: false, failure: failureOf(error) }))
process.on('unhandledRejection', (error) => finish({ ok: false, failure: failureOf(error) }))

port.on('message', (message: ToThread) => {
  if (message.type === 'run') void start(message.order)
  else if (message.type === 'answer') settle(message.call, message.answer)
  else abort.abort()
})

async function start(order: Order): Promise<void> {
  // From here on only the task's own work keeps the thread alive: an await that never settles ends it.
  port.unref()
  publish(order)
  try {
    const value = await runs[order.kind](order, {
      signal: abort.signal,
      progress: (step) => send({ type: 'progress', step }),
    })
    // A rejection that nobody handles is raised before this.
    setImmediate(() => finish({ ok: true, value }))
  } catch (error) {
    finish({ ok: false, failure: failureOf(error) })
  }
}

function finish(result: ThreadResult): void {
  port.ref()
  send({ type: 'done', result })
}

function publish({ input, root }: Order): void {
  const read = (name: string) => {
    const text = input[name]
    if (text === undefined) throw new Error(`No input ${name}`)
    return JSON.parse(text)
  }
  Object.assign(globalThis, {
    __weft: {
      earlier: (name: string) => read(`earlier:${name}`),
      param: (name: string) => read(`param:${name}`),
      meta: (file: string) => metaOf(new URL(encodeURI(file), root)),
    },
    [Symbol.for('weft.host')]: { job },
  })
}

function metaOf(url: URL) {
  const filename = fileURLToPath(url)
  return { url: url.href, filename, dirname: fileURLToPath(new URL('.', url)).replace(/(?<=.)[/\\]$/, '') }
}

function job(request: JobRequest): Promise<JobResult> {
  const call = calls.next().value as number
  send({ type: 'job', call, request })
  port.ref()
  return new Promise((resolve, reject) => waiting.set(call, { resolve, reject }))
}

const calls = (function* numbers() {
  for (let number = 1; ; number++) yield number
})()

function settle(call: number, answer: Answer): void {
  const { resolve, reject } = waiting.get(call)!
  waiting.delete(call)
  if (waiting.size === 0) port.unref()
  if (answer.ok) resolve(answer.result)
  else reject(new Error(answer.message))
}

function failureOf(error: unknown): Failure {
  if (error instanceof NotJson) return { kind: 'not-json', message: error.message }
  if (!(error instanceof Error))
    return { kind: 'error', message: `threw ${describe(error)}, expected an Error` }
  const message = error.name === 'Error' ? error.message : `${error.name}: ${error.message}`
  return { kind: 'error', message: message || 'an Error without a message', stack: error.stack }
}

function describe(value: unknown): string {
  try {
    return typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value) ?? value)
  } catch {
    return typeof value
  }
}

function markExit(): void {
  const exit = process.exit
  process.exit = ((code) => {
    Atomics.store(flags, exitFlag, 1)
    return exit(code)
  }) as typeof process.exit
}

function send(message: FromThread): void {
  port.postMessage(message)
}
