import { posix } from 'node:path'
import ts from 'typescript'

/** One import of a file, types and re-exports included. */
export interface Import {
  /** As written, such as `./node.ts`, `#experiments/part-a/binary` or `weft/charts`. */
  readonly specifier: string
  /** The path from the root, for what this repository holds. */
  readonly file?: string
  /**
   * What it takes from there: `Shape`, `* as ops`, `*`, `default`; `import()` where it is dynamic; nothing where it wants
   * effects alone.
   */
  readonly names: readonly string[]
  /** Counted from 1. */
  readonly line: number
}

/** Reads what a file imports, in its order; `file` is its path from the root. */
export function readImports(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const taken = takenBy(node, source)
    if (taken !== undefined) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      found.push({ ...taken, ...ownFile(file, taken.specifier), line })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function takenBy(node: ts.Node, source: ts.SourceFile): Pick<Import, 'specifier' | 'names'> | undefined {
  if (ts.isImportDeclaration(node)) return taken(node.moduleSpecifier, namesOfImport(node.importClause))
  if (ts.isExportDeclaration(node)) return taken(node.moduleSpecifier, namesOfExport(node.exportClause))
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return taken(node.arguments[0], ['import()'])
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return taken(node.argument.literal, [node.qualifier?.getText(source) ?? 'typeof import()'])
  return undefined
}

function taken(
  specifier: ts.Node | undefined,
  names: string[],
): Pick<Import, 'specifier' | 'names'> | undefined {
  return specifier !== undefined && ts.isStringLiteralLike(specifier)
    ? { specifier: specifier.text, names }
    : undefined
}

function namesOfImport(clause: ts.ImportClause | undefined): string[] {
  const { name, namedBindings: bindings } = clause ?? {}
  const named =
    bindings === undefined
      ? []
      : ts.isNamespaceImport(bindings)
        ? [`* as ${bindings.name.text}`]
        : bindings.elements.map((element) => (element.propertyName ?? element.name).text)
  return [...(name === undefined ? [] : ['default']), ...named]
}

function namesOfExport(clause: ts.NamedExportBindings | undefined): string[] {
  return clause !== undefined && ts.isNamedExports(clause)
    ? clause.elements.map((element) => (element.propertyName ?? element.name).text)
    : ['*']
}

function ownFile(importer: string, specifier: string): Pick<Import, 'file'> {
  if (specifier.startsWith('.')) return { file: posix.join(posix.dirname(importer), specifier) }
  const [, experiment] = /^#experiments\/(.+)$/.exec(specifier) ?? []
  return experiment === undefined ? {} : { file: `src/experiments/${experiment}.ts` }
}
