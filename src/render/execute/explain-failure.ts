import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Point } from 'unist'
import { guessExports } from '../bundle/cell-names.ts'
import { findCycle, missingImports } from '../bundle/import-faults.ts'
import { suggestion } from '../model/nearest.ts'
import { pathFrom } from '../model/paths.ts'
import type { Cell, Failure, ReportTree } from '../model/types.ts'

/** Adds to the failure of a cell what its author needs to mend it: exact places, and the cure where one is known. */
export async function explainFailure(failure: Failure, cell: Cell, tree: ReportTree): Promise<Failure> {
  const { message, faults } = failure
  const name = /(?:does not provide an export named|^SyntaxError: Named export) '([^']+)'/.exec(message)?.[1]
  const unknown = /^ReferenceError: (\S+) is not defined$/.exec(message)?.[1]
  const path = /^ENOENT: .*, \w+ '([^']+)'$/.exec(message)?.[1]
  try {
    if (name !== undefined) return withFaults(failure, await missingImports(cell, tree, name))
    if (unknown !== undefined) return { ...failure, message: message + whereDefined(unknown, cell, tree) }
    if (path !== undefined && !isAbsolute(path))
      return { ...failure, message: message + whereFound(path, cell, tree) }
    const placed = faults?.map((fault) => atExport(fault, cell)) ?? []
    return await withCycle(withFaults(failure, placed), cell, tree)
  } catch {
    // The sources may have changed since they were bundled: the failure itself is what counts.
    return failure
  }
}

function withFaults(failure: Failure, faults: readonly Fault[]): Failure {
  return faults.length > 0 ? { ...failure, faults } : failure
}

type Fault = NonNullable<Failure['faults']>[number]

function atExport(fault: Fault, { source, position }: Cell): Fault {
  if (fault.export === undefined) return fault
  const name = fault.export === 'default' ? 'default' : fault.export.replaceAll('$', '\\$')
  const statement = new RegExp(
    `^[ \\t]*export\\b[^\\n]*?(?<![\\p{ID_Continue}$])${name}(?![\\p{ID_Continue}$])`,
    'mu',
  ).exec(source)
  if (!statement) return fault
  const end = statement.index + statement[0].length - fault.export.length
  return { ...fault, place: pointAt(end, source, position.start.line) }
}

function pointAt(offset: number, source: string, fence: number): Point {
  const lines = source.slice(0, offset).split('\n')
  return { line: fence + lines.length, column: lines.at(-1)!.length + 1 }
}

// A cell sees what cells before it export.
function whereDefined(name: string, cell: Cell, { cells }: ReportTree): string {
  const own = cells.indexOf(cells.find(({ label }) => label === cell.label)!)
  const owner = cells.slice(own + 1).find(({ source }) => guessExports(source).includes(name))
  if (!owner) {
    const names = cells.slice(0, own).flatMap(({ source }) => guessExports(source))
    return suggestion(name, names)
  }
  const place = `\`#${owner.label}\` below, at ${owner.file}:${owner.position.start.line}`
  const back = guessExports(cell.source).find((one) =>
    new RegExp(`(?<![\\w$.])${one.replaceAll('$', '\\$')}(?![\\w$])`).test(owner.source),
  )
  return back === undefined
    ? `: it is exported by ${place}. A cell sees only cells above it: move \`#${owner.label}\` up`
    : `: it is exported by ${place}, which needs \`${back}\` of this cell. Put what both need into a cell above them`
}

// Cells run in the folder of the report.
function whereFound(path: string, cell: Cell, { report: { root, folder } }: ReportTree): string {
  const here = pathFrom(root, folder)
  const place = here === '' ? 'the folder of the report' : `the folder of the report, \`${here}\``
  const [wanted] = [folder, join(root, dirname(cell.file)), root]
    .map((base) => pathFrom(folder, join(base, path)))
    .filter((one) => existsSync(join(folder, one)))
  const there =
    wanted === undefined ? `found no \`${join(here, path)}\` in the project` : `write \`${wanted}\``
  const url = `new URL('${path}', import.meta.url)`
  return `: a path is relative to ${place}: ${there}. For one relative to this Markdown file, write \`${url}\``
}

// What a module exports is undefined while a module that it imports reads it.
async function withCycle(failure: Failure, cell: Cell, tree: ReportTree): Promise<Failure> {
  if (!/\b(?:NaN|undefined|initialization|not a function|not iterable)\b/.test(failure.message))
    return failure
  const cycle = await findCycle(cell, tree)
  if (cycle === undefined) return failure
  const note = `Its modules import each other, so that one reads what the other has not yet set: ${cycle.join(' -> ')}`
  return { ...failure, message: `${failure.message}\n${note}`, note }
}
