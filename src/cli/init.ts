import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { weftHome } from '../render/model/home.ts'
import { plural } from '../render/output/format.ts'
import type { Output } from './console.ts'
import { systemReasonOf } from './data/console.ts'
import { ownSpec } from './own-spec.ts'
import { type Manifest, readManifest } from './read-manifest.ts'
import { oneOf, readOptions } from './read-options.ts'

/** The reports that `weft init` can write, each a folder of `docs/templates`. */
export const templates = ['study', 'paper', 'minimal'] as const

const options = { template: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const

// What a project may have already: it stays as it is.
const kept = ['package.json', 'tsconfig.json', '.gitignore']

/**
 * Runs `weft init [DIR]`: writes a small report with its project, and replaces no file. Gives the exit status, 0.
 * @param args the arguments after `init`
 * @throws if a file of the report is there already, or the package.json that is there cannot be read
 */
export function runInit(args: readonly string[], { stdout }: Output, today = new Date()): number {
  const { values, positionals } = readOptions(args, options)
  if (values.help) {
    stdout.write(initHelp)
    return 0
  }
  if (positionals.length > 1)
    throw new Error(`Unexpected ${positionals.slice(1).join(' ')}, expected one folder`)
  const template = oneOf('--template', values.template ?? templates[0], templates)
  const folder = resolve(positionals[0] ?? '.')
  const files = filesOf(template)
  refuseToReplace(folder, [...files.keys()])
  const there = kept.filter((name) => existsSync(join(folder, name)))
  const missing = there.includes('package.json') ? missingPackages(folder, files.get('package.json')!) : []
  const writing = { folder, day: today.toISOString().slice(0, 10) }
  try {
    for (const [name, source] of files) if (!there.includes(name)) writeFile(name, source, writing)
  } catch (cause) {
    const reason = systemReasonOf(cause) ?? (cause as Error).message
    throw new Error(`Cannot write a report into ${nameOf(folder)}, ${reason}`, { cause })
  }
  stdout.write(wordsOf(folder, { template, files: files.size - there.length, there, missing }))
  return 0
}

/** Lists the files of a project, by their paths in it, with the path of what each is copied from. */
function filesOf(template: string): ReadonlyMap<string, string> {
  const home = join(weftHome(), 'docs/templates')
  const list = (folder: string, rename: (path: string) => string) =>
    readdirSync(join(home, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .map((path) => [rename(relative(join(home, folder), path).replaceAll('\\', '/')), path] as const)
  // npm leaves files with a leading dot out of a package, or obeys them: they are kept without it.
  const project = list('project', (path) => (path === 'tsconfig.json' ? path : `.${path}`))
  return new Map([...project, ...list(template, (path) => path)])
}

function refuseToReplace(folder: string, names: readonly string[]): void {
  const there = names.filter((name) => !kept.includes(name) && existsSync(join(folder, name)))
  if (there.length === 0) return
  const others = there.length > 1 ? ` and ${there.length - 1} more of its files` : ''
  throw new Error(
    `Cannot write a report into ${nameOf(folder)}, found ${there[0]}${others} there, expected a folder without them: \`weft init FOLDER\``,
  )
}

function nameOf(folder: string): string {
  return relative(process.cwd(), folder) || 'this folder'
}

interface Writing {
  readonly folder: string
  /** ISO 8601 day of the new report. */
  readonly day: string
}

function writeFile(name: string, source: string, { folder, day }: Writing): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  const text = readFileSync(source, 'utf8')
  if (name === 'package.json') writeFileSync(path, manifestOf(folder, text))
  else writeFileSync(path, name === 'report.md' ? text.replace(/^date: .*$/m, `date: ${day}`) : text)
}

// Named after its folder, and pinned to this Weft: another one may compute other keys.
function manifestOf(folder: string, text: string): string {
  const manifest = JSON.parse(text) as { name: string; dependencies: Record<string, string> }
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const dependencies = { ...manifest.dependencies, weft: ownSpec(folder, weftHome(), __WEFT_VERSION__) }
  return `${JSON.stringify({ ...manifest, name: name || manifest.name, dependencies }, null, 2)}\n`
}

// What a package.json that stays as it is does not name, with the versions that the template has.
function missingPackages(folder: string, template: string): string[] {
  const own = packagesIn(readManifest(folder).manifest)
  const wanted = packagesIn(JSON.parse(readFileSync(template, 'utf8')))
  return Object.entries({ ...wanted, weft: ownSpec(folder, weftHome(), __WEFT_VERSION__) })
    .filter(([name]) => !Object.hasOwn(own, name))
    .map(([name, version]) =>
      name === 'weft' && version.startsWith('file:') ? version : `${name}@${version}`,
    )
}

function packagesIn({ dependencies, devDependencies }: Manifest): Record<string, string> {
  return { ...(dependencies as object), ...(devDependencies as object) }
}

interface Written {
  readonly template: string
  readonly files: number
  readonly there: readonly string[]
  /** Packages to install beside those that package.json names. */
  readonly missing: readonly string[]
}

function wordsOf(folder: string, { template, files, there, missing }: Written): string {
  const where = relative(process.cwd(), folder)
  const enter = where === '' ? '' : `cd ${/^[\w./-]+$/.test(where) ? where : JSON.stringify(where)} && `
  const lines = [`  wrote      ${plural(files, 'file')} of the report \`${template}\` to ${where || '.'}`]
  if (there.length > 0) lines.push(`  kept       ${there.join(', ')}: already there`)
  const install = ['npm install', ...missing].join(' ')
  return [...lines, '', 'Next:', `  ${enter}${install}`, '  npx weft preview', ''].join('\n')
}

/** The text of `weft init --help`. */
const initHelp = `Writes a first report.

Usage
  weft init [DIR] [--template NAME]     DIR: the folder to write to (default: this one)

Templates
  study     chapters, a data file, a module, a chart, tables, claims, an experiment over seeds (default)
  paper     two columns, authors with affiliations, an abstract, formulas, a chart, a table, a claim
  minimal   one page with a table of a CSV file

It asks nothing and replaces nothing: package.json, tsconfig.json and .gitignore that are there stay as they are, and
any other file of the report that is there stops it.
`
