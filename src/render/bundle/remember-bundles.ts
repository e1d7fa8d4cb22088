import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { version } from 'esbuild'
import { sha256 } from '../model/digest.ts'
import { weftDigest, weftHome } from '../model/home.ts'
import type { Bundle, Digest, ReportTree } from '../model/types.ts'
import { writeAtomic } from '../model/write-atomic.ts'
import { plain, type Reads } from './bundle.ts'
import { type BundledReport, bundleReport } from './bundle-report.ts'
import { findPackage, packageDigest } from './packages.ts'

// Bundles with all that decided them.
interface Remembered {
  readonly key: Digest
  readonly cells: readonly Bundle[]
  readonly owners: readonly (readonly [string, string])[]
  /** Sources, and all `package.json` and `tsconfig.json` above them; a file that is absent has no digest. */
  readonly files: Readonly<Record<string, Digest | null>>
  /** `[name, folder that asked, folder found, digest of its version and those of its dependencies]`. */
  readonly packages: readonly (readonly [string, string, string, Digest])[]
}

/**
 * Bundles a report, or gives the bundles of the last build if each file that decided them is unchanged and no file
 * that could be found in place of one has appeared. Bundles with a message, or with an import that depends on which
 * of several files exists, are not remembered.
 *
 * @param path file of the last build's bundles
 */
export async function bundleRemembered(tree: ReportTree, path: string): Promise<BundledReport> {
  const key = keyOf(tree)
  const known = read(path)
  if (known?.key === key && isCurrent(known))
    return {
      cells: new Map(known.cells.map((bundle) => [bundle.label, bundle])),
      owners: new Map(known.owners),
    }
  const before = countMessages(tree)
  let reads: Reads | undefined
  const bundled = await bundleReport(tree, (done) => {
    reads = done
  })
  if (reads && countMessages(tree) === before && areFound(reads, tree)) {
    const remembered: Remembered = {
      key,
      cells: [...bundled.cells.values()],
      owners: [...bundled.owners],
      files: filesOf(reads, tree.report.root),
      packages: reads.packages.map((search) => [...search, packageDigest(search[2])] as const),
    }
    write(path, remembered)
  }
  return bundled
}

function keyOf({ cells, report }: ReportTree): Digest {
  const { root, folder, params } = report
  const code = cells.map(({ label, lang, file, source, options, position }) => [
    ...[label, lang, file, source, options.evaluate, position.start.line],
  ])
  return sha256(JSON.stringify([weftDigest(), version, root, folder, Object.keys(params), code]))
}

function read(path: string): Remembered | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Remembered
  } catch {
    return undefined
  }
}

// This is only a cache: the build reports an unwritable folder when it writes its output.
function write(path: string, remembered: Remembered): void {
  try {
    writeAtomic(path, JSON.stringify(remembered))
  } catch {}
}

function isCurrent({ files, packages }: Remembered): boolean {
  return (
    Object.entries(files).every(([file, digest]) => digestOf(file) === digest) &&
    packages.every(
      ([name, from, found, digest]) =>
        (findPackage(name, from) ?? findPackage(name, weftHome())) === found &&
        packageDigest(found) === digest,
    )
  )
}

function digestOf(file: string): Digest | null {
  return existsSync(file) ? sha256(readFileSync(file)) : null
}

function countMessages({ report }: ReportTree): number {
  return report.files.reduce((count, file) => count + file.messages.length, 0)
}

function filesOf({ inputs }: Reads, root: string): Record<string, Digest | null> {
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
  return Object.fromEntries([...sources, ...settings].map((file) => [file, digestOf(file)]))
}

// Whether each import names one file, whatever other files exist.
function areFound({ inputs }: Reads, { cells, report: { root } }: ReportTree): boolean {
  const places = new Map(cells.map(({ label, file }) => [`weft-cell:${label}`, file]))
  const manifests = [root, weftHome()].map((folder) => join(folder, 'package.json')).filter(existsSync)
  const hasChoice = manifests.some((file) => hasFallbacks(readFileSync(file, 'utf8')))
  return Object.entries(inputs).every(([input, { imports }]) => {
    if (!isVirtual(input) && !existsSync(resolve(root, plain(input)))) return false
    return imports.every(({ path, original = path, external }) => {
      if (external || /^(weft:|weft-(cell|given|meta):)/.test(original)) return true
      if (original.startsWith('#')) return !hasChoice
      if (!original.startsWith('.')) return true
      const importer = places.get(input) ?? plain(input)
      const named = resolve(root, dirname(importer), original)
      return isVirtual(path) ? existsSync(named) : named === resolve(root, plain(path))
    })
  })
}

// An array in `imports` names several files, of which the first that exists is found.
function hasFallbacks(manifest: string): boolean {
  const { imports } = JSON.parse(manifest) as { imports?: object }
  return JSON.stringify(imports ?? {}).includes('[')
}

function isVirtual(input: string): boolean {
  return /^weft-[a-z]+:/.test(input)
}
