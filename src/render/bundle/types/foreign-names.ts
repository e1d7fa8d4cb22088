import type ts from 'typescript'
import { plainGlobals } from '../../output/prelude.ts'
import type { FaultInModule } from './typed-source.ts'

/**
 * Finds names in values and claims that TypeScript knows from browsers and from Node, and that no value may use. They
 * are known by their symbols, so a local variable of that name is right.
 */
export function foreignNames(file: ts.SourceFile, program: ts.Program, compiler: typeof ts): FaultInModule[] {
  const checker = program.getTypeChecker()
  const found: FaultInModule[] = []
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node) && !plainGlobals.has(node.text) && node.text !== 'Math') {
      const isMember = compiler.isPropertyAccessExpression(node.parent) && node.parent.name === node
      const isName = !isMember && !compiler.isPartOfTypeNode(node)
      if (isName && isForeign(checker.getSymbolAtLocation(node), compiler))
        found.push({
          start: node.getStart(file),
          length: node.text.length,
          reason: `Unexpected \`${node.text}\` in a value, expected an export of a cell, params or a formatter`,
        })
    }
    compiler.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function isForeign(symbol: ts.Symbol | undefined, compiler: typeof ts): boolean {
  const declarations = symbol?.declarations ?? []
  return (
    declarations.length > 0 &&
    declarations.every(
      (one) =>
        one.getSourceFile().isDeclarationFile &&
        (compiler.isVariableDeclaration(one) || compiler.isFunctionDeclaration(one)),
    )
  )
}
