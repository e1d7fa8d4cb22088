import { lstatSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { VFile } from 'vfile'
import { kinds } from '../assemble/registers/fill-register.ts'
import type { ResultStore } from '../cache/result-store.ts'
import type { Store } from '../cache/store.ts'
import { limits } from '../model/limits.ts'
import { type LockedProfile, profileOf, readLock } from '../model/lock.ts'
import { fail, Unreadable, UntrustedInputError } from '../model/messages.ts'
import { type Paths, pathFrom } from '../model/paths.ts'
import type { Drawn, Reader, Report, ReportTree } from '../model/types.ts'
import type { DrawFigure } from '../output/draw/draw-once.ts'
import type { Safety } from '../page/lay-pages.ts'
import { parse } from '../syntax/parse.ts'
import { projectRoot, readReport } from '../syntax/read-report.ts'
import { checkReport } from './check-shape.ts'
import { readAccepted } from './check-stored.ts'
import { openDrawing } from './draw-apart.ts'
import { guardFiles } from './guard-files.ts'
import { contentPolicy } from './page-policy.ts'
import { purgePage } from './purge-page.ts'

/** The steps of a build that are other ones where nobody vouches for the report. */
export interface Untrusted {
  /** Reads and parses; throws `Unreadable` for what may not be read, or not be parsed. */
  read(profile: string | undefined): ReportTree
  /** Gives what was accepted, as far as the lock can be read. */
  locked(report: Report): LockedProfile | undefined
  /** Gives what reads the accepted results. */
  store(report: Report): Store
  /** Draws in a process apart. */
  readonly draw: DrawFigure
  safety(report: Report, drawn: readonly Drawn[]): Safety
  close(): void
}

/**
 * Opens a report that is not trusted: nothing of it is executed, no file outside its folder is read, and its page
 * has no more than words, formulas, tables, pictures and drawings.
 *
 * @param isOwnFolder Whether what is built lies in the report's own folder, where a link could lead elsewhere.
 */
export function openUntrusted(paths: Paths, isOwnFolder: boolean): Untrusted {
  const drawing = openDrawing()
  return {
    read: (profile) => readTree(paths, profile, isOwnFolder),
    locked: (report) => lockedOf(paths, report),
    store: (report) => asStore(readAccepted(paths, report)),
    draw: drawing.draw,
    safety: (report, drawn) => safetyOf(report, drawn),
    close: drawing.close,
  }
}

// What untrusted results have read is not looked at.
function asStore(store: ResultStore): Store {
  return {
    ...store,
    find: (key) => (key === undefined ? undefined : store.read(key)),
    changed: () => [],
    differences: [],
  }
}

function readTree(paths: Paths, profile: string | undefined, isOwnFolder: boolean): ReportTree {
  const folder = dirname(paths.source)
  if (isOwnFolder) checkPlaces(paths)
  const checked = checkReport(readReport(paths.source, profile, openGuardedReader(paths, folder)))
  try {
    return parse(checked, kinds)
  } catch (cause) {
    return unreadable(paths, `Cannot parse the report, ${(cause as Error).message}`)
  }
}

function openGuardedReader(paths: Paths, folder: string): Reader {
  const read = guardFiles(folder)
  return {
    readChapter: (name) => read(name, limits.textBytes),
    read,
    readSource: sourcesOf(paths, projectRoot(folder)),
    checkStrings,
  }
}

// The sources of a project that came as a whole, with its report in `report-src`; a folder further up is nobody's.
function sourcesOf(paths: Paths, root: string): Reader['readSource'] {
  const base = dirname(paths.figures)
  const read = guardFiles(base)
  return (path) => {
    if (root !== base || !/\.[cm]?[jt]s$/.test(path))
      throw new UntrustedInputError("expected a source of the report's project")
    return read(path, limits.textBytes)
  }
}

// Strings of strings double at every step.
function checkStrings(strings: readonly string[]): void {
  if (!strings.some((source) => source.includes('#') || source.length > 1000)) return
  throw new UntrustedInputError(
    'Unexpected `#` or long text in an `@string`, expected short texts: a few could grow beyond all bounds',
  )
}

// Where a build writes, and what it reads there: a link would lead it elsewhere, a pipe would hold it.
function checkPlaces(paths: Paths): void {
  const folders = [paths.dist, join(paths.dist, 'figures'), paths.cache, join(paths.cache, 'last')]
  for (const place of [...folders, paths.digests]) {
    const found = lstatSync(place, { throwIfNoEntry: false })
    if (!found || (place === paths.digests ? found.isFile() : found.isDirectory())) continue
    unreadable(
      paths,
      `Cannot write \`${basename(place)}\`, expected a plain one, found a link or another kind: remove it, or build with --out`,
    )
  }
}

function unreadable(paths: Paths, reason: string): never {
  const root = projectRoot(dirname(paths.source))
  const file = new VFile({ cwd: root, path: pathFrom(root, paths.source) })
  fail(file, 'report-is-harmless', reason, { line: 1, column: 1 })
  throw new Unreadable([file])
}

function lockedOf(paths: Paths, report: Report): LockedProfile | undefined {
  try {
    return profileOf(readLock(paths.lock, report.reader.read), report.profile)
  } catch (cause) {
    const reason = (cause as Error).message.slice(0, 500)
    fail(report.files[0]!, 'report-is-harmless', reason, { line: 1, column: 1 }, { cause })
    return undefined
  }
}

function safetyOf(report: Report, drawn: readonly Drawn[]): Safety {
  const drawings = new Set(drawn.map(({ svg }) => svg))
  return {
    head: contentPolicy,
    formulaEm: limits.formulaEm,
    purge: (tree, file) => purgePage(tree, file, { report, drawings }),
  }
}
