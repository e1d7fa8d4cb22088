import { dirname, relative, resolve, sep } from 'node:path'
import { currentVersion } from '../render/diff/current-version.ts'
import { printDiff } from '../render/diff/diff-text.ts'
import { findRepositoryTop } from '../render/diff/files/git-files.ts'
import { openFiles, sidesOf } from '../render/diff/files/open-files.ts'
import { findDiff } from '../render/diff/find-diff.ts'
import { diffPage } from '../render/diff/page/diff-page.ts'
import { readVersion } from '../render/diff/read-version.ts'
import { writeAtomic } from '../render/model/write-atomic.ts'
import { projectRoot } from '../render/syntax/read-report.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport } from './open-report.ts'

/**
 * Says what changed in a report since another version of it. Runs nothing. Gives the exit status: 1 if --strict is given
 * and a number changed beyond its rule, or a claim turned.
 */
export async function runDiff({ report, diff, build }: Arguments, console: Console): Promise<number> {
  const session = openReport(report)
  try {
    const { paths } = session.options
    const [old, now] = sidesOf(diff.version)
    const folder = dirname(paths.source)
    const top = findRepositoryTop(folder) ?? projectRoot(folder)
    const wanted = relative(top, paths.source).split(sep).join('/')
    const here = { paths, wanted, profile: report.profile }
    // 1. The newer version decides the profile.
    const after =
      now === undefined ? await currentVersion(session) : readVersion(openFiles(now, folder), here)
    const profile = report.profile ?? after.tree?.report.profile
    const before = readVersion(openFiles(old, folder), { ...here, profile })
    // 2. Compare, and write what was asked for.
    const found = findDiff(before, after, {
      report: relative(process.cwd(), paths.source),
      profile: profile ?? 'full',
    })
    console.stop()
    if (diff.html !== undefined) {
      const drawings = { before: before.drawing, after: after.drawing }
      writeAtomic(resolve(diff.html), await diffPage(found, drawings))
    }
    console.answer(diff.isJson ? `${JSON.stringify(found, null, 1)}\n` : printDiff(found))
    const isBeyond = found.summary.beyond + found.summary.turned > 0
    return build.isStrict && isBeyond ? 1 : 0
  } finally {
    await session.close()
  }
}
