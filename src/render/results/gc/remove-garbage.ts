import { rmSync } from 'node:fs'
import { garbageAt } from './entries.ts'
import type { Garbage, GarbageKind } from './garbage.ts'

const ofBuilds: ReadonlySet<GarbageKind> = new Set(['results', 'code', 'caches'])

/** What came of removing garbage. */
export interface Removed {
  readonly gone: readonly Garbage[]
  /** What could not be removed, each with the reason. */
  readonly failed: readonly { readonly path: string; readonly reason: string }[]
}

/**
 * Removes what was found, but for what has been written or used since.
 *
 * @param isBusy says whether a build runs now, which may use results and code
 */
export function removeGarbage(garbage: readonly Garbage[], isBusy: () => boolean): Removed {
  const gone: Garbage[] = []
  const failed: Removed['failed'][number][] = []
  for (const each of garbage) {
    const now = garbageAt(each.kind, each.path)
    if (!now || now.usedAt !== each.usedAt || (ofBuilds.has(each.kind) && isBusy())) continue
    try {
      rmSync(each.path, { recursive: true })
      gone.push(each)
    } catch (error) {
      failed.push({ path: each.path, reason: (error as Error).message })
    }
  }
  return { gone, failed }
}
