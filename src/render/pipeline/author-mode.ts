import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { kinds } from '../assemble/registers/fill-register.ts'
import { BundleMemory } from '../bundle/bundle-memory.ts'
import { bundleReport } from '../bundle/bundle-report.ts'
import { bundleRemembered } from '../bundle/remember-bundles.ts'
import { openChecker } from '../bundle/types/open-checker.ts'
import { checkRemembered } from '../bundle/types/remember-types.ts'
import { faultsPath } from '../bundle/types/running-check.ts'
import { fileState } from '../cache/reads.ts'
import { fileOf } from '../cache/result-store.ts'
import { openResults, type Store } from '../cache/store.ts'
import { StoredFiles } from '../cache/stored-files.ts'
import { runReport } from '../execute/run-report.ts'
import { lintReport } from '../lint/lint-report.ts'
import { type Lock, profileOf, readLock } from '../model/lock.ts'
import { warn } from '../model/messages.ts'
import { type Paths, pathsOf } from '../model/paths.ts'
import type { Reader, Report } from '../model/types.ts'
import { readBlockCache } from '../page/block-cache.ts'
import { openDiagrams } from '../page/draw-diagrams.ts'
import { readStyleSheets } from '../page/style-sheets.ts'
import { lastKeys } from '../results/last-build.ts'
import { parse } from '../syntax/parse.ts'
import { projectRoot, readReport } from '../syntax/read-report.ts'
import { openParser } from '../syntax/remember-parsed.ts'
import { openTrustedDrawing } from '../untrusted/draw-apart.ts'
import type { Mode } from './mode.ts'

export interface AuthorOptions {
  readonly paths: Paths
  /** Default: `full`, or else the first profile. */
  readonly profile?: string
  /** Its WEFT_DATA names the folder of the data. */
  readonly env: NodeJS.ProcessEnv
  /** Treats the last results of this machine as accepted, as `accept` does. */
  readonly isAccepting?: boolean
  /** Parses the text and bundles the code anew, whatever the last build stored. */
  readonly isFresh?: boolean
  /** Reads the files of the report. Default: any file. */
  readonly reader?: Reader
}

/** Opens the mode for an author's own report: its code runs, and the build reuses results of this machine. */
export function openAuthorMode({
  paths,
  profile,
  env,
  isAccepting = false,
  isFresh,
  reader,
}: AuthorOptions): Mode {
  const memory = new StoredFiles()
  const bundles = new BundleMemory()
  const drawing = openTrustedDrawing()
  const checker = openChecker()
  const diagrams = openDiagrams(projectRoot(dirname(paths.source)))
  const lock = lockReader(paths.lock)
  let isRead = false
  return {
    name: 'author',
    notice: '',
    carriesProject: true,
    mayAskGit: true,
    read(remembered) {
      const report = readReport(paths.source, profile, reader)
      const parser =
        isFresh || isRead ? undefined : openParser(join(paths.cache, `parsed-${paths.stem}.json`))
      isRead = true
      const tree = parse(report, kinds, remembered, parser)
      parser?.save()
      return tree
    },
    bundle: (tree) =>
      isFresh
        ? bundleReport(tree)
        : bundleRemembered(
            tree,
            join(paths.cache, `bundles-${paths.stem}-${tree.report.profile}.json`),
            bundles,
          ),
    types: (tree) => checkRemembered(tree, checker, faultsPath(paths)),
    accepted: (report) => profileOf(lock(), report.profile),
    lastKeys: (report) => lastKeys(paths, report.profile),
    store: (report) => openStore(report, { paths, env, isAccepting, memory }),
    run: runReport,
    isAccepted: (key) => isAccepting || existsSync(fileOf(paths.freeze, key)),
    lint: lintReport,
    readCache: ({ profile: name }) => readBlockCache(join(paths.cache, `markup-${paths.stem}-${name}.json`)),
    draw: drawing.draw,
    diagrams,
    styleSheets: readStyleSheets,
    safety: () => undefined,
    close() {
      bundles.save()
      drawing.close()
      void diagrams.close()
      void checker.close()
    },
  }
}

// Checking a lock takes a third of a second, so it is read again only if its file has changed.
function lockReader(path: string): () => Lock {
  let state: string | undefined
  let lock: Lock
  return () => {
    const now = fileState(path) ?? 'none'
    if (now !== state) lock = readLock(path)
    state = now
    return lock
  }
}

interface StoreOptions extends Required<Omit<AuthorOptions, 'profile' | 'isFresh' | 'reader'>> {
  readonly memory: StoredFiles
}

// Writes only to the results of this machine.
function openStore(report: Report, { paths, env, isAccepting, memory }: StoreOptions): Store {
  const own = join(paths.cache, 'freeze')
  const [first, second] = isAccepting ? [own, paths.freeze] : [paths.freeze, own]
  const damaged = (file: string, reason: string) =>
    `Cannot use the stored result ${relative(report.root, file)}, ${reason}: it is computed again`
  return openResults(report, env, {
    // A build with --out also reuses what ordinary builds computed.
    layers: [first, second, join(pathsOf(paths.source).cache, 'freeze')],
    writeTo: own,
    memory,
    onDamaged: (file, reason) => warn(report.files[0]!, 'result-is-whole', damaged(file, reason)),
  })
}
