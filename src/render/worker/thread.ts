import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { datesToJson, parseWithDates } from '../model/date-json.ts'
import { withKind } from '../model/error-kind.ts'
import type { Failure, JobRequest, JobResult, Json } from '../model/types.ts'
import { fromLibraries } from '../output/from-libraries.ts'
import { assertJson } from '../output/to-json.ts'
import { toOutputs } from '../output/to-outputs.ts'
import { failureOf, framesOf, NotJsonExports } from './failure-of.ts'
import type { Answer, FromThread, Order, ThreadResult, ToThread } from './protocol.ts'
import { exitFlag } from './protocol.ts'
import { hasNewGlobals, runJob } from './run-job.ts'
import { runValues } from './run-values.ts'
import { openTaskWatch } from './watch-task.ts'

// The thread that runs one task after another, as long as each leaves it as it was; process.ts is at the other end.

const port = parentPort!
const flags = workerData as Int32Array
const waiting = new Map<
  number,
  { resolve(result: JobResult): void; reject(error: Error): void; asked: Error }
>()
const abort = new AbortController()
const watch = openTaskWatch()
const runs = { cell: runCell, values: runValues, job: runJob }

process.setSourceMapsEnabled(true)
// A library may put many frames between its fault and the line of the cell.
Error.stackTraceLimit = 100
markExit()
process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)

port.on('message', (message: ToThread) => {
  if (message.type === 'run') void start(message.order)
  else if (message.type === 'answer') answered(message.call, message.answer)
  else abort.abort()
})

// A cell that gets a thread which others have used has as good as a whole heap.
const mostHeapBytes = 48 * 2 ** 20

async function start(order: Order): Promise<void> {
  // From here on only the task's own work keeps the thread alive, so that an `await` that never settles ends it.
  port.unref()
  publish(order)
  // Else `RegExp.$1` would be what an earlier task matched.
  ;/^/.exec('')
  try {
    watch.start(order)
    const value = await runs[order.kind](order, {
      signal: abort.signal,
      loaded: watch.loaded,
      opened: (engine) => send({ type: 'engine', engine }),
      progress: (step) => send({ type: 'progress', step }),
    })
    // Node raises an unhandled rejection before this runs.
    setImmediate(() => {
      const isSame = order.kind === 'job' ? !hasNewGlobals() : watch.leftNothing() && isSmall()
      finish({ ok: true, value: { ...value, ...watch.seen() } }, isSame)
    })
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): void {
  const { reads } = watch.seen()
  finish({ ok: false, failure: { ...failureOf(error), ...(reads && { reads }) } })
}

// The default export becomes outputs, the other exports must be JSON.
async function runCell({ url }: Order): Promise<Extract<ThreadResult, { ok: true }>['value']> {
  const module = (await import(url)) as Record<string, unknown>
  const exports: Record<string, Json> = {}
  const faults: { message: string; export: string }[] = []
  for (const [name, value] of Object.entries(module)) {
    if (name === 'default') continue
    try {
      const plain = datesToJson(value, name)
      assertJson(plain, name)
      exports[name] = plain
    } catch (cause) {
      faults.push({ message: (cause as Error).message, export: name })
    }
  }
  try {
    const shown = toOutputs(await fromLibraries(module.default))
    if (faults.length === 0) return { shown, exports, measured: {}, facts: {} }
  } catch (cause) {
    if (faults.length === 0) throw cause
    faults.push({ message: (cause as Error).message, export: 'default' })
  }
  throw new NotJsonExports(faults)
}

function isSmall(): boolean {
  return getHeapStatistics().used_heap_size < mostHeapBytes
}

function finish(result: ThreadResult, isSame = false): void {
  port.ref()
  // Work that a task left running would disturb the next one, and its signal stays aborted.
  const isClean =
    isSame &&
    !abort.signal.aborted &&
    waiting.size === 0 &&
    !process.getActiveResourcesInfo().some((kind) => /Timeout|Immediate|Wrap|Req/.test(kind))
  // Send what it printed before its end.
  void Promise.all([flushed(process.stdout), flushed(process.stderr)]).then(() =>
    send({ type: 'done', result, isClean }),
  )
}

function flushed(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

function publish(order: Order): void {
  const { input, root } = order
  const read = (name: string) => {
    const text = input[name]
    if (text === undefined) throw new Error(`No input ${name}`)
    return parseWithDates(text)
  }
  Object.assign(globalThis, {
    __weft: {
      earlier: (name: string) => read(`earlier:${name}`),
      param: (name: string) => read(`param:${name}`),
      meta: (place: string) => metaOf(place, root),
      lang: input.lang,
    },
    [Symbol.for('weft.host')]: { job, code: codeOf(order) },
  })
}

// The file of a program has the digest of its code as its name. The packages that it imports are not in it.
function codeOf({ url, packages }: Order): string | undefined {
  const [, digest] = /([a-f0-9]{32})\.mjs/.exec(url) ?? []
  return digest && `${digest} ${packages}`
}

// A source lies in the project, or in the tool, whose folder holds `lib`.
function metaOf(place: string, root: string) {
  const [, ofTool] = /^weft:(.*)$/.exec(place) ?? []
  const home = fileURLToPath(new URL('..', import.meta.url))
  const filename = ofTool === undefined ? join(root, place) : join(home, ofTool)
  return { url: pathToFileURL(filename).href, filename, dirname: dirname(filename) }
}

function job({ module, name, params, seed }: JobRequest): Promise<JobResult> {
  const request = { module, name, params: plain(params, name, 'params'), seed: plain(seed, name, 'seed') }
  const call = calls.next().value as number
  send({ type: 'job', call, request })
  port.ref()
  const asked = new Error()
  return new Promise((resolve, reject) => waiting.set(call, { resolve, reject, asked }))
}

// Through JSON, so that an absent member and an undefined one give the same job.
function plain<Value extends Json>(value: Value, name: string, path: string): Value {
  try {
    assertJson(value, path)
  } catch (cause) {
    throw new Error(`Cannot run experiment \`${name}\`, unexpected ${(cause as Error).message}`, { cause })
  }
  return JSON.parse(JSON.stringify(value)) as Value
}

const calls = (function* numbers() {
  for (let number = 1; ; number++) yield number
})()

function answered(call: number, answer: Answer): void {
  const { resolve, reject, asked } = waiting.get(call)!
  waiting.delete(call)
  if (waiting.size === 0) port.unref()
  if (answer.ok) resolve(answer.result)
  else reject(failedJob(answer.failure, asked))
}

// Below the frames of the job come those of the cell that asked for it.
function failedJob({ kind, message, frames = [] }: Failure, asked: Error): Error {
  const error = new Error(message)
  error.stack = [`Error: ${message}`, ...frames, ...framesOf(asked)].join('\n')
  return kind === 'not-json' || kind === 'no-alt' || kind === 'aborted' ? withKind(error, kind) : error
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
