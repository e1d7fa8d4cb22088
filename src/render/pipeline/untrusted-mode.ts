import { existsSync } from 'node:fs'
import { fileOf } from '../cache/result-store.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Paths } from '../model/paths.ts'
import type { Report } from '../model/types.ts'
import { refuseStyleSheets } from '../page/style-sheets.ts'
import { lockedResults } from '../untrusted/locked-results.ts'
import { openUntrusted } from '../untrusted/open-untrusted.ts'
import { untrustedNotice } from '../untrusted/page-policy.ts'
import type { Mode } from './mode.ts'

export interface UntrustedOptions {
  readonly paths: Paths
  readonly profile?: string
  /** Whether `dist` is in the report's own folder, where a link could lead elsewhere. */
  readonly isOwnFolder: boolean
}

/**
 * Opens the mode for an untrusted report: it runs and bundles no code of the report, uses only results that the author
 * accepted, and ignores `dist/.cache`, since that may be forged.
 */
export function openUntrustedMode({ paths, profile, isOwnFolder }: UntrustedOptions): Mode {
  const untrusted = openUntrusted(paths, isOwnFolder)
  // Reading the lock adds messages, so it must happen only once for each report.
  const locks = new WeakMap<Report, LockedProfile | undefined>()
  const accepted = (report: Report) => {
    if (!locks.has(report)) locks.set(report, untrusted.locked(report))
    return locks.get(report)
  }
  return {
    name: 'untrusted',
    notice: untrustedNotice,
    carriesProject: false,
    mayAskGit: false,
    read: () => untrusted.read(profile),
    bundle: async () => ({ cells: new Map(), owners: new Map() }),
    types: async () => [],
    accepted,
    lastKeys: () => ({}),
    store: untrusted.store,
    run: async (tree, _bundled, { store }) => lockedResults(tree, accepted(tree.report), store),
    isAccepted: (key) => existsSync(fileOf(paths.freeze, key)),
    async lint() {},
    readCache: async () => {
      const entries = new Map<string, string>()
      return {
        isEmpty: true,
        get: (key) => entries.get(key),
        set: (key, text) => void entries.set(key, text),
        async write() {},
      }
    },
    draw: untrusted.draw,
    styleSheets(report) {
      refuseStyleSheets(report)
      return ''
    },
    safety: untrusted.safety,
    close: untrusted.close,
  }
}
