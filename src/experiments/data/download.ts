import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { LoadOptions } from './dataset.ts'
import { exclusively } from './exclusively.ts'
import type { PinnedFile } from './pinned-file.ts'
import { checkPinned } from './pinned-file.ts'
import { reportToStderr } from './progress.ts'

const attempts = 3
const silenceMs = 30_000

/**
 * Downloads a pinned file to `target`. It writes to `<target>.part`, from which a later attempt continues (HTTP Range,
 * RFC 9110 section 14.2), and renames that file after checking size and SHA-256, so that `target` is complete or
 * absent. If several jobs want the same file, the first one downloads it and the others wait.
 * @throws after three attempts without progress, or at once on a refusal, wrong bytes or `signal`
 */
export async function download(
  address: string,
  target: string,
  file: PinnedFile,
  options: LoadOptions = {},
): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  const { report = reportToStderr, signal } = options
  await exclusively(`${target}.lock`, { report, signal }, async (refresh) => {
    if ((await sizeOf(target)) > 0) return
    const part = `${target}.part`
    await fetchAll(address, part, file, { ...options, refresh })
    try {
      checkPinned(await readFile(part), file, address)
    } catch (cause) {
      await rm(part, { force: true })
      throw cause
    }
    await rename(part, target)
  })
}

interface Fetching extends LoadOptions {
  readonly refresh: () => void
}

/** Fetches a file until it is whole; goes on where an interrupted connection ended. */
async function fetchAll(address: string, part: string, file: PinnedFile, options: Fetching): Promise<void> {
  for (let failed = 0; ; ) {
    const before = await sizeOf(part)
    if (before === file.bytes) return
    if (before > file.bytes) await rm(part)
    try {
      await fetchRest(address, part, file, options)
    } catch (cause) {
      options.signal?.throwIfAborted()
      // An interrupted connection that brought some bytes is no failed attempt.
      failed = (await sizeOf(part)) > before ? 0 : failed + 1
      if (cause instanceof Refusal || failed >= attempts) {
        throw new Error(`Cannot download ${address}, ${reason(cause)}`, { cause })
      }
      await setTimeout(200 * 2 ** failed, undefined, { signal: options.signal })
    }
  }
}

/** A response that would be the same next time. */
class Refusal extends Error {}

/** Fetches what a file still lacks, and gives up if nothing arrives for a while. */
async function fetchRest(address: string, part: string, file: PinnedFile, options: Fetching): Promise<void> {
  const offset = await sizeOf(part)
  const silence = new AbortController()
  const timer = globalThis.setTimeout(
    () => silence.abort(new Error(`no answer for ${silenceMs / 1000} s`)),
    silenceMs,
  )
  const signal = options.signal ? AbortSignal.any([options.signal, silence.signal]) : silence.signal
  try {
    const response = await fetch(address, {
      headers: offset > 0 ? { range: `bytes=${offset}-` } : {},
      signal,
    })
    const isResumed =
      response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${offset}-`)
    if (response.status === 416) await rm(part, { force: true })
    if (!response.body || !(isResumed || response.status === 200)) {
      await response.body?.cancel()
      throw new Refusal(
        `expected status 200 or 206, found ${response.status} ${response.statusText}`.trimEnd(),
      )
    }
    await append(response.body, part, isResumed ? offset : 0, file, {
      ...options,
      refresh() {
        timer.refresh()
        options.refresh()
      },
    })
  } finally {
    clearTimeout(timer)
  }
}

/** Writes a body to the part file from `offset`, and reports progress at every tenth. */
async function append(
  body: AsyncIterable<Uint8Array>,
  part: string,
  offset: number,
  file: PinnedFile,
  { report = reportToStderr, refresh }: Fetching,
): Promise<void> {
  const handle = await open(part, offset > 0 ? 'a' : 'w')
  let size = offset
  try {
    for await (const chunk of body) {
      const tenth = Math.floor((10 * size) / file.bytes)
      size += chunk.byteLength
      if (size > file.bytes) throw new Refusal(`expected ${file.bytes} bytes, found more`)
      await handle.writeFile(chunk)
      refresh()
      if (Math.floor((10 * size) / file.bytes) > tenth) report(`${file.name}: ${size} of ${file.bytes} bytes`)
    }
  } finally {
    await handle.close()
  }
  if (size < file.bytes)
    throw new Error(`expected ${file.bytes} bytes, found ${size}: the connection was cut`)
}

/** Gives the size of a file in bytes, 0 if there is none. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch {
    return 0
  }
}

/** Gives the innermost message, because `fetch` itself only says "fetch failed". */
function reason(cause: unknown): string {
  const inner = (cause as { cause?: unknown }).cause
  if (inner instanceof Error) return reason(inner)
  return cause instanceof Error
    ? cause.message || (cause as { code?: string }).code || cause.name
    : String(cause)
}
