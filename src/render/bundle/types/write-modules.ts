import { basename, dirname, join, relative, sep } from 'node:path'
import { comparers, formatters } from '../../output/prelude.ts'
import type { CodeFacts } from './code-facts.ts'
import { paramsType } from './param-types.ts'
import type { TypedCell, TypedExpression, TypedSource } from './typed-source.ts'
import { type VirtualModule, VirtualText } from './virtual-text.ts'

/** The modules of a report, and which cell exports what. */
interface TypedModules {
  readonly modules: readonly VirtualModule[]
  /** Name of an export -> its cell. */
  readonly owners: ReadonlyMap<string, TypedCell>
}

// No author writes these names.
const names = { value: '$weft_value', claim: '$weft_claim' } as const

/**
 * Writes a report as modules that TypeScript can check: one a cell, which imports the exports of earlier cells that it
 * names, and one a chapter with its values and claims, which see all exports.
 */
export function writeModules({ root, folder, params, parts }: TypedSource, facts: CodeFacts): TypedModules {
  const given = join(folder, 'weft-given.ts')
  const cells = parts.filter((part) => part.kind === 'cell')
  const expressions = parts.filter((part) => part.kind !== 'cell')
  // The name alone could be that of other files: `report.md.d.ts` has declarations.
  const pathOf = ({ file, label, lang }: TypedCell) => join(root, `${file}.cell-${label}.${lang}`)
  const owners = new Map<string, TypedCell>()
  facts.next()
  const written = cells.map((cell) => {
    const earlier = new Map(owners)
    for (const name of facts.exportedNames(cell)) if (!owners.has(name)) owners.set(name, cell)
    return cellModule(cell, pathOf(cell), imports(pathOf(cell), given, earlier, pathOf))
  })
  const chapters = [...new Set(expressions.map(({ file }) => file))].map((file) => {
    const path = join(root, `${file}.weft-values.ts`)
    const own = expressions.filter((expression) => expression.file === file)
    return valuesModule(own, path, imports(path, given, owners, pathOf), facts)
  })
  return { modules: [givenModule(given, params), ...written, ...chapters], owners }
}

// Gives the import lines for the names in a code; only those, since one renamed export would touch every module.
type Imports = (codes: readonly string[], kind: 'cell' | 'values') => string

function imports(
  path: string,
  given: string,
  owners: ReadonlyMap<string, TypedCell>,
  pathOf: (cell: TypedCell) => string,
): Imports {
  return (codes, kind) => {
    const words = new Set(codes.flatMap((code) => code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []))
    const byCell = new Map<TypedCell, string[]>()
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

function cellModule(cell: TypedCell, path: string, importsOf: Imports): VirtualModule {
  const text = new VirtualText()
  text.addSource(cell)
  // After the source, since `// @ts-check` counts only before all code.
  text.add(`\n${importsOf([cell.source], 'cell')}export {}\n`)
  return text.module(path)
}

function valuesModule(
  expressions: readonly TypedExpression[],
  path: string,
  importsOf: Imports,
  facts: CodeFacts,
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
    text.addSource(expression, facts.surelyPresent(expression.source))
    text.add('\n));\n')
  }
  return text.module(path)
}

function givenModule(path: string, profiles: TypedSource['params']): VirtualModule {
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
export declare function ${names.value}(value: string | number | boolean | Date | Spread): void
export declare function ${names.claim}(claim: boolean): void
`)
  return text.module(path)
}

/** Says whether a path is that of a chapter's values. */
export function isOfValues({ path }: VirtualModule): boolean {
  return basename(path).endsWith('.weft-values.ts')
}
