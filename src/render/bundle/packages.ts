import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { digestOf } from '../model/digest.ts'
import type { Bundle, Digest } from '../model/types.ts'

interface Manifest {
  readonly name: string
  readonly version: string
  readonly dependencies?: { readonly [name: string]: string }
}

/** Gives the package that an import names: `@scope/name/deep/file` -> `@scope/name`. */
export function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Finds an installed package as Node does: in the nearest node_modules of this folder or one above it. */
export function findPackage(name: string, from: string): string | undefined {
  const entry = entryOf(name, from)
  return entry === undefined ? undefined : realpathSync(entry)
}

/**
 * Says whether the package is a link to a folder where somebody writes it: another package of a workspace, or what
 * `npm link` and `file:` give. Its code changes while its version stays. The stores of package managers also consist of
 * links, but they lie in a `node_modules`.
 */
export function isLinked(name: string, from: string): boolean {
  const entry = entryOf(name, from)
  if (entry === undefined || !lstatSync(entry).isSymbolicLink()) return false
  return !realpathSync(entry).split(sep).includes('node_modules')
}

function entryOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (dirname(folder) === folder) return undefined
  }
}

/**
 * Names an installed package that differs from the one that the project itself finds under that name, such as one in a
 * nested node_modules: `omega@2.0.0-1a2b3c4d`. The digest identifies the package with its dependencies.
 */
export function nestedName(folder: string): string {
  const { name, version } = readManifest(folder)
  return `${name}@${version}-${packageDigest(folder).slice(0, 8)}`
}

/** Splits the result of `nestedName` into name and version; a plain name has no version. */
export function plainName(name: string): { readonly name: string; readonly version?: string } {
  const [, plain, version] = /^(.[^@]*)@(.*)-[0-9a-f]{8}$/.exec(name) ?? []
  return plain === undefined ? { name } : { name: plain, version }
}

// The jobs of an experiment share this list, which is made again if a package changes.
const digests = new WeakMap<Bundle['packages'], Digest>()

/** Digests the packages that code imports. */
export function digestOfPackages(packages: Bundle['packages']): Digest {
  const each = () => Object.entries(packages).map(([name, folder]) => [name, packageDigest(folder)])
  const digest = digests.get(packages) ?? digestOf(each())
  digests.set(packages, digest)
  return digest
}

/**
 * Digests the version of an installed package with the versions of its direct and indirect dependencies.
 * Optional and peer dependencies do not count: they differ from machine to machine.
 */
export function packageDigest(folder: string): Digest {
  const versions = new Set<string>()
  const seen = new Set<string>()
  const visit = (current: string) => {
    if (seen.has(current)) return
    seen.add(current)
    const manifest = readManifest(current)
    versions.add(`${manifest.name}@${manifest.version}`)
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      const dependency = findPackage(name, current)
      if (dependency) visit(dependency)
    }
  }
  visit(folder)
  return digestOf([...versions].sort())
}

function readManifest(folder: string): Manifest {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest & {
    optionalDependencies?: object
  }
  // npm lists an optional dependency under both names.
  const optional = Object.keys(manifest.optionalDependencies ?? {})
  const dependencies = Object.entries(manifest.dependencies ?? {}).filter(
    ([name]) => !optional.includes(name),
  )
  return { ...manifest, dependencies: Object.fromEntries(dependencies) }
}
