import { appendFileSync, closeSync, constants, fstatSync, openSync, readSync, writeFileSync } from 'node:fs'
import type { Digest, Failure, OpenedEngine, Progress } from '../../model/types.ts'

/** What a worker tells of its jobs, one JSON object a line of its file. */
export type JobEvent =
  /** Its first word, with the machine that it runs on. */
  | { readonly type: 'begun'; readonly host: string; readonly pid: number }
  /** A sign of life, every few seconds. */
  | { readonly type: 'alive' }
  | { readonly type: 'started'; readonly key: Digest }
  | { readonly type: 'engine'; readonly engine: OpenedEngine }
  | { readonly type: 'progress'; readonly key: Digest; readonly step: Progress }
  | { readonly type: 'log'; readonly key: Digest; readonly text: string }
  /** Its result is stored. */
  | { readonly type: 'done'; readonly key: Digest }
  | { readonly type: 'failed'; readonly key: Digest; readonly failure: Failure }
  /** Its last word. */
  | { readonly type: 'ended' }

/**
 * Opens a file of events for writing. Each write opens and closes it, so that machines that share the folder see it.
 * Whatever prevents a write does not stop the jobs: their results count.
 */
export function openEventFile(path: string): (...events: readonly JobEvent[]) => void {
  writeFileSync(path, '', { flag: 'a' })
  // One that is gone belongs to nobody any more.
  const flag = (constants.O_WRONLY | constants.O_APPEND) as unknown as string
  return (...events) => {
    try {
      appendFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(''), { flag })
    } catch {}
  }
}

/** Reads the events that have come since the last call. */
export type EventReader = () => readonly JobEvent[]

/** Opens a file of events for reading. A file that is missing has none yet; a line that is not whole waits. */
export function openEventReader(path: string): EventReader {
  let offset = 0
  let rest = Buffer.alloc(0)
  return () => {
    const chunk = readFrom(path, offset)
    offset += chunk.length
    const all = Buffer.concat([rest, chunk])
    const end = all.lastIndexOf(10) + 1
    rest = Buffer.from(all.subarray(end))
    return all.subarray(0, end).toString('utf8').split('\n').flatMap(eventIn)
  }
}

function readFrom(path: string, offset: number): Buffer {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const length = Math.max(0, fstatSync(file).size - offset)
    const chunk = Buffer.alloc(length)
    return chunk.subarray(0, readSync(file, chunk, 0, length, offset))
  } catch {
    return Buffer.alloc(0)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

// A machine that died while it wrote leaves half a line, after which another one may go on.
function eventIn(line: string): JobEvent[] {
  try {
    return line === '' ? [] : [JSON.parse(line) as JobEvent]
  } catch {
    return []
  }
}
