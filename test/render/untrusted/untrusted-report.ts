import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { formatVersion } from '../../../src/render/cache/key.ts'
import { fileOf, serialize, toStoredResult } from '../../../src/render/cache/result-store.ts'
import { digestOf } from '../../../src/render/model/digest.ts'
import type { LockedProfile } from '../../../src/render/model/lock.ts'
import type { Json, Output, StoredResult } from '../../../src/render/model/types.ts'
import { reportOf } from '../execute/temporary-project.ts'

/** What the folder of an untrusted report holds, and what must come of it. */
export interface Hostile {
  readonly name: string
  /** Body of report.md. */
  readonly body?: string
  readonly front?: Readonly<Record<string, unknown>>
  /** Further files, relative to the report's folder; they may replace report.md. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** Label -> what its cell shows, as the author froze it. */
  readonly shown?: Readonly<Record<string, readonly unknown[]>>
  readonly values?: readonly Partial<LockedProfile['shown'][number]>[]
  /** Changes the stored results before they are written; gives an object, or the text of a file. */
  change?(stored: StoredResult): unknown
  /** Changes the lock before it is written. */
  changeLock?(lock: { profiles: { full: LockedProfile } }): unknown
  /** Makes what no text can be, such as links. */
  prepare?(folder: string): void
  /** What is said: `place rule reason`, one a line. */
  readonly said: RegExp
  /** What is on the page: its HTML. Nothing is built where this is `none`. */
  readonly page: RegExp | 'none'
  /** What must not be on it. */
  readonly never?: RegExp
  /** Elements that claim to be computed values. */
  readonly computed?: number
}

/** Writes an untrusted report, with the results that its author froze and the lock that names them. */
export function writeUntrusted(folder: string, hostile: Hostile): void {
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const results = Object.entries(hostile.shown ?? {}).map(([label, shown]) => storedOf(label, shown))
  const cells = results.map(({ provenance }) => `\`\`\`ts exec #${provenance.label} echo=show\n0\n\`\`\`\n`)
  write('report.md', reportOf(`${hostile.body ?? 'Words.'}\n\n${cells.join('\n')}`, hostile.front))
  for (const stored of results) {
    const changed = hostile.change?.(stored)
    const text = typeof changed === 'string' ? changed : JSON.stringify(changed) || serialize(stored)
    write(`freeze/${stored.key}.json`, text)
  }
  const lock = lockOf(results, hostile.values ?? [])
  write('report.lock.json', JSON.stringify(hostile.changeLock?.(lock) ?? lock))
  for (const [path, content] of Object.entries(hostile.files ?? {})) write(path, content)
  hostile.prepare?.(folder)
}

/** Seals what a cell shows, as a forger who knows the format would. */
export function storedOf(
  label: string,
  shown: readonly unknown[],
  exports: Record<string, Json> = {},
): StoredResult {
  const parts = { format: formatVersion, bundle: digestOf(label) }
  return toStoredResult({
    key: digestOf(parts),
    parts,
    shown: shown as Output[],
    exports,
    measured: {},
    provenance: {
      label,
      node: '20.0.0',
      platform: 'linux',
      cpu: 'x64',
      computedAt: '2026-01-01T00:00:00.000Z',
      elapsedMs: 1,
      bytes: 1,
    },
  })
}

function lockOf(results: readonly StoredResult[], values: NonNullable<Hostile['values']>) {
  const full: LockedProfile = {
    cells: Object.fromEntries(results.map(({ key, provenance }) => [provenance.label, key])),
    jobs: {},
    figures: [],
    shown: values.map((value) => ({
      file: 'report.md',
      kind: 'value',
      source: 'x',
      text: '1',
      read: {},
      printed: [],
      ...value,
    })),
    tables: {},
    drawings: {},
    sources: {},
    seals: {},
    measured: {},
    environments: [],
    kept: true,
  }
  return { format: 2, profiles: { full } }
}

/** Gives the file of a stored result, relative to the report's folder. */
export function storedFile(label: string): string {
  return fileOf('freeze', storedOf(label, []).key)
}
