import type ts from 'typescript'
import type { Edit } from './edits.ts'
import { isAssignment, type ParsedCell } from './parse-cells.ts'

/** How a cell shows its last expression, and what else it shows that a report does not. */
export interface ShownValue {
  readonly edits: readonly Edit[]
  readonly notes: readonly string[]
}

/**
 * Makes the last expression of a cell its default export, as a notebook shows it.
 *
 * @param isShown whether the cell is to show anything
 */
export function showLast({ file }: ParsedCell, isShown: boolean, compiler: typeof ts): ShownValue {
  const last = file.statements.at(-1)
  const notes = callNotes(file, last, compiler)
  const hasOwn = file.statements.some(
    (one) =>
      compiler.isExportAssignment(one) ||
      (compiler.canHaveModifiers(one) &&
        compiler.getModifiers(one)?.some(({ kind }) => kind === compiler.SyntaxKind.DefaultKeyword)),
  )
  if (!isShown || hasOwn || !last || !compiler.isExpressionStatement(last)) return { edits: [], notes }
  const made = showOfNotebook(file, last, compiler)
  if (made) return { edits: made, notes }
  const { expression } = last
  if (!isValue(expression, compiler)) return { edits: [], notes }
  const shown = displayed(expression, compiler) ?? expression
  const [start, end] = [expression.getStart(), expression.getEnd()]
  const isList =
    compiler.isBinaryExpression(shown) && shown.operatorToken.kind === compiler.SyntaxKind.CommaToken
  const [open, close] = isList ? ['(', ')'] : ['', '']
  return {
    edits: [
      { start, end: shown.getStart(), text: `export default ${open}` },
      { start: shown.getEnd(), end, text: close },
    ],
    notes,
  }
}

// `weft notebook` writes `export default x` as `const shown = x` and `await show(shown, 'label')`.
function showOfNotebook(
  file: ts.SourceFile,
  { expression }: ts.ExpressionStatement,
  compiler: typeof ts,
): Edit[] | undefined {
  const before = file.statements.at(-2)
  const call = compiler.isAwaitExpression(expression) ? expression.expression : undefined
  if (!before || !call || !compiler.isCallExpression(call) || call.expression.getText() !== 'show')
    return undefined
  if (!compiler.isVariableStatement(before)) return undefined
  const [{ name, initializer } = {}] = before.declarationList.declarations
  if (!initializer || name?.getText() !== call.arguments[0]?.getText()) return undefined
  return [
    { start: before.getStart(), end: initializer.getStart(), text: 'export default ' },
    { start: before.getEnd(), end: expression.parent.getEnd(), text: '' },
  ]
}

// What is assigned, counted or printed is done for what it changes.
function isValue(expression: ts.Expression, compiler: typeof ts): boolean {
  if (compiler.isBinaryExpression(expression)) return !isAssignment(expression, compiler)
  if (compiler.isPostfixUnaryExpression(expression)) return false
  if (compiler.isDeleteExpression(expression) || compiler.isVoidExpression(expression)) return false
  return !isPrinting(expression, compiler)
}

function isPrinting(node: ts.Node, compiler: typeof ts): boolean {
  return compiler.isCallExpression(node) && /^console\.\w+$/.test(node.expression.getText())
}

const displays = /^(?:Deno\.jupyter\.)?display$/

// `await Deno.jupyter.display(x)` shows x.
function displayed(expression: ts.Expression, compiler: typeof ts): ts.Expression | undefined {
  const call = compiler.isAwaitExpression(expression) ? expression.expression : expression
  return compiler.isCallExpression(call) && displays.test(call.expression.getText())
    ? call.arguments[0]
    : undefined
}

function callNotes(file: ts.SourceFile, last: ts.Statement | undefined, compiler: typeof ts): string[] {
  const notes = new Set<string>()
  const visit = (node: ts.Node) => {
    if (isPrinting(node, compiler))
      notes.add(
        'Cannot show what `console` prints, a build shows it on the console: write a value in a sentence instead',
      )
    const isCall = compiler.isCallExpression(node)
    if (isCall && /^tslab\./.test(node.expression.getText()))
      notes.add(`Cannot call \`${node.expression.getText()}\`: make what it shows the default export`)
    if (isCall && node.expression.getText() === 'require')
      notes.add('Cannot call `require` in a cell: write `import`')
    const isLast = last !== undefined && node.getStart() >= last.getStart()
    if (isCall && displays.test(node.expression.getText()) && !isLast)
      notes.add(
        'Cannot show in the middle of a cell: collect what it shows in a list, and make that the default export',
      )
    if (compiler.isPropertyAccessExpression(node) && node.expression.getText() === 'Deno') {
      const isDisplay =
        node.name.text === 'jupyter' && isLast && /^(?:await )?Deno\.jupyter\.display\(/.test(last.getText())
      if (!isDisplay)
        notes.add(
          `Cannot use \`Deno.${node.name.text}\`, a build runs in Node: write what \`node:fs\`, \`node:process\` or a library has for it`,
        )
    }
    compiler.forEachChild(node, visit)
  }
  visit(file)
  return [...notes]
}
