import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { type BundledReport, bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import type { ReportTree } from '../../../src/render/model/types.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'

/** Reads a report without its results. */
export function read(path: string): ReportTree {
  return parse(readReport(path, undefined), kinds)
}

/** Bundles a report in which only some cells are evaluated. */
export function bundleOnly(
  tree: ReportTree,
  isEvaluated: (label: string) => boolean,
): Promise<BundledReport> {
  const cells = tree.cells.map((one) =>
    isEvaluated(one.label) ? one : { ...one, options: { ...one.options, evaluate: false } },
  )
  return bundleReport({ ...tree, cells })
}

/** Gives the code of a cell that is bundled only with the cells whose exports it uses. */
export async function codeAlone(tree: ReportTree, label: string, { cells, owners }: BundledReport) {
  const needed = new Set([label, ...cells.get(label)!.needs.map((name) => owners.get(name)!)])
  const alone = await bundleOnly(tree, (one) => needed.has(one))
  return alone.cells.get(label)?.code
}
