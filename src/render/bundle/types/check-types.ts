import { relative, sep } from 'node:path'
import type ts from 'typescript'
import type { Point, Position } from 'unist'
import { VFile } from 'vfile'
import { fail } from '../../model/messages.ts'
import { nearest } from '../../model/nearest.ts'
import type { Cell, Expression, ReportTree } from '../../model/types.ts'
import { plainGlobals } from '../../output/prelude.ts'
import { pointInChapter, pointInExpression } from '../point-source.ts'
import { loadTypeScript, openProgram } from './open-program.ts'
import { ownerAt, type VirtualModule } from './virtual-text.ts'
import { isOfValues, type TypedModules, writeModules } from './write-modules.ts'

/**
 * Checks every cell, value and claim of a report as one TypeScript program, with the project's modules that they import.
 * Reports `types-agree` at the place in the Markdown, and gives the other files that have errors. Nothing runs. Throws
 * an Error if TypeScript is not installed.
 */
export async function checkTypes(tree: ReportTree): Promise<readonly VFile[]> {
  const { root } = tree.report
  const compiler = await loadTypeScript(root)
  const typed = writeModules(tree, compiler)
  const program = openProgram(compiler, root, typed.modules)
  for (const module of typed.modules) {
    const file = program.getSourceFile(module.path)!
    for (const found of [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
      report(module, found.start ?? 0, explain(found, typed, compiler), tree)
    if (isOfValues(module)) refuseGlobals(module, file, program, tree, compiler)
  }
  return checkModules(program, typed, root, compiler)
}

function report(module: VirtualModule, start: number, reason: string, { chapters }: ReportTree): void {
  const found = ownerAt(module, start)
  if (!found) throw new Error(`Cannot check types: ${reason}`)
  const { owner, offset } = found
  const { file } = chapters.find((chapter) => chapter.file.path === owner.file)!
  fail(
    file,
    'types-agree',
    reason,
    offset === undefined ? owner.position : placeOf(owner, offset, String(file)),
  )
}

function placeOf(owner: Cell | Expression, offset: number, chapter: string): Point | Position {
  const before = owner.source.slice(0, offset).split('\n')
  const point = { line: before.length, column: before.at(-1)!.length + 1 }
  if (!('label' in owner)) return pointInExpression(point, owner, chapter)
  return pointInChapter({ ...point, line: owner.position.start.line + point.line }, owner, chapter)
}

// Names are searched for among all exports, since a module imports only those that it names.
function explain(found: ts.Diagnostic, { owners }: TypedModules, compiler: typeof ts): string {
  const told = reasonOf(found, compiler)
  if (!unknownNames.includes(found.code) || found.start === undefined) return told
  const unknown = found.file!.text.slice(found.start, found.start + found.length!)
  const owner = owners.get(unknown)
  if (owner)
    return `Cannot find \`${unknown}\`, it is exported by \`#${owner.label}\` below: move \`#${owner.label}\` up`
  const near = nearest(unknown, [...owners.keys(), 'params'])
  if (near === undefined) return told
  const from = owners.get(near)
  const where = from ? ` (exported by \`#${from.label}\`)` : ''
  return `Cannot find name \`${unknown}\`: did you mean \`${near}\`?${where}`
}

// Codes of TypeScript: `Cannot find name`, alone and with a near one.
const unknownNames = [2304, 2552]

function reasonOf({ messageText, code }: ts.Diagnostic, compiler: typeof ts): string {
  const text = compiler.flattenDiagnosticMessageText(messageText, '\n').replace(/'([^'\n]+)'/g, '`$1`')
  return `${text.replace(/\.$/, '')} (TS${code})`
}

// TypeScript knows names of browsers and of Node that no value may use.
function refuseGlobals(
  module: VirtualModule,
  file: ts.SourceFile,
  program: ts.Program,
  tree: ReportTree,
  compiler: typeof ts,
): void {
  const checker = program.getTypeChecker()
  const isOutside = (symbol: ts.Symbol | undefined) =>
    symbol?.declarations?.every(
      (one) =>
        one.getSourceFile().isDeclarationFile &&
        (compiler.isVariableDeclaration(one) || compiler.isFunctionDeclaration(one)),
    ) === true
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node) && !plainGlobals.has(node.text) && node.text !== 'Math') {
      const isMember = compiler.isPropertyAccessExpression(node.parent) && node.parent.name === node
      if (!isMember && !compiler.isPartOfTypeNode(node) && isOutside(checker.getSymbolAtLocation(node)))
        report(
          module,
          node.getStart(file),
          `Unexpected \`${node.text}\` in a value, expected an export of a cell, params or a formatter`,
          tree,
        )
    }
    compiler.forEachChild(node, visit)
  }
  visit(file)
}

// Modules of the project itself; packages and Weft's own code are checked where they are made.
function checkModules(
  program: ts.Program,
  { modules }: TypedModules,
  root: string,
  compiler: typeof ts,
): readonly VFile[] {
  const own = new Set(modules.map(({ path }) => path))
  const files = program
    .getSourceFiles()
    .filter(({ fileName, isDeclarationFile }) => !isDeclarationFile && !own.has(fileName))
    .filter(({ fileName }) => fileName.startsWith(`${root}/`) && !fileName.includes('/node_modules/'))
  return files.flatMap((source) => {
    const errors = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    if (errors.length === 0) return []
    const path = relative(root, source.fileName).split(sep).join('/')
    const file = new VFile({ path, value: source.text })
    for (const found of errors) {
      const { line, character } = source.getLineAndCharacterOfPosition(found.start ?? 0)
      fail(file, 'types-agree', reasonOf(found, compiler), { line: line + 1, column: character + 1 })
    }
    return [file]
  })
}
