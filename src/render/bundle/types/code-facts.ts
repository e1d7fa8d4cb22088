import type ts from 'typescript'
import type { TypedCell } from './typed-source.ts'

// Remembers what was made of the keys of the last round, and forgets what that round did not ask for.
class RoundMemory<Value> {
  #last = new Map<string, Value>()
  #current = new Map<string, Value>()

  /** Begins a round. */
  next(): void {
    this.#last = this.#current
    this.#current = new Map()
  }

  get(key: string, make: () => Value): Value {
    const value = this.#current.get(key) ?? this.#last.get(key) ?? make()
    this.#current.set(key, value)
    return value
  }
}

/** What the code of cells and values says by itself, remembered from one version of a report to the next. */
export class CodeFacts {
  readonly #compiler: typeof ts
  readonly #exported = new RoundMemory<readonly string[]>()
  readonly #present = new RoundMemory<ReadonlyMap<number, string>>()

  constructor(compiler: typeof ts) {
    this.#compiler = compiler
  }

  /** Begins a version of the report. */
  next(): void {
    this.#exported.next()
    this.#present.next()
  }

  /** Lists the names of values that a cell exports, without `default`. */
  exportedNames(cell: TypedCell): readonly string[] {
    return this.#exported.get(`${cell.lang} ${cell.source}`, () => exportedNames(cell, this.#compiler))
  }

  /**
   * Finds where a value reads an element that may be absent: the scope of values refuses an absent one as it is read,
   * so there it is sure to be present. Gives what to put in: offset -> `!`.
   */
  surelyPresent(source: string): ReadonlyMap<number, string> {
    return this.#present.get(source, () => surelyPresent(source, this.#compiler))
  }
}

function exportedNames({ source, lang }: TypedCell, compiler: typeof ts): string[] {
  const file = parse(source, `cell.${lang}`, compiler)
  return file.statements
    .flatMap((statement) => namesOf(statement, compiler))
    .filter((name) => name !== 'default')
}

function namesOf(statement: ts.Statement, compiler: typeof ts): string[] {
  const { SyntaxKind } = compiler
  if (compiler.isExportDeclaration(statement)) {
    const { exportClause: clause, isTypeOnly } = statement
    if (isTypeOnly || clause === undefined) return []
    if (compiler.isNamespaceExport(clause)) return [clause.name.text]
    return clause.elements.filter((element) => !element.isTypeOnly).map(({ name }) => name.text)
  }
  const modifiers = compiler.canHaveModifiers(statement) ? (compiler.getModifiers(statement) ?? []) : []
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind)
  if (!has(SyntaxKind.ExportKeyword) || has(SyntaxKind.DefaultKeyword)) return []
  if (compiler.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => bound(name, compiler))
  const isValue =
    compiler.isFunctionDeclaration(statement) ||
    compiler.isClassDeclaration(statement) ||
    compiler.isEnumDeclaration(statement)
  return isValue && statement.name ? [statement.name.text] : []
}

function bound(name: ts.BindingName, compiler: typeof ts): string[] {
  if (compiler.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((element) =>
    compiler.isOmittedExpression(element) ? [] : bound(element.name, compiler),
  )
}

const finders = ['at', 'find', 'findLast', 'pop', 'shift', 'get']

function surelyPresent(source: string, compiler: typeof ts): ReadonlyMap<number, string> {
  const before = '(\n'
  const file = parse(`${before}${source}\n)`, 'value.ts', compiler)
  const found = new Map<number, string>()
  const visit = (node: ts.Node): void => {
    if (isRead(node, compiler)) found.set(node.end - before.length, '!')
    compiler.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function isRead(node: ts.Node, compiler: typeof ts): boolean {
  const { parent } = node
  // A chain and an alternative handle absence themselves; `!` is there already; a target is no read.
  if (
    compiler.isNonNullExpression(parent ?? node) ||
    compiler.isOptionalChain(parent ?? node) ||
    (parent && compiler.isBinaryExpression(parent) && isHandled(parent, node, compiler))
  )
    return false
  if (compiler.isElementAccessExpression(node))
    return !node.questionDotToken && !compiler.isOptionalChain(node)
  if (!compiler.isCallExpression(node) || !compiler.isPropertyAccessExpression(node.expression)) return false
  return !compiler.isOptionalChain(node) && finders.includes(node.expression.name.text)
}

function isHandled(
  { left, operatorToken }: ts.BinaryExpression,
  node: ts.Node,
  compiler: typeof ts,
): boolean {
  const { SyntaxKind } = compiler
  const { kind } = operatorToken
  return (
    left === node &&
    (kind === SyntaxKind.QuestionQuestionToken ||
      kind === SyntaxKind.BarBarToken ||
      (kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment))
  )
}

function parse(source: string, name: string, compiler: typeof ts): ts.SourceFile {
  return compiler.createSourceFile(name, source, compiler.ScriptTarget.Latest, true)
}
