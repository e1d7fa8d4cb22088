import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { orList, suggestion } from '../render/model/nearest.ts'
import { type Feature, features, packagesOf } from '../render/model/optional-packages.ts'
import type { Output } from './console.ts'
import { systemReasonOf } from './data/console.ts'
import { isObject, readManifest } from './read-manifest.ts'
import { readOptions } from './read-options.ts'

type Manager = 'npm' | 'pnpm' | 'yarn' | 'yarn-classic'

const installing: { readonly [manager in Manager]: readonly string[] } = {
  npm: ['npm', 'install', '--save-exact'],
  pnpm: ['pnpm', 'add', '--save-exact'],
  yarn: ['yarn', 'add', '--exact'],
  'yarn-classic': ['yarn', 'add', '--exact'],
}

const options = { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

/**
 * Runs `weft add FEATURE...`: installs what a report needs beside Weft, by the package manager of the project in
 * `folder`. Gives the exit status: 0, or that of the package manager.
 * @throws if a feature is unknown, or the folder and those above it have no package.json that can be read and written
 */
export async function runAdd(args: readonly string[], { stdout }: Output, folder: string): Promise<number> {
  const { positionals, values } = readOptions(args, options)
  if (values.help) {
    stdout.write(addHelp)
    return 0
  }
  const root = projectOf(folder)
  const wanted = positionals.map(featureOf)
  if (wanted.length === 0) throw new Error(`Cannot add, expected ${names()}, found nothing`)
  const packages = wanted.flatMap(packagesOf)
  const workspace = workspaceOf(root)
  const manager = managerOf(workspace)
  const [program, ...words] = [...installing[manager], ...packages]
  const hasEngine = packages.some((name) => name.startsWith('onnxruntime-node@'))
  for (const { file, text, setting } of hasEngine ? skipDownload(workspace, manager) : []) {
    const path = join(workspace, file)
    if (!values['dry-run']) writeFile(path, text)
    stdout.write(`  ${setting} -> ${relative(folder, path)}\n`)
  }
  stdout.write(`  ${[program, ...words].join(' ')}\n`)
  return values['dry-run'] ? 0 : await run(program!, words, root)
}

function featureOf(name: string): Feature {
  if (Object.hasOwn(features, name)) return name as Feature
  throw new Error(`Cannot add \`${name}\`, expected ${names()}${suggestion(name, Object.keys(features))}`)
}

function names(): string {
  return orList(Object.keys(features))
}

function projectOf(folder: string): string {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, 'package.json'))) return current
    if (dirname(current) === current)
      throw new Error(
        `Cannot find a package.json in ${folder} or above it, expected a project: run \`npm init -y\``,
      )
  }
}

// The root of a workspace has the lock file and the settings of all its packages.
function workspaceOf(root: string): string {
  for (let current = root; ; current = dirname(current)) {
    const has = (file: string) => existsSync(join(current, file))
    if (has('pnpm-workspace.yaml')) return current
    if (has('package.json') && readManifest(current).manifest.workspaces !== undefined) return current
    if (dirname(current) === current) return root
  }
}

function managerOf(root: string): Manager {
  const has = (file: string) => existsSync(join(root, file))
  const named = String(readManifest(root).manifest.packageManager ?? '')
  if (named.startsWith('pnpm') || has('pnpm-lock.yaml') || has('pnpm-workspace.yaml')) return 'pnpm'
  if (named.startsWith('yarn@1')) return 'yarn-classic'
  if (named.startsWith('yarn') || has('.yarnrc.yml')) return 'yarn'
  return has('yarn.lock') ? 'yarn-classic' : 'npm'
}

/** A file of a project, with a setting that it lacked. */
interface Changed {
  readonly file: string
  readonly text: string
  readonly setting: string
}

// Its install script fetches parts for graphics cards from outside npm's registry, and fails the install where it cannot.
function skipDownload(root: string, manager: Manager): readonly Changed[] {
  const changed =
    manager === 'yarn'
      ? [inManifest(root, 'dependenciesMeta', { built: false })]
      : [inNpmrc(root), inManifest(root, 'allowScripts', false)]
  return changed.filter((one) => one !== undefined)
}

function inNpmrc(root: string): Changed | undefined {
  const path = join(root, '.npmrc')
  const line = 'onnxruntime-node-install=skip'
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (text.split(/\r?\n/).includes(line)) return undefined
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`
  return { file: '.npmrc', text: `${start}${line}\n`, setting: line }
}

function inManifest(root: string, member: string, value: unknown): Changed | undefined {
  const { text, manifest } = readManifest(root)
  const given = manifest[member]
  const others = isObject(given) ? given : {}
  if (Object.hasOwn(others, 'onnxruntime-node')) return undefined
  const next = { ...manifest, [member]: { ...others, 'onnxruntime-node': value } }
  const [, indent = 2] = /^([ \t]+)"/m.exec(text) ?? []
  return {
    file: 'package.json',
    text: `${JSON.stringify(next, null, indent)}\n`,
    setting: `${member}.onnxruntime-node`,
  }
}

function writeFile(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (cause) {
    throw new Error(`Cannot write ${path}, ${systemReasonOf(cause) ?? (cause as Error).message}`, { cause })
  }
}

function run(program: string, words: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })
    child.on('error', (cause) => reject(new Error(`Cannot run ${program}: ${cause.message}`, { cause })))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** The text of `weft add --help`. */
const addHelp = `Installs what a report needs beside Weft, by the package manager of its project.

Usage
  weft add FEATURE... [--dry-run]     --dry-run: say what would be done, and do nothing

Features
${Object.entries(features)
  .map(([name, packages]) => `  ${name.padEnd(10)}  ${packages.join(', ')}`)
  .join('\n')}
`
