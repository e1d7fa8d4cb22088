import { statSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { minimatch } from 'minimatch'
import { weftHome } from '../model/home.ts'
import { type Paths, pathFrom, pathsOf } from '../model/paths.ts'
import type { Report } from '../model/types.ts'
import type { Finding } from './finding.ts'
import { localPackages } from './local-packages.ts'
import { isOutside, neededFiles } from './needed-files.ts'
import type { ProjectFiles } from './project-files.ts'

interface Choosing {
  readonly report: Report
  readonly paths: Paths
  readonly run: Parameters<typeof neededFiles>[0]
  readonly project: ProjectFiles
  /** Absolute path of the zip that will be written. */
  readonly zip: string
}

/** The files to hand in, and what is wrong with the choice. */
export interface Chosen {
  /** Tarballs and folders that package.json installs from. */
  readonly packages: readonly string[]
  /** Relative to the project's root, with `/`, in order. */
  readonly files: readonly string[]
  readonly findings: readonly Finding[]
}

/** Says what settings a project has that decide what `npm ci` installs and how its code is read. */
const settings =
  /^(package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|pnpm-workspace\.yaml|\.npmrc|\.yarnrc\.yml|tsconfig[\w.-]*\.json|\.gitignore)$/
const locks = /^(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml)$/

/**
 * Chooses what is handed in: the project's settings, the report's folder, its figures, all that its cells import or
 * read, and the files that `submission:` of the front matter names, or else every file that git does not ignore and whose
 * name does not begin with a dot.
 */
export function chooseFiles({ report, paths, run, project, zip }: Choosing): Chosen {
  const { root, front } = report
  const inside = (path: string) => pathFrom(root, path)
  const folder = inside(dirname(paths.source))
  const figures = `${inside(paths.figures)}/`
  const outputs = [
    // A report that is handed in with another text is built in a folder below.
    `${inside(pathsOf(paths.source).dist)}/`,
    inside(zip),
    'submission.zip',
    'notebook.ipynb',
    `${paths.stem}.pdf`,
  ]
  const needed = neededFiles(run)
  const packages = localPackages(root)
  const patterns = front.submission ?? ['**']
  const offered = project.files.filter((file) => !outputs.some((one) => file === one || isBelow(file, one)))
  const isChosen = (file: string) =>
    settings.test(file) ||
    (folder !== '' && file.startsWith(`${folder}/`)) ||
    (folder === '' && isOfReport(file, report, paths, inside)) ||
    file.startsWith(figures) ||
    needed.has(file) ||
    packages.some((one) => file === one || file.startsWith(`${one}/`)) ||
    patterns.some((pattern) => minimatch(file, pattern))
  const files = offered.filter(isChosen)
  return {
    files,
    packages,
    findings: [
      ...patterns.flatMap((pattern) => idlePattern(pattern, offered)),
      ...[...needed].flatMap(([file, by]) => absent(file, by, root, files)),
      ...packages.flatMap((one) => absentPackage(one, files)),
      ...withoutLock(files),
    ],
  }
}

function isBelow(file: string, folder: string): boolean {
  return folder.endsWith('/') && folder !== '/' && file.startsWith(folder)
}

// Of a report at the root of its project.
function isOfReport(
  file: string,
  { files, front }: Report,
  paths: Paths,
  inside: (path: string) => string,
): boolean {
  const named = [...(front.bibliography ?? []), ...(front.css ?? []), ...(front.csl ? [front.csl] : [])]
  return (
    files.some((one) => one.path.split(sep).join('/') === file) ||
    named.includes(file) ||
    file === inside(paths.lock) ||
    file.startsWith(`${inside(paths.freeze)}/`)
  )
}

// One that a rebuild needs and nobody else has.
function absent(file: string, by: string, root: string, files: readonly string[]): Finding[] {
  const path = resolve(root, file)
  const isOwn = path.startsWith(weftHome() + sep) && weftHome() !== root
  if (isOwn || files.includes(file) || !statSync(path, { throwIfNoEntry: false })?.isFile()) return []
  const where = isOutside(file) ? 'lies outside the project' : 'is ignored by git or written by a build'
  return [
    {
      rule: 'rebuild-has-all',
      file,
      reason: `Cannot hand in a file that ${by} needs, it ${where}`,
      cure: 'move it into the project and take it out of .gitignore, or have nothing import or read it',
    },
  ]
}

function absentPackage(path: string, files: readonly string[]): Finding[] {
  if (files.some((file) => file === path || file.startsWith(`${path}/`))) return []
  const where = isOutside(path) ? 'lies outside the project' : 'is absent or ignored by git'
  return [
    {
      rule: 'rebuild-has-all',
      file: path,
      reason: `Cannot hand in a package that package.json names, it ${where}`,
      cure: 'put its tarball (`npm pack`) into the project and install that: `npm install ./NAME.tgz`',
    },
  ]
}

function withoutLock(files: readonly string[]): Finding[] {
  const [name, cure] = files.includes('package.json')
    ? ['package-lock.json', 'run `npm install`, which writes it']
    : [
        'package.json',
        'write one that names Weft and all that cells import; `weft init` does it for a new report',
      ]
  if (name === 'package-lock.json' && files.some((file) => locks.test(file))) return []
  const reason = `Cannot find ${name}, expected the versions of the packages that a rebuild installs`
  return [{ rule: 'rebuild-has-all', file: name, reason, cure }]
}

function idlePattern(pattern: string, files: readonly string[]): Finding[] {
  if (files.some((file) => minimatch(file, pattern))) return []
  return [
    {
      rule: 'rebuild-has-all',
      file: pattern,
      reason:
        'Unexpected pattern in `submission:` of the front matter, it fits no file that git does not ignore',
      cure: 'write one that does, or remove it',
    },
  ]
}
