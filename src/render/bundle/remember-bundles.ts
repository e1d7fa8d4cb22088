import { version } from 'esbuild'
import { readVerified, writeVerified } from '../model/cache-file.ts'
import { sha256 } from '../model/digest.ts'
import { weftDigest } from '../model/home.ts'
import { countMessages } from '../model/messages.ts'
import type { Digest, ReportTree } from '../model/types.ts'
import { isCurrent, joinBases } from './basis.ts'
import { BundleMemory, type StoredMemory } from './bundle-memory.ts'
import { type BundledReport, bundleReport } from './bundle-report.ts'

/** What a build stores: all that its memory knew, and whose bundles they are together. */
interface Remembered {
  /** Names the tool and the project. */
  readonly place: Digest
  /** Names all of the report that decides its bundles. */
  readonly key: Digest
  readonly labels: readonly string[]
  readonly owners: readonly (readonly [string, string])[]
  readonly memory: StoredMemory
}

/**
 * Bundles a report, or gives the bundles of the last build if each file that decided them is unchanged and no file
 * that could be found in place of one has appeared. If something has changed, only the cells that it decides are
 * bundled. Bundles with a message, or with an import that depends on which of several files exists, are not remembered.
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
    if (known?.place === placeOf(tree)) {
      memory.load(known.memory)
      if (known.key === keyOf(tree) && isCurrent(joinBases(known.memory.bases), memory.files))
        return restore(known, memory)
    }
  }
  const before = countMessages(tree.report.files)
  const bundled = await bundleReport(tree, memory)
  const labels = [...bundled.cells.keys()]
  const isWhole = memory.hasAll(labels) && countMessages(tree.report.files) === before
  memory.save = () => {
    const key = keyOf(tree)
    const stored = {
      place: placeOf(tree),
      key,
      labels,
      owners: [...bundled.owners],
      memory: memory.toStored(),
    }
    if (isWhole) writeVerified(path, stored)
  }
  if (isFirst) {
    memory.save()
    memory.save = () => {}
  }
  return bundled
}

function restore({ labels, owners }: Remembered, memory: BundleMemory): BundledReport {
  return {
    cells: new Map(labels.map((label) => [label, memory.known(label)!])),
    owners: new Map(owners),
  }
}

function placeOf({ report: { root, folder } }: ReportTree): Digest {
  return sha256(JSON.stringify([weftDigest(), version, root, folder]))
}

function keyOf({ cells, report }: ReportTree): Digest {
  const { params } = report
  const code = cells.map(({ label, lang, file, source, options, position }) => [
    ...[label, lang, file, source, options.evaluate, position.start.line],
  ])
  return sha256(JSON.stringify([Object.keys(params), code]))
}
