import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readCached, writeCached } from '../model/cache-file.ts'
import { sha256 } from '../model/digest.ts'
import type { Paths } from '../model/paths.ts'
import { writeAtomic } from '../model/write-atomic.ts'

/** Where a preview that is running can be reached; only its own user can read the file. */
interface RunningPreview {
  readonly url: string
  readonly token: string
  readonly pid: number
}

/**
 * Announces a preview to editors, in dist/.cache/preview.json. Gives the function that takes that back. Throws if it cannot
 * be written.
 */
export function announce({ cache }: Paths, running: RunningPreview): () => void {
  const path = join(cache, 'preview.json')
  writeAtomic(path, `${JSON.stringify(running)}\n`, 0o600)
  return () => {
    if (readCached<RunningPreview>(path)?.pid === running.pid) rmSync(path, { force: true })
  }
}

// Below the ports that systems give to programs that ask for any.
const firstPort = 20_000
const ports = 12_000
const tries = 20

/**
 * Lists the ports to try for a report, the same each time, so that a page which was left open finds its preview again:
 * the port of the last preview, then one drawn from the report's path and those after it.
 */
export function portsOf(paths: Paths): number[] {
  const drawn = Number.parseInt(sha256(paths.source).slice(0, 8), 16) % ports
  const last = readCached<{ port: number }>(portPath(paths))?.port
  const list = Array.from({ length: tries }, (_, index) => firstPort + ((drawn + index) % ports))
  return [...new Set([...(isPort(last) ? [last] : []), ...list])]
}

/** Remembers the port of a preview for the next one. */
export function keepPort(paths: Paths, port: number): void {
  writeCached(portPath(paths), { port })
}

function portPath({ cache, stem }: Paths): string {
  return join(cache, `preview-port-${stem}.json`)
}

function isPort(port: unknown): port is number {
  return typeof port === 'number' && Number.isInteger(port) && port >= 1024 && port < 65_536
}
