import { version } from 'esbuild'
import { readVerified, writeVerified } from '../model/cache-file.ts'
import { sha256 } from '../model/digest.ts'
import { weftDigest } from '../model/home.ts'
import { countMessages } from '../model/messages.ts'
import type { Bundle, Digest, ReportTree } from '../model/types.ts'
import { type Basis, isCurrent, joinBases } from './basis.ts'
import { BundleMemory } from './bundle-memory.ts'
import { type BundledReport, bundleReport } from './bundle-report.ts'

// Bundles with all that decided them.
interface Remembered extends Basis {
  readonly key: Digest
  readonly cells: readonly Bundle[]
  readonly owners: readonly (readonly [string, string])[]
}

/**
 * Bundles a report, or gives the bundles of the last build if each file that decided them is unchanged and no file
 * that could be found in place of one has appeared. Bundles with a message, or with an import that depends on which
 * of several files exists, are not remembered.
 *
 * @param path file of the last build's bundles
 * @param memory Of earlier updates of the same report: then only what changed is bundled, and `save` writes the file.
 */
export async function bundleRemembered(
  tree: ReportTree,
  path: string,
  memory = new BundleMemory(),
): Promise<BundledReport> {
  const isFirst = memory.isEmpty
  memory.begin(tree)
  if (isFirst) {
    const known = readVerified<Remembered>(path)
    if (known?.key === keyOf(tree) && isCurrent(known, memory.files)) return restore(known, tree, memory)
  }
  const before = countMessages(tree.report.files)
  const bundled = await bundleReport(tree, memory)
  const bases = memory.basesOf([...bundled.cells.keys()])
  const isWhole = bases !== undefined && countMessages(tree.report.files) === before
  memory.save = () => {
    const basis = isWhole && joinBases(bases)
    const [cells, owners] = [[...bundled.cells.values()], [...bundled.owners]]
    if (basis) writeVerified(path, { key: keyOf(tree), cells, owners, ...basis })
  }
  if (isFirst) {
    memory.save()
    memory.save = () => {}
  }
  return bundled
}

function restore(known: Remembered, tree: ReportTree, memory: BundleMemory): BundledReport {
  const { files, packages } = known
  const owners = new Map(known.owners)
  const bundles = new Map(known.cells.map((bundle) => [bundle.label, bundle]))
  const scope = { owners, earlier: new Map<string, readonly string[]>() }
  const names: string[] = []
  for (const cell of tree.cells) {
    scope.earlier.set(cell.label, [...names])
    const own = known.owners.flatMap(([name, owner]) => (owner === cell.label ? [name] : []))
    names.push(...own)
    const bundle = bundles.get(cell.label)
    if (!bundle) continue
    memory.keepExports(cell, own)
    memory.keepFree(cell, ['params', ...scope.earlier.get(cell.label)!])
    // Each depends on what all depend on, until it is bundled again.
    memory.restore(cell, bundle, { tree, scope, basis: { files, packages } })
  }
  return { cells: bundles, owners }
}

function keyOf({ cells, report }: ReportTree): Digest {
  const { root, folder, params } = report
  const code = cells.map(({ label, lang, file, source, options, position }) => [
    ...[label, lang, file, source, options.evaluate, position.start.line],
  ])
  return sha256(JSON.stringify([weftDigest(), version, root, folder, Object.keys(params), code]))
}
