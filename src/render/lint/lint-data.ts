import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { kindOfData } from '../bundle/data/data-kinds.ts'
import { type MixedColumn, mixedColumns } from '../bundle/data/mixed-columns.ts'
import { readTextTable } from '../bundle/data/read-table.ts'
import { readSchema, schemaEnd } from '../bundle/data/schema.ts'
import { toldByAll } from '../bundle/data/told.ts'
import { found } from '../model/found.ts'
import type { Bundle, Cell, ReportTree } from '../model/types.ts'
import type { Linted, Tell } from './lint-source.ts'

const known = new Map<string, readonly MixedColumn[]>()

/**
 * Reports each column of a data file that stays text for a few words among its numbers, unless an import or a schema says
 * what it holds; at the first cell that reads the file.
 */
export function lintData(tree: ReportTree, { bundles }: Linted, tell: Tell): void {
  const told = new Set<string>()
  const files = new Map(tree.chapters.map(({ file }) => [file.path, file]))
  for (const cell of tree.cells) {
    const bundle = bundles.get(cell.label)
    for (const [file, digest] of Object.entries(bundle?.inputs ?? {})) {
      if (!/\.[ct]sv$/.test(file) || told.has(file)) continue
      told.add(file)
      const attributes = importsOf(file, cell, bundle!, tree)
      const key = JSON.stringify([file, digest, bundle!.inputs[file + schemaEnd], attributes])
      const mixed = known.get(key) ?? mixedIn(join(tree.report.root, file), attributes)
      known.set(key, mixed)
      for (const one of mixed) tell(files.get(cell.file)!, reasonOf(one, file), cell.position)
    }
  }
}

function reasonOf({ column, numbers, others, first, place }: MixedColumn, file: string): string {
  return `Unexpected ${found(first)} at ${file}:${place.line}:${place.column} in column ${column}, expected a number as in ${numbers} of its ${numbers + others} fields: all of them stay text; say with { missing: '${first}' } or with { texts: '${column}' } what it is`
}

function mixedIn(path: string, attributes: readonly string[]): readonly MixedColumn[] {
  try {
    const schema = path + schemaEnd
    const beside = existsSync(schema) ? readSchema(readFileSync(schema, 'utf8')) : undefined
    const bytes = readFileSync(path)
    const { schema: own, delimiter } = toldByAll(attributes, beside)
    const table = readTextTable({ path, kind: kindOfData(path)!, bytes, told: { ...noneTold, delimiter } })
    return table ? mixedColumns(table, own) : []
  } catch {
    // The bundle reports what is wrong with a file.
    return []
  }
}

const noneTold = { columns: undefined, table: undefined, query: undefined }

// What the cell, and the modules below it, write behind the name of a file: `with { missing: 'NA' }`.
function importsOf(file: string, cell: Cell, { inputs }: Bundle, { report }: ReportTree): string[] {
  const sources = Object.keys(inputs).filter((input) => /\.[cm]?[jt]sx?$/.test(input))
  const texts = [cell.source, ...sources.map((source) => textOf(join(report.root, source)))]
  const name = basename(file).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = new RegExp(`[/'"]${name}['"]\\s*with\\s*\\{([^}]*)\\}`, 'g')
  return texts.flatMap((text) => Array.from(text.matchAll(pattern), ([, attributes]) => attributes!))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
