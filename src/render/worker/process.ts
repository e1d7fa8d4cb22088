import { finished } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import { weftProgram } from '../model/home.ts'
import type { Failure, Outcome } from '../model/types.ts'
import { framesOf } from './failure-of.ts'
import type { FromProcess, FromThread, ToProcess, ToThread } from './protocol.ts'
import { exitFlag } from './protocol.ts'

// The child process that runs tasks: each cell in a fresh thread or in one that is as good as fresh, since the cells
// before it left nothing there; jobs one after another in a thread that stays warm.
// No code of the project runs in its main thread, so that it can always stop a task. It ends with the build.

type Run = Extract<ToProcess, { type: 'run' }>

interface Running {
  readonly run: Run
  readonly thread: Thread
  readonly worker: Worker
  readonly startedAt: number
  pending: number
  waitedMs: number
  waitingSince: number
  timer: NodeJS.Timeout | undefined
}

interface Thread {
  readonly worker: Worker
  readonly flags: Int32Array
  readonly heapMb: number | undefined
}

// Node fires a timer at once if its delay is longer.
const longestTimerMs = 2 ** 31 - 1

const running = new Map<number, Running>()
let warm: Thread | undefined
let spare: Thread | undefined
/** Threads that cells have left as they were. */
const free: Thread[] = []

process.on('message', (message: ToProcess) => {
  if (message.type === 'run') start(message)
  else if (message.type === 'answer') answer(message)
  else if (message.type === 'spare') keepSpare(message.heapMb)
  else if (message.type === 'stop') stop(message.id)
  else running.get(message.id)?.worker.postMessage({ type: 'abort' } satisfies ToThread)
})
process.on('disconnect', () => process.exit(1))
// A terminal sends Ctrl-C to the whole group; the build decides what happens to the tasks.
process.on('SIGINT', () => {})

function start(run: Run): void {
  send({ type: 'begun', id: run.id })
  const isJob = run.order.kind === 'job'
  const thread = (isJob && warm) || takeFree(run) || takeThread(run.heapMb)
  const { worker, flags } = thread
  if (isJob) warm = thread
  const state: Running = {
    run,
    thread,
    worker,
    startedAt: performance.now(),
    pending: 0,
    waitedMs: 0,
    waitingSince: 0,
    timer: undefined,
  }
  running.set(run.id, state)
  worker.removeAllListeners()
  worker.on('message', (message: FromThread) => fromThread(state, message))
  worker.on('error', (error: NodeJS.ErrnoException) => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    finish(
      state,
      failed(
        isMemory ? 'out-of-memory' : 'error',
        isMemory ? 'ran out of memory' : error.message,
        framesOf(error),
      ),
    )
  })
  worker.on('exit', (code) => {
    if (worker === warm?.worker) warm = undefined
    const called = Atomics.load(flags, exitFlag) === 1
    const outcome = called
      ? failed('exit', `called process.exit(${code}), expected it to end by itself`)
      : failed('never-settled', 'waits for something that never happens: an `await` never settles')
    // Send what it printed before its end.
    void Promise.all([finished(worker.stdout), finished(worker.stderr)]).then(() => finish(state, outcome))
  })
  startClock(state)
  worker.postMessage({ type: 'run', order: run.order } satisfies ToThread)
}

function takeFree({ order, heapMb }: Run): Thread | undefined {
  const at = order.kind === 'cell' ? free.findIndex((thread) => thread.heapMb === heapMb) : -1
  return at < 0 ? undefined : free.splice(at, 1)[0]
}

// To start a thread takes longer than most cells.
function takeThread(heapMb: number | undefined): Thread {
  if (!spare || spare.heapMb !== heapMb) return openThread(heapMb)
  const thread = spare
  spare = undefined
  setImmediate(() => keepSpare(heapMb))
  return thread
}

function keepSpare(heapMb: number | undefined): void {
  if (spare) return
  const thread = openThread(heapMb)
  spare = thread
  const forget = () => {
    if (spare === thread) spare = undefined
  }
  thread.worker.on('error', forget).on('exit', forget)
}

function openThread(heapMb: number | undefined): Thread {
  const flags = new Int32Array(new SharedArrayBuffer(4))
  const resourceLimits = heapMb === undefined ? {} : { maxOldGenerationSizeMb: heapMb }
  const worker = new Worker(weftProgram('thread.js'), {
    workerData: flags,
    stdout: true,
    stderr: true,
    resourceLimits,
  })
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      const state = [...running.values()].find((one) => one.worker === worker)
      if (state) send({ type: 'log', id: state.run.id, text })
    })
  }
  return { worker, flags, heapMb }
}

function fromThread(state: Running, message: FromThread): void {
  const { id } = state.run
  if (message.type === 'progress') send({ type: 'progress', id, step: message.step })
  else if (message.type === 'engine') send({ type: 'engine', id, engine: message.engine })
  else if (message.type === 'job') {
    if (state.pending++ === 0) stopClock(state)
    send({ type: 'job', id, call: message.call, request: message.request })
  } else {
    const { result, isClean } = message
    const outcome = result.ok
      ? { ok: true as const, ...result.value }
      : { ok: false as const, failure: result.failure }
    finish(state, { ...outcome, elapsedMs: elapsed(state) }, isClean)
  }
}

function answer({ id, call, answer }: Extract<ToProcess, { type: 'answer' }>): void {
  const state = running.get(id)
  if (!state) return
  if (--state.pending === 0) startClock(state)
  state.worker.postMessage({ type: 'answer', call, answer } satisfies ToThread)
}

// A cell's clock is stopped while it waits for a job.
function startClock(state: Running): void {
  if (state.waitingSince > 0) state.waitedMs += performance.now() - state.waitingSince
  state.waitingSince = 0
  const { timeoutMs } = state.run
  if (timeoutMs === undefined) return
  state.timer = setTimeout(
    () => {
      finish(
        state,
        failed(
          'time-out',
          `took longer than ${timeoutMs / 1000} s, expected it to end in that time: give it more with timeout=`,
        ),
      )
    },
    Math.min(longestTimerMs, Math.max(0, timeoutMs - elapsed(state))),
  )
}

function stopClock(state: Running): void {
  clearTimeout(state.timer)
  state.waitingSince = performance.now()
}

function elapsed(state: Running): number {
  return performance.now() - state.startedAt - state.waitedMs
}

function failed(kind: Failure['kind'], message: string, frames: readonly string[] = []): Outcome {
  return { ok: false, failure: { kind, message, frames }, elapsedMs: 0 }
}

function finish(state: Running, outcome: Outcome, isClean = false): void {
  const { id, order } = state.run
  if (!running.delete(id)) return
  clearTimeout(state.timer)
  const keep = outcome.ok && isClean
  if (keep && order.kind === 'cell') keepFree(state.thread)
  if (!keep) {
    if (state.worker === warm?.worker) warm = undefined
    void state.worker.terminate()
  }
  send({ type: 'done', id, outcome: outcome.ok ? outcome : { ...outcome, elapsedMs: elapsed(state) } })
}

function keepFree(thread: Thread): void {
  const { worker } = thread
  free.push(thread)
  const forget = () => {
    const at = free.indexOf(thread)
    if (at >= 0) free.splice(at, 1)
  }
  worker.removeAllListeners().on('error', forget).on('exit', forget)
}

function stop(id: number): void {
  const state = running.get(id)
  if (!state) return
  running.delete(id)
  clearTimeout(state.timer)
  if (state.worker === warm?.worker) warm = undefined
  // What blocks in native code ends later, or never.
  void state.worker
    .terminate()
    .then(() => send({ type: 'done', id, outcome: failed('aborted', 'was stopped') }))
}

function send(message: FromProcess): void {
  process.send?.(message)
}
