import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { formatVersion, keyOf } from '../../../../src/render/cache/key.ts'
import { fileOf, serialize, toStoredResult } from '../../../../src/render/cache/result-store.ts'
import { digestOf } from '../../../../src/render/model/digest.ts'
import type { Lock } from '../../../../src/render/model/lock.ts'
import { type Paths, pathsOf } from '../../../../src/render/model/paths.ts'
import type { StoredResult } from '../../../../src/render/model/types.ts'
import { lastBuild } from '../../../../src/render/results/last-build.ts'
import { temporaryProject } from '../../execute/temporary-project.ts'

/** Makes a result of a cell or a job, as a build stores it. */
export function resultOf(label: string, jobs: readonly string[] = []): StoredResult {
  const parts = { format: formatVersion, bundle: digestOf(`code of ${label}`) }
  return toStoredResult({
    ...{ key: keyOf(parts), parts, shown: [], exports: { label }, measured: {} },
    provenance: {
      ...{ label, jobs, node: process.version, platform: 'test', cpu: 'test' },
      ...{ computedAt: '2020-01-01T00:00:00.000Z', elapsedMs: 1, bytes: 1 },
    },
  })
}

const dayMs = 86_400_000

/** A report whose caches were last used some days ago. */
export interface GcProject {
  readonly paths: Paths
  put(path: string, text: string, daysAgo?: number): string
  store(stored: StoredResult, daysAgo?: number, folder?: string): string
  lock(stored: readonly StoredResult[], options?: { name?: string; kept?: boolean }): void
  last(stored: readonly StoredResult[], profile?: string): void
}

export function gcProject(test: Parameters<typeof temporaryProject>[0]): GcProject {
  const root = temporaryProject(test, { 'report.md': '# Report\n' })
  const paths = pathsOf(join(root, 'report.md'))
  const put: GcProject['put'] = (path, text, daysAgo = 100) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    const time = (Date.now() - daysAgo * dayMs) / 1000
    utimesSync(path, time, time)
    return path
  }
  return {
    paths,
    put,
    store: (stored, daysAgo, folder = join(paths.cache, 'freeze')) =>
      put(fileOf(folder, stored.key), serialize(stored), daysAgo),
    lock(stored, { name = 'report', kept = true } = {}) {
      const cells = Object.fromEntries(stored.map(({ key, provenance }) => [provenance.label, key]))
      const jobs = Object.fromEntries(
        stored.flatMap(({ provenance }) => (provenance.jobs ?? []).map((job) => [job, 'a job'])),
      )
      const lists = { figures: [], shown: [], tables: {}, drawings: {}, sources: {}, environments: [] }
      const lock: Lock = {
        format: 3,
        profiles: { full: { cells, jobs, ...lists, seals: {}, measured: {}, kept } },
      }
      put(join(root, `${name}.lock.json`), JSON.stringify(lock))
    },
    last(stored, profile = 'full') {
      const cells = Object.fromEntries(stored.map(({ key, provenance }) => [provenance.label, key]))
      put(lastBuild(paths, profile), JSON.stringify({ cells }))
    },
  }
}
