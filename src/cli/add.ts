import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suggestion } from '../render/model/nearest.ts'
import { type Feature, features, packagesOf } from '../render/model/optional-packages.ts'
import type { Output } from './console.ts'
import { readOptions } from './read-options.ts'

type Manager = 'npm' | 'pnpm' | 'yarn' | 'yarn-classic'

const installing: { readonly [manager in Manager]: readonly string[] } = {
  npm: ['npm', 'install', '--save-exact'],
  pnpm: ['pnpm', 'add', '--save-exact'],
  yarn: ['yarn', 'add', '--exact'],
  'yarn-classic': ['yarn', 'add', '--exact'],
}

/**
 * Runs `weft add FEATURE...`: installs what a report needs beside Weft, by the package manager of the project in
 * `folder`. Gives the exit status: 0, or that of the package manager.
 * @throws if a feature is unknown, or no package.json lies in the folder or above it
 */
export async function runAdd(args: readonly string[], { stdout }: Output, folder: string): Promise<number> {
  const { positionals, values } = readOptions(args, { 'dry-run': { type: 'boolean' } })
  const root = projectOf(folder)
  const wanted = positionals.map(featureOf)
  if (wanted.length === 0) throw new Error(`Cannot add, expected ${names()}, found nothing`)
  const packages = wanted.flatMap(packagesOf)
  const manager = managerOf(root)
  const [program, ...words] = [...installing[manager], ...packages]
  if (packages.some((name) => name.startsWith('onnxruntime-node@')))
    for (const line of skipDownload(root, manager, values['dry-run'])) stdout.write(`  ${line}\n`)
  stdout.write(`  ${[program, ...words].join(' ')}\n`)
  return values['dry-run'] ? 0 : await run(program!, words, root)
}

function featureOf(name: string): Feature {
  if (Object.hasOwn(features, name)) return name as Feature
  throw new Error(`Cannot add \`${name}\`, expected ${names()}${suggestion(name, Object.keys(features))}`)
}

function names(): string {
  return Object.keys(features).join(' or ')
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

function managerOf(root: string): Manager {
  const has = (file: string) => existsSync(join(root, file))
  const { packageManager = '' } = manifestOf(root)
  if (packageManager.startsWith('pnpm') || has('pnpm-lock.yaml')) return 'pnpm'
  if (packageManager.startsWith('yarn@1')) return 'yarn-classic'
  if (packageManager.startsWith('yarn') || has('.yarnrc.yml')) return 'yarn'
  return has('yarn.lock') ? 'yarn-classic' : 'npm'
}

interface Manifest {
  readonly packageManager?: string
  readonly [member: string]: unknown
}

function manifestOf(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
}

// Its install script fetches parts for graphics cards from outside npm's registry, and fails the install where it cannot.
function skipDownload(root: string, manager: Manager, isDry = false): readonly string[] {
  const written: string[] = []
  if (manager !== 'yarn') {
    const path = join(root, '.npmrc')
    const line = 'onnxruntime-node-install=skip'
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (!text.split(/\r?\n/).includes(line)) {
      const start = text === '' || text.endsWith('\n') ? text : `${text}\n`
      if (!isDry) writeFileSync(path, `${start}${line}\n`)
      written.push(`${line} -> .npmrc`)
    }
  }
  const [member, value] =
    manager === 'yarn' ? ['dependenciesMeta', { built: false }] : ['allowScripts', false]
  const manifest = manifestOf(root)
  const given = (manifest[member as string] ?? {}) as { readonly [name: string]: unknown }
  if (!Object.hasOwn(given, 'onnxruntime-node')) {
    const next = { ...manifest, [member as string]: { ...given, 'onnxruntime-node': value } }
    if (!isDry) writeFileSync(join(root, 'package.json'), `${JSON.stringify(next, null, 2)}\n`)
    written.push(`${member}.onnxruntime-node -> package.json`)
  }
  return written
}

function run(program: string, words: readonly string[], cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, stdio: 'inherit', shell: process.platform === 'win32' })
    child.on('error', (cause) => reject(new Error(`Cannot run ${program}: ${cause.message}`, { cause })))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}
