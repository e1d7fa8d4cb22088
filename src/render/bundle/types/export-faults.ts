import type ts from 'typescript'
import { JsonTypes } from './outside-json.ts'
import type { FaultInModule } from './typed-source.ts'

/**
 * Finds what a cell exports that is not JSON, and a default export that cannot be shown, each at the place where it is
 * exported. Types that are not known pass.
 */
export function exportFaults(file: ts.SourceFile, program: ts.Program, compiler: typeof ts): FaultInModule[] {
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(file)
  if (!module) return []
  const types = new JsonTypes(compiler, checker, file)
  return checker.getExportsOfModule(module).flatMap((symbol): FaultInModule[] => {
    const isAlias = (symbol.flags & compiler.SymbolFlags.Alias) !== 0
    const meant = isAlias ? checker.getAliasedSymbol(symbol) : symbol
    const at = placeOf(symbol, file, compiler)
    if ((meant.flags & compiler.SymbolFlags.Value) === 0 || !at) return []
    const type = checker.getTypeOfSymbolAtLocation(meant, file)
    const reason =
      symbol.name === 'default' ? whyNotShown(type, types, compiler) : whyNotJson(symbol.name, type, types)
    return reason === undefined ? [] : [{ start: at.getStart(file), length: at.getWidth(file), reason }]
  })
}

function placeOf(symbol: ts.Symbol, file: ts.SourceFile, compiler: typeof ts): ts.Node | undefined {
  const declaration = symbol.declarations?.find((one) => one.getSourceFile() === file)
  if (!declaration) return undefined
  if (compiler.isExportAssignment(declaration)) return declaration.expression
  return compiler.getNameOfDeclaration(declaration) ?? declaration
}

function whyNotJson(name: string, type: ts.Type, types: JsonTypes): string | undefined {
  const outside = types.find(type)
  return outside && `Cannot export \`${name}${outside.path}\`, expected JSON, found ${outside.found}`
}

const expected = 'expected a figure, table, prose, string, number or array of records'

function whyNotShown(type: ts.Type, types: JsonTypes, compiler: typeof ts): string | undefined {
  const { TypeFlags } = compiler
  const list = partsOf(type)
  // Undefined shows nothing.
  const shown = list.filter(({ flags }) => (flags & (TypeFlags.Undefined | TypeFlags.Void)) === 0)
  for (const one of shown) {
    const elements = types.elementsOf(one)?.flatMap(partsOf)
    const found = elements
      ? elements.map((element) => unlikeOutput(element, true, types, compiler)).find(Boolean)
      : unlikeOutput(one, false, types, compiler)
    if (found !== undefined)
      return `Cannot show this, ${expected}, found ${found}${elements ? ' in a list' : ''}`
  }
  return undefined
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type]
}

function unlikeOutput(
  type: ts.Type,
  isInList: boolean,
  types: JsonTypes,
  { TypeFlags }: typeof ts,
): string | undefined {
  const { flags } = type
  if (flags & TypeFlags.BigIntLike) return 'a bigint'
  if (flags & TypeFlags.ESSymbolLike) return 'a symbol'
  if (flags & TypeFlags.Null) return 'null'
  if (flags & (TypeFlags.Undefined | TypeFlags.Void)) return 'undefined'
  if ((flags & (TypeFlags.Object | TypeFlags.Intersection)) === 0 || isEmpty(type)) return undefined
  if (isOfLibrary(type)) return undefined
  const kind = types.kindOf(type)
  if (kind !== undefined) return kind === 'a Date' ? undefined : kind
  // An array in a list is a table; records in a list are its rows.
  if (types.elementsOf(type)) return undefined
  const isOutput = types.memberOf(type, 'kind') !== undefined
  const isSpread = ['mean', 'std', 'n', 'min', 'max'].every((name) => type.getProperty(name))
  return isInList || isOutput || isSpread ? undefined : 'an object of another kind'
}

// What cells may show of other libraries is known by its members: elements, drawings, tables and charts.
function isOfLibrary(type: ts.Type): boolean {
  const has = (...names: string[]) => names.every((name) => type.getProperty(name) !== undefined)
  const isDisplay = type
    .getProperties()
    .some(({ name }) => /^__@(?!iterator|toStringTag|unscopables)/.test(name))
  return (
    ['outerHTML', 'toSvg', 'toSVG', '$schema'].some((name) => has(name)) ||
    ['mark', 'marks', 'layer'].some((view) => has(view, 'data')) ||
    has('objects', 'columnNames') ||
    has('toArray', 'schema') ||
    isDisplay
  )
}

// `{}` and `object` say nothing.
function isEmpty(type: ts.Type): boolean {
  return type.getProperties().length === 0 && type.getCallSignatures().length === 0
}
