import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileOf } from '../cache/result-store.ts'
import type { Report } from '../model/types.ts'
import { makeNotebook } from '../notebook/make-notebook.ts'
import { type Built, build } from '../pipeline/build.ts'
import type { Session } from '../pipeline/session.ts'
import { withoutAuthors } from './anonymous.ts'
import { auditFiles } from './audit.ts'
import { chooseFiles } from './choose-files.ts'
import { type Contents, contentsOf } from './contents.ts'
import type { Finding, HandedFile } from './finding.ts'
import { nameOfReport } from './frozen-reader.ts'
import type { Frozen } from './open-frozen.ts'
import { listProjectFiles } from './project-files.ts'
import { readmeMark, writeReadme } from './readme.ts'
import { zipFiles } from './zip.ts'

/** A zip to hand in, or what speaks against it. */
export interface Submission {
  readonly built: Built
  /** Undefined if there is a finding, an error in the report, or a requirement without an answer. */
  readonly zip?: Uint8Array
  readonly contents: readonly Contents[]
  readonly findings: readonly Finding[]
}

interface SubmissionOptions extends Pick<Frozen, 'text' | 'names'> {
  readonly isAnonymous: boolean
  /** Absolute path of the zip, which is not written here. */
  readonly file: string
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
  const { files, findings } = gather(built, made, options)
  const naming = namingOf(built)
  const contents = contentsOf(files, naming)
  if (findings.length > 0 || !isAnswered) return { built, contents, findings }

  // 3. Pack them with the way to rebuild.
  const readme = readmeOf(built, contents, { print: made[0]!.bytes, isAnonymous: options.isAnonymous })
  const handed = [...files, { name: 'README.md', bytes: Buffer.from(readme) }]
  return { built, zip: zipFiles(handed), contents: contentsOf(handed, naming), findings }
}

function gather(built: Built, made: readonly HandedFile[], options: SubmissionOptions) {
  const { paths, results } = built
  const { report } = built.tree
  const project = listProjectFiles(report.root, nameOfReport(paths))
  const chosen = chooseFiles({ report, paths, run: results, project, zip: options.file })
  const { files: read, links } = readFiles(chosen.files, report, options)
  const files = [...made, ...read]
  const found = auditFiles(files, {
    ignored: project.ignored,
    packages: chosen.packages,
    folders: [report.root, homedir()].filter((folder) => folder.length > 1),
    names: options.names,
    bibliographies: (report.front.bibliography ?? []).map((name) => inProject(report, name)),
  })
  const findings = [...unaccepted(built), ...chosen.findings, ...links, ...withoutEchoes(found, made)]
  return { files, findings }
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
  // Where a build writes if nobody names another folder.
  const pdf = join(dirname(paths.figures), 'dist', `${paths.stem}.pdf`)
  return writeReadme({
    ...given,
    title: report.front.title,
    root: report.root,
    report: nameOfReport(paths),
    pdf: relative(report.root, pdf).split(sep).join('/'),
    profile: report.profile,
    contents,
  })
}

interface ReadFiles {
  readonly files: readonly HandedFile[]
  readonly links: readonly Finding[]
}

function readFiles(names: readonly string[], report: Report, options: SubmissionOptions): ReadFiles {
  const { root } = report
  const links = names.filter((name) => !lstatSync(join(root, name)).isFile())
  const files = names
    .filter((name) => !links.includes(name))
    .map((name) => ({ name, bytes: readFileSync(join(root, name)) }))
    .flatMap((file) => handedIn(file, report, options))
  return {
    files,
    links: links.map((file) => ({
      rule: 'nothing-ignored',
      file,
      reason: 'Unexpected link or special file, expected a plain one',
      cure: 'put the file in its place, or name the link in .gitignore',
    })),
  }
}

function handedIn(file: HandedFile, report: Report, options: SubmissionOptions): HandedFile[] {
  const { text, names, isAnonymous } = options
  if (text !== undefined && file.name === report.files[0]!.path.split(sep).join('/'))
    return [{ name: file.name, bytes: Buffer.from(text) }]
  // The zip has its own in its place, which a zip of an unpacked zip writes anew.
  if (file.name === 'README.md')
    return Buffer.from(file.bytes).toString().startsWith(readmeMark)
      ? []
      : [{ ...file, name: 'README-project.md' }]
  return [isAnonymous ? withoutAuthors(file, names) : file]
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
      file: relative(dirname(paths.figures), paths.freeze).split(sep).join('/'),
      reason: `Cannot find the accepted results of ${labels.slice(0, mostNamed).join(', ')}${rest}`,
      cure: `run \`weft accept${option}\``,
    },
  ]
}

function inProject({ root, folder }: Report, name: string): string {
  return relative(root, join(folder, name)).split(sep).join('/')
}

function namingOf({ paths, tree: { report } }: Built) {
  return {
    folder: inProject(report, '.'),
    figures: relative(report.root, paths.figures).split(sep).join('/'),
  }
}
