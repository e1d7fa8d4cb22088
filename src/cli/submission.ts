import { existsSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathsOf } from '../render/model/paths.ts'
import { writeAtomic } from '../render/model/write-atomic.ts'
import { plural } from '../render/output/format.ts'
import type { Contents } from '../render/submission/contents.ts'
import { type Finding, submissionRules } from '../render/submission/finding.ts'
import { makeSubmission, type Submission } from '../render/submission/make-submission.ts'
import { freezeReport } from '../render/submission/open-frozen.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport, reportPath } from './open-report.ts'

/** Writes a zip to hand in, and gives the exit status: 1 if something speaks against it. */
export async function runSubmission(
  { report, isAnonymous }: Arguments,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  const paths = pathsOf(reportPath(report.path))
  const file = zipPath(report.out ?? join(paths.dist, 'submission.zip'))
  const { SOURCE_DATE_EPOCH: _, ...env } = report.env
  const frozen = freezeReport(paths, { profile: report.profile, isAnonymous, env: report.env })
  // What is built from another text stays out of the author's own dist.
  const out = frozen.reader && join(paths.cache, 'submission')
  const session = openReport({ ...report, env, out }, { signal, listener: console.listener, ...frozen })
  try {
    const submission = await makeSubmission(session, { ...frozen, isAnonymous, file })
    console.stop()
    console.messages(submission.built.files)
    if (submission.zip) writeAtomic(file, submission.zip)
    console.answer(`${[...linesOf(submission), lastLine(submission, file)].join('\n')}\n`)
    return submission.zip ? 0 : 1
  } finally {
    await session.close()
  }
}

function zipPath(path: string): string {
  if (/\.zip$/i.test(path) && !(existsSync(path) && statSync(path).isDirectory())) return resolve(path)
  throw new Error(`Unexpected --out \`${path}\`, expected the name of a zip: \`--out hand-in.zip\``)
}

function linesOf({ contents, findings, built }: Submission): string[] {
  return [...contentsLines(contents), ...requirementLines(built), ...findings.flatMap(findingLines)]
}

function contentsLines(contents: readonly Contents[]): string[] {
  const rows = contents.map(({ name, files, bytes, what }) => [
    name,
    plural(files, 'file'),
    megabytes(bytes),
    what,
  ])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]!.length)))
  return rows.map(([name, files, size, what]) =>
    `  ${name!.padEnd(widths[0]!)}  ${files!.padStart(widths[1]!)}  ${size!.padStart(widths[2]!)}  ${what}`.trimEnd(),
  )
}

function requirementLines({ requirements, sections }: Submission['built']): string[] {
  if (requirements.length === 0) return []
  const answered = requirements.filter(({ problems }) => problems.length === 0).length
  const limits = sections.map(
    ({ id, pages, limit }) => `  pages      #${id} fills ${pages} of at most ${limit}`,
  )
  return [`  answered   ${answered} of ${plural(requirements.length, 'requirement')}`, ...limits]
}

function findingLines({ rule, file, line, reason, cure }: Finding): string[] {
  return [
    `  refused    ${file}${line === undefined ? '' : `:${line}`}  ${rule}`,
    `             ${reason}: ${cure}`,
  ]
}

function lastLine({ zip, findings, built, contents }: Submission, file: string): string {
  const path = relative(process.cwd(), file)
  if (zip) {
    const files = contents.reduce((sum, one) => sum + one.files, 0)
    return `  submission ${path}  ${plural(files, 'file')}, ${megabytes(zip.length)}`
  }
  const rules = [...new Set(findings.map(({ rule }) => rule))].map(
    (rule) => `\n             ${rule}: ${submissionRules[rule]}`,
  )
  const why = !built.isOk
    ? 'the report has errors'
    : findings.length > 0
      ? `${plural(findings.length, 'finding')}`
      : 'a requirement has no answer'
  return `  failed     ${path} is not written, ${why}${rules.join('')}`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 100_000 ? 2 : 1)} MB`
}
