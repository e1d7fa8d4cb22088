import { Worker } from 'node:worker_threads'
import { weftProgram } from '../../model/home.ts'
import type { TypedSource } from './typed-source.ts'
import type { TypesAnswer, TypesOrder } from './types-thread.ts'

/** A type checker in a thread of its own. */
export interface Checker {
  /** Checks a version of a report. Throws an Error if the project's settings cannot be read, or if it was closed. */
  check(source: TypedSource): Promise<Checked>
  close(): Promise<void>
  /** Aborted when it is closed. */
  readonly closed: AbortSignal
}

type Checked = Extract<TypesAnswer, { readonly faults: unknown }>

/** Opens a type checker; it starts with the first check, and keeps the process alive only while it checks. */
export function openChecker(): Checker {
  const waiting = new Map<number, { resolve(checked: Checked): void; reject(error: Error): void }>()
  let worker: Worker | undefined
  let count = 0
  const end = new AbortController()
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
    worker = undefined
  }
  const open = () => {
    const opened = new Worker(weftProgram('types-thread.js'))
    opened.on('message', (answer: TypesAnswer) => {
      const order = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (waiting.size === 0) opened.unref()
      if ('error' in answer) order?.reject(new Error(answer.error))
      else order?.resolve(answer)
    })
    opened.on('error', fail)
    opened.on('exit', () => {
      if (worker === opened) fail(closedError())
    })
    return opened
  }
  return {
    check(source) {
      if (end.signal.aborted) return Promise.reject(closedError())
      worker ??= open()
      worker.ref()
      const id = count++
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker!.postMessage({ id, source } satisfies TypesOrder)
      })
    },
    async close() {
      end.abort()
      await worker?.terminate()
    },
    closed: end.signal,
  }
}

function closedError(): Error {
  return new Error('Cannot check types, the checker was closed')
}
