import { posix } from 'node:path'
import type ts from 'typescript'
import type { Edit } from './edits.ts'
import type { Declared, ParsedCell } from './parse-cells.ts'

/** A name that a cell imports. */
export interface ImportedName {
  readonly kind: 'default' | 'namespace' | 'named'
  /** Its name in the module. */
  readonly name: string
  /** Its name in the cells. */
  readonly local: string
  readonly isType: boolean
  /** The module as the cell writes it: `'npm:d3' with { type: 'json' }`. */
  readonly from: string
}

/** Gives how a name is imported; undefined if the cell declares it itself. */
export function importedName(
  { statements: [statement], places: [place] }: Declared,
  name: string,
  local: string,
  compiler: typeof ts,
): ImportedName | undefined {
  if (!statement || !compiler.isImportDeclaration(statement)) return undefined
  const { importClause, moduleSpecifier, attributes } = statement
  const from = [moduleSpecifier, attributes].flatMap((node) => (node ? [node.getText()] : [])).join(' ')
  const named = importClause?.namedBindings
  const isType = importClause?.isTypeOnly === true
  if (importClause?.name === place) return { kind: 'default', name, local, isType, from }
  if (named && compiler.isNamespaceImport(named)) return { kind: 'namespace', name, local, isType, from }
  const element = named?.elements.find((one) => one.name.text === name)
  return {
    kind: 'named',
    name: element?.propertyName?.text ?? name,
    local,
    isType: isType || element?.isTypeOnly === true,
    from,
  }
}

/** Writes the imports of names, one for each module. */
export function writeImports(names: readonly ImportedName[]): string[] {
  const groups = new Map<string, ImportedName[]>()
  for (const one of names) {
    const key = `${one.isType ? 'type ' : ''}\n${one.from}\n${one.kind}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups].flatMap(([key, group]) => {
    const [type, from, kind] = key.split('\n') as [string, string, ImportedName['kind']]
    if (kind === 'default') return group.map(({ local }) => `import ${type}${local} from ${from}`)
    if (kind === 'namespace') return group.map(({ local }) => `import ${type}* as ${local} from ${from}`)
    const list = group.map(({ name, local }) => (name === local ? name : `${name} as ${local}`))
    return [`import ${type}{ ${list.join(', ')} } from ${from}`]
  })
}

/** How the modules of a cell are written in a chapter. */
export interface ModuleChanges {
  readonly edits: readonly Edit[]
  /** Packages to install, as npm takes them. */
  readonly packages: readonly string[]
  readonly notes: readonly string[]
}

/**
 * Changes the names of modules as Deno writes them to those of npm, and paths to those from the chapter's folder.
 *
 * @param toNotebook the notebook's folder from the chapter's, with slashes; empty if they are the same
 */
export function changeModules({ file }: ParsedCell, toNotebook: string, compiler: typeof ts): ModuleChanges {
  const edits: Edit[] = []
  const packages: string[] = []
  const notes: string[] = []
  for (const literal of modulesIn(file, compiler)) {
    const changed = changeModule(literal.text, toNotebook)
    if (changed.package !== undefined) packages.push(changed.package)
    if (changed.note !== undefined) notes.push(changed.note)
    if (changed.to !== undefined && changed.to !== literal.text) {
      const quote = literal.getText()[0]!
      edits.push({ start: literal.getStart(), end: literal.getEnd(), text: `${quote}${changed.to}${quote}` })
    }
  }
  return { edits, packages, notes }
}

/** Writes the name of a module as Node knows it. */
export function changeModule(
  name: string,
  toNotebook: string,
): { readonly to?: string; readonly package?: string; readonly note?: string } {
  const [, kind, scoped, version, rest = ''] =
    /^(npm|jsr):\/?((?:@[^/@]+\/)?[^/@]+)(?:@([^/]+))?(\/.*)?$/.exec(name) ?? []
  const wanted = version === undefined ? scoped : `${scoped}@${version}`
  if (kind === 'npm') return { to: `${scoped}${rest}`, package: wanted }
  if (kind === 'jsr')
    return {
      to: `${scoped}${rest}`,
      note: `Cannot install \`${wanted}\` by npm alone: run \`npx jsr add ${wanted}\``,
    }
  if (/^https?:/.test(name))
    return { note: `Cannot import \`${name}\`, a build fetches nothing: install its package and import that` }
  if (!/^\.{1,2}\//.test(name) || toNotebook === '') return {}
  const path = posix.join(toNotebook, name)
  return { to: path.startsWith('.') ? path : `./${path}` }
}

// In `import ... from`, `export ... from`, `import()` and types.
function modulesIn(file: ts.SourceFile, compiler: typeof ts): ts.StringLiteralLike[] {
  const found: ts.StringLiteralLike[] = []
  const take = (node: ts.Node | undefined) => {
    if (node && compiler.isStringLiteralLike(node)) found.push(node)
  }
  const visit = (node: ts.Node) => {
    if (compiler.isImportDeclaration(node) || compiler.isExportDeclaration(node)) take(node.moduleSpecifier)
    if (compiler.isCallExpression(node) && node.expression.kind === compiler.SyntaxKind.ImportKeyword)
      take(node.arguments[0])
    if (compiler.isImportTypeNode(node) && compiler.isLiteralTypeNode(node.argument))
      take(node.argument.literal)
    compiler.forEachChild(node, visit)
  }
  visit(file)
  return found
}
