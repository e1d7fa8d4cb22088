import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { weftHome } from '../model/home.ts'
import type { Digest, ReportTree } from '../model/types.ts'
import { plain, type Reads } from './bundle.ts'
import { dataFile } from './data/data-kinds.ts'
import { schemaEnd } from './data/schema.ts'
import type { FileDigests } from './file-digests.ts'
import { packageName } from './packages.ts'

/** All outside the report that decides a bundle. */
export interface Basis {
  /** Sources, and all `package.json` and `tsconfig.json` above them; a file that is absent has no digest. */
  readonly files: Readonly<Record<string, Digest | null>>
  /** `[name, folder that asked, folder found, digest of its version and those of its dependencies]`. */
  readonly packages: readonly (readonly [string, string, string, Digest])[]
}

/**
 * Gives what decided a bundle, by what esbuild read; undefined if an import depends on which of several files exists, or if
 * a file has changed meanwhile.
 */
export function basisOf(reads: Reads, tree: ReportTree, digests: FileDigests): Basis | undefined {
  if (!areFound(reads, tree)) return undefined
  const files = filesOf(reads, tree.report.root, digests)
  if (Object.keys(files).some((file) => digests.isYoung(file))) return undefined
  return {
    files,
    packages: reads.packages.map((search) => [...search, digests.ofPackage(search[2])] as const),
  }
}

/** Says whether all is as it was, and nothing has appeared that would be found in place of it. */
export function isCurrent({ files, packages }: Basis, digests: FileDigests): boolean {
  return (
    Object.entries(files).every(([file, digest]) => digests.of(file) === digest) &&
    packages.every(
      ([name, from, found, digest]) =>
        (digests.packageFrom(name, from) ?? digests.packageFrom(name, weftHome())) === found &&
        digests.ofPackage(found) === digest,
    )
  )
}

/** Joins what decided several bundles. */
export function joinBases(bases: readonly Basis[]): Basis {
  const packages = new Map(bases.flatMap((basis) => basis.packages).map((one) => [JSON.stringify(one), one]))
  return {
    files: Object.assign({}, ...bases.map(({ files }) => files)) as Basis['files'],
    packages: [...packages.values()],
  }
}

/** Leaves of what esbuild read what one module imports, directly or through others. */
export function readsOf(module: string, { inputs, packages }: Reads): Reads {
  const found = new Set([module])
  // The loop adds to the set that it reads.
  for (const input of found)
    for (const { path, external } of inputs[input]?.imports ?? []) if (!external) found.add(path)
  return {
    inputs: Object.fromEntries(
      [...found].flatMap((input) => (inputs[input] ? [[input, inputs[input]!]] : [])),
    ),
    packages,
  }
}

function filesOf({ inputs }: Reads, root: string, digests: FileDigests): Record<string, Digest | null> {
  const sources = Object.keys(inputs)
    .filter((input) => !isVirtual(input))
    .map((input) => resolve(root, plain(input)))
  const folders = new Set([root, weftHome()])
  for (const source of sources) {
    let folder = dirname(source)
    for (; !folders.has(folder); folder = dirname(folder)) folders.add(folder)
  }
  for (let folder = dirname(root); !folders.has(folder); folder = dirname(folder)) folders.add(folder)
  const settings = [...folders].flatMap((folder) =>
    ['package.json', 'tsconfig.json'].map((name) => join(folder, name)),
  )
  const schemas = sources.filter((source) => dataFile.test(source)).map((source) => source + schemaEnd)
  return Object.fromEntries([...sources, ...schemas, ...settings].map((file) => [file, digests.of(file)]))
}

// Whether each import names one file, whatever other files exist.
function areFound({ inputs }: Reads, { cells, report: { root } }: ReportTree): boolean {
  const places = placesOf(cells)
  const hasChoice = () =>
    [root, weftHome()]
      .map((folder) => join(folder, 'package.json'))
      .some((file) => existsSync(file) && hasFallbacks(readFileSync(file, 'utf8')))
  return Object.entries(inputs).every(([input, { imports }]) => {
    if (!isVirtual(input) && !existsSync(resolve(root, plain(input)))) return false
    return imports.every(({ path, original = path, external }) => {
      if (external || /^(weft:|weft-(cell|given|meta):)/.test(original)) return true
      if (original.startsWith('#')) return !hasChoice()
      // A linked package: its manifest may name files that are searched for.
      if (!original.startsWith('.')) return packageName(original) === 'weft'
      const importer = places.get(input) ?? plain(input)
      const named = resolve(root, dirname(importer), original)
      return isVirtual(path) ? existsSync(named) : named === resolve(root, plain(path))
    })
  })
}

// The files of cells by their modules; asked for once a cell, and there may be a thousand.
const knownPlaces = new WeakMap<ReportTree['cells'], ReadonlyMap<string, string>>()

function placesOf(cells: ReportTree['cells']): ReadonlyMap<string, string> {
  const known = knownPlaces.get(cells)
  if (known) return known
  const made = new Map(cells.map(({ label, file }) => [`weft-cell:${label}`, file]))
  knownPlaces.set(cells, made)
  return made
}

// An array in `imports` names several files, of which the first that exists is found.
function hasFallbacks(manifest: string): boolean {
  const { imports } = JSON.parse(manifest) as { imports?: object }
  return JSON.stringify(imports ?? {}).includes('[')
}

function isVirtual(input: string): boolean {
  return /^weft-[a-z]+:/.test(input)
}
