import { basename, dirname, join, relative, sep } from 'node:path'
import type ts from 'typescript'
import type { Cell, Expression, ReportTree } from '../../model/types.ts'
import { comparers, formatters } from '../../output/prelude.ts'
import { exportedNames, surelyPresent } from './code-facts.ts'
import { paramsType } from './param-types.ts'
import { type VirtualModule, VirtualText } from './virtual-text.ts'

/** The modules of a report, and which cell exports what. */
export interface TypedModules {
  readonly modules: readonly VirtualModule[]
  /** Name of an export -> its cell. */
  readonly owners: ReadonlyMap<string, Cell>
}

// No author writes these names.
const names = { value: '$weft_value', claim: '$weft_claim' } as const

/**
 * Writes a report as modules that TypeScript can check: one a cell, which imports the exports of earlier cells that it
 * names, and one a chapter with its values and claims, which see all exports.
 */
export function writeModules(tree: ReportTree, compiler: typeof ts): TypedModules {
  const { root, folder, front } = tree.report
  const given = join(folder, 'weft-given.ts')
  const cells = tree.cells.filter(({ options }) => options.evaluate)
  const pathOf = ({ file, label, lang }: Cell) => join(root, `${file}.${label}.${lang}`)
  const owners = new Map<string, Cell>()
  const written = cells.map((cell) => {
    const earlier = new Map(owners)
    for (const name of exportedNames(cell, compiler)) if (!owners.has(name)) owners.set(name, cell)
    return cellModule(cell, pathOf(cell), imports(pathOf(cell), given, earlier, pathOf))
  })
  const chapters = [...new Set(tree.expressions.map(({ file }) => file))].map((file) => {
    const path = join(root, `${file}.weft-values.ts`)
    const own = tree.expressions.filter((expression) => expression.file === file)
    return valuesModule(own, path, imports(path, given, owners, pathOf), compiler)
  })
  return { modules: [givenModule(given, front.params), ...written, ...chapters], owners }
}

// Gives the import lines for the names in a code; only those, since one renamed export would touch every module.
type Imports = (codes: readonly string[], kind: 'cell' | 'values') => string

function imports(
  path: string,
  given: string,
  owners: ReadonlyMap<string, Cell>,
  pathOf: (cell: Cell) => string,
): Imports {
  return (codes, kind) => {
    const words = new Set(codes.flatMap((code) => code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []))
    const byCell = new Map<Cell, string[]>()
    for (const [name, cell] of owners)
      if (words.has(name)) byCell.set(cell, [...(byCell.get(cell) ?? []), name])
    const helpers = kind === 'cell' ? ['params'] : ['params', ...helperNames, ...Object.values(names)]
    const own = helpers.filter((name) => words.has(name) || name.startsWith('$weft'))
    return [
      ...(own.length > 0 ? [importOf(own, path, given)] : []),
      ...[...byCell].map(([cell, some]) => importOf(some, path, pathOf(cell))),
    ].join('')
  }
}

const helperNames = [...Object.keys(formatters), ...Object.keys(comparers)]

function importOf(some: readonly string[], from: string, to: string): string {
  const specifier = `./${relative(dirname(from), to).split(sep).join('/')}`
  return `import { ${some.join(', ')} } from ${JSON.stringify(specifier)};`
}

function cellModule(cell: Cell, path: string, importsOf: Imports): VirtualModule {
  const text = new VirtualText()
  text.addSource(cell)
  // After the source, since `// @ts-check` counts only before all code.
  text.add(`\n${importsOf([cell.source], 'cell')}export {}\n`)
  return text.module(path)
}

function valuesModule(
  expressions: readonly Expression[],
  path: string,
  importsOf: Imports,
  compiler: typeof ts,
): VirtualModule {
  const text = new VirtualText()
  text.add(
    `${importsOf(
      expressions.map(({ source }) => source),
      'values',
    )}\n`,
  )
  for (const expression of expressions) {
    text.add(`${names[expression.kind]}((\n`)
    text.addSource(expression, surelyPresent(expression.source, compiler))
    text.add('\n));\n')
  }
  return text.module(path)
}

function givenModule(path: string, profiles: ReportTree['report']['front']['params']): VirtualModule {
  const text = new VirtualText()
  text.add(`import { ${Object.keys(formatters).join(', ')} } from 'weft/output'
import type { Comparison, Interval } from 'weft/output'
export { ${Object.keys(formatters).join(', ')} }
type Spread = Exclude<Parameters<typeof fixed>[0], number>
interface Compare<Result> { (a: number | Spread, b: number | Spread): Result; (comparison: Comparison): Result }
export declare const difference: Compare<Interval>
${Object.keys(comparers)
  .filter((name) => name !== 'difference')
  .map((name) => `export declare const ${name}: Compare<boolean>\n`)
  .join('')}export declare const params: ${paramsType(profiles)}
export declare function ${names.value}(value: string | number | boolean | Spread): void
export declare function ${names.claim}(claim: boolean): void
`)
  return text.module(path)
}

/** Says whether a path is that of a chapter's values. */
export function isOfValues({ path }: VirtualModule): boolean {
  return basename(path).endsWith('.weft-values.ts')
}
