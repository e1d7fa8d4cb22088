import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileOf } from '../cache/result-store.ts'
import { pathFrom, pathsOf } from '../model/paths.ts'
import type { Report } from '../model/types.ts'
import { makeNotebook } from '../notebook/make-notebook.ts'
import { type Built, build } from '../pipeline/build.ts'
import type { Session } from '../pipeline/session.ts'
import { pdfText } from '../print/pdf-text.ts'
import { auditFiles } from './audit.ts'
import { auditPages } from './audit-texts.ts'
import { chooseFiles } from './choose-files.ts'
import { type Contents, contentsOf } from './contents.ts'
import { type Finding, type HandedFile, textIn } from './finding.ts'
import { nameOfReport } from './open-frozen.ts'
import { listProjectFiles } from './project-files.ts'
import { readFiles, type SubmissionOptions } from './read-files.ts'
import { writeReadme } from './readme.ts'
import { zipFiles } from './zip.ts'

/** A zip to hand in, or what speaks against it. */
export interface Submission {
  readonly built: Built
  /** Undefined if there is a finding, an error in the report, or a requirement without an answer. */
  readonly zip?: Uint8Array
  readonly contents: readonly Contents[]
  readonly findings: readonly Finding[]
}

/**
 * Makes a zip from which anybody can build the report again: the print, the notebook, the report's files and results,
 * its code, the project's settings, and how to rebuild. Runs nothing. Lists everything that must not be handed in.
 */
export async function makeSubmission(session: Session, options: SubmissionOptions): Promise<Submission> {
  // 1. Build the report from its accepted results.
  const built = await build(session, { mayRun: false })
  if (!built.isOk) return { built, contents: [], findings: [] }
  const isAnswered = built.files.every(({ messages }) =>
    messages.every(({ ruleId }) => ruleId !== 'requirement-is-answered'),
  )

  // 2. Choose the files, and check them together with what is made here.
  const made = [
    { name: `${built.paths.stem}.pdf`, bytes: readFileSync(built.paths.pdf) },
    { name: 'notebook.ipynb', bytes: Buffer.from(await makeNotebook(session, { mayRun: false })) },
  ]
  const { files, findings } = await gather(built, made, options)
  const naming = namingOf(built)
  const contents = contentsOf(files, naming)
  if (findings.length > 0 || !isAnswered) return { built, contents, findings }

  // 3. Pack them with the way to rebuild.
  const readme = readmeOf(built, contents, { print: made[0]!.bytes, isAnonymous: options.isAnonymous })
  const handed = [...files, { name: 'README.md', bytes: Buffer.from(readme) }]
  return { built, zip: zipFiles(handed), contents: contentsOf(handed, naming), findings }
}

async function gather(built: Built, made: readonly HandedFile[], options: SubmissionOptions) {
  const { paths, results } = built
  const { report } = built.tree
  const project = listProjectFiles(report.root, nameOfReport(paths))
  const chosen = chooseFiles({ report, paths, run: results, project, zip: options.file })
  const { files: read, links } = readFiles(chosen.files, report, options)
  const files = [...made, ...read]
  const bibliographies = (report.front.bibliography ?? []).map((name) => inProject(report, name))
  const found = auditFiles(files, {
    ignored: project.ignored,
    packages: chosen.packages,
    folders: [report.root, homedir()].filter((folder) => folder.length > 1),
    names: options.names,
    bibliographies,
  })
  const shown =
    options.names.length > 0 ? await namedOnPages(made[0]!, files, bibliographies, options.names) : []
  const findings = [
    ...unaccepted(built),
    ...chosen.findings,
    ...links,
    ...withoutEchoes([...found, ...shown], made),
  ]
  return { files, findings }
}

async function namedOnPages(
  print: HandedFile,
  files: readonly HandedFile[],
  bibliographies: readonly string[],
  names: readonly string[],
): Promise<Finding[]> {
  const cited = files.filter(({ name }) => bibliographies.includes(name))
  return auditPages(print, await pdfText(print.bytes), {
    names,
    bibliographies: cited.map((file) => textIn(file) ?? ''),
  })
}

// What is made of a file has its faults too: they are told once, where they can be mended.
function withoutEchoes(found: readonly Finding[], made: readonly HandedFile[]): readonly Finding[] {
  const isMade = ({ file }: Finding) => made.some(({ name }) => name === file)
  const own = found.filter((one) => !isMade(one))
  return found.filter((one) => !isMade(one) || own.every(({ rule }) => rule !== one.rule))
}

function readmeOf(
  { paths, tree: { report } }: Built,
  contents: readonly Contents[],
  given: { readonly print: Uint8Array; readonly isAnonymous: boolean },
): string {
  return writeReadme({
    ...given,
    title: report.front.title,
    root: report.root,
    report: nameOfReport(paths),
    pdf: pathFrom(report.root, pathsOf(paths.source).pdf),
    profile: report.profile,
    contents,
  })
}

const mostNamed = 8

// Whoever unpacks the zip would have to compute them.
function unaccepted({ used: { stored }, paths, profile }: Built): Finding[] {
  const missing = stored.filter(({ key }) => !existsSync(fileOf(paths.freeze, key)))
  if (missing.length === 0) return []
  const labels = [...new Set(missing.map(({ provenance: { label, job } }) => (job ? label : `#${label}`)))]
  const rest = labels.length > mostNamed ? ` and ${labels.length - mostNamed} more` : ''
  const option = profile === 'full' ? '' : ` --profile ${profile}`
  return [
    {
      rule: 'results-are-accepted',
      file: pathFrom(dirname(paths.figures), paths.freeze),
      reason: `Cannot find the accepted results of ${labels.slice(0, mostNamed).join(', ')}${rest}`,
      cure: `run \`weft accept${option}\``,
    },
  ]
}

function inProject({ root, folder }: Report, name: string): string {
  return pathFrom(root, join(folder, name))
}

function namingOf({ paths, tree: { report } }: Built) {
  return {
    folder: inProject(report, '.'),
    figures: pathFrom(report.root, paths.figures),
  }
}
