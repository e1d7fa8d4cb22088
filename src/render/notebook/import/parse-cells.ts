import type ts from 'typescript'

/** Code of a notebook that is to become a cell. */
export interface GivenCode {
  readonly number: number
  readonly lang: 'ts' | 'js'
  readonly code: string
}

/** A cell of a notebook with its syntax tree. */
export interface ParsedCell {
  readonly number: number
  readonly lang: 'ts' | 'tsx' | 'js' | 'jsx'
  readonly code: string
  readonly file: ts.SourceFile
  /** The names that it declares at its top. */
  readonly declares: ReadonlyMap<string, Declared>
  /** The places of names that it does not declare itself. */
  readonly free: readonly ts.Identifier[]
}

/** A name that a cell declares at its top. */
export interface Declared {
  readonly statements: readonly ts.Statement[]
  /** All places of the name in its cell, that of its declaration too. */
  readonly places: readonly ts.Identifier[]
  readonly isExported: boolean
}

/** Code that cannot be parsed. */
export interface ParseFault {
  readonly number: number
  /** In the cell. */
  readonly line: number
  readonly reason: string
}

/** What a parser of cells gives. */
export interface ParsedCells {
  readonly cells: readonly ParsedCell[]
  readonly faults: readonly ParseFault[]
}

/** Parses the cells of a notebook, each as a module of its own, and finds which names each of them declares and lacks. */
export function parseCells(given: readonly GivenCode[], compiler: typeof ts): ParsedCells {
  const read = given.map((cell) => ({ ...cell, ...languageOf(cell, compiler) }))
  const faults = read.flatMap(({ number, fault }) => (fault ? [{ number, ...fault }] : []))
  const good = read.filter(({ fault }) => fault === undefined)
  const texts = new Map(good.map(({ number, lang, code }) => [`/cell-${number}.${lang}`, code]))
  const program = programOf(texts, compiler)
  const checker = program.getTypeChecker()
  const cells = good.map(({ number, lang, code }) => {
    const file = program.getSourceFile(`/cell-${number}.${lang}`)!
    return { number, lang, code, file, ...namesIn(file, checker, compiler) }
  })
  return { cells, faults }
}

// Markup in TypeScript is rare, and makes some casts ambiguous.
function languageOf(
  { code, lang }: GivenCode,
  compiler: typeof ts,
): { readonly lang: ParsedCell['lang']; readonly fault?: Omit<ParseFault, 'number'> } {
  const first = faultIn(code, lang, compiler)
  if (first === undefined) return { lang }
  const markup = `${lang}x` as const
  return faultIn(code, markup, compiler) === undefined ? { lang: markup } : { lang, fault: first }
}

function faultIn(code: string, lang: string, compiler: typeof ts): Omit<ParseFault, 'number'> | undefined {
  const { ESNext } = compiler.ScriptTarget
  const { diagnostics = [] } = compiler.transpileModule(code, {
    fileName: `/cell.${lang}`,
    reportDiagnostics: true,
    compilerOptions: { target: ESNext, module: compiler.ModuleKind.ESNext, allowJs: true },
  })
  const [first] = diagnostics.filter(({ category }) => category === compiler.DiagnosticCategory.Error)
  if (first === undefined) return undefined
  const line = code.slice(0, first.start ?? 0).split('\n').length
  return { line, reason: compiler.flattenDiagnosticMessageText(first.messageText, ' ') }
}

function programOf(texts: ReadonlyMap<string, string>, compiler: typeof ts): ts.Program {
  const host: ts.CompilerHost = {
    // The options say that each is a module of its own.
    getSourceFile: (name, options) =>
      texts.has(name) ? compiler.createSourceFile(name, texts.get(name)!, options, true) : undefined,
    fileExists: (name) => texts.has(name),
    readFile: (name) => texts.get(name),
    getDefaultLibFileName: () => '',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile() {},
  }
  const options: ts.CompilerOptions = {
    target: compiler.ScriptTarget.ESNext,
    module: compiler.ModuleKind.ESNext,
    moduleDetection: compiler.ModuleDetectionKind.Force,
    jsx: compiler.JsxEmit.Preserve,
    allowJs: true,
    noLib: true,
    noResolve: true,
    types: [],
  }
  return compiler.createProgram([...texts.keys()], options, host)
}

function namesIn(file: ts.SourceFile, checker: ts.TypeChecker, compiler: typeof ts) {
  const top = new Map<ts.Symbol, { name: string; statements: Set<ts.Statement>; places: ts.Identifier[] }>()
  for (const statement of file.statements)
    for (const name of declaredBy(statement, compiler)) {
      const symbol = checker.getSymbolAtLocation(name)
      if (symbol === undefined) continue
      const found = top.get(symbol) ?? { name: name.text, statements: new Set(), places: [] }
      found.statements.add(statement)
      top.set(symbol, found)
    }
  const free: ts.Identifier[] = []
  for (const identifier of identifiersIn(file, compiler)) {
    const symbol = symbolOf(identifier, checker, compiler)
    const own = symbol && top.get(symbol)
    if (own) own.places.push(identifier)
    else if (!symbol?.declarations?.length && isReference(identifier, compiler)) free.push(identifier)
  }
  const declares = new Map(
    [...top.values()].map(({ name, statements, places }) => [
      name,
      {
        statements: [...statements],
        places,
        isExported: [...statements].some((one) => isExported(one, compiler)),
      },
    ]),
  )
  return { declares, free }
}

function declaredBy(statement: ts.Statement, compiler: typeof ts): ts.Identifier[] {
  if (compiler.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name, compiler))
  if (compiler.isImportDeclaration(statement)) return importedBy(statement, compiler)
  const isNamed =
    compiler.isFunctionDeclaration(statement) ||
    compiler.isClassDeclaration(statement) ||
    compiler.isInterfaceDeclaration(statement) ||
    compiler.isTypeAliasDeclaration(statement) ||
    compiler.isEnumDeclaration(statement) ||
    compiler.isModuleDeclaration(statement)
  return isNamed && statement.name && compiler.isIdentifier(statement.name) ? [statement.name] : []
}

function boundBy(name: ts.BindingName, compiler: typeof ts): ts.Identifier[] {
  if (compiler.isIdentifier(name)) return [name]
  return name.elements.flatMap((element) =>
    compiler.isOmittedExpression(element) ? [] : boundBy(element.name, compiler),
  )
}

function importedBy({ importClause }: ts.ImportDeclaration, compiler: typeof ts): ts.Identifier[] {
  const named = importClause?.namedBindings
  const names =
    named === undefined
      ? []
      : compiler.isNamespaceImport(named)
        ? [named.name]
        : named.elements.map(({ name }) => name)
  return [...(importClause?.name ? [importClause.name] : []), ...names]
}

function isExported(statement: ts.Statement, compiler: typeof ts): boolean {
  const modifiers = compiler.canHaveModifiers(statement) ? (compiler.getModifiers(statement) ?? []) : []
  return modifiers.some(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword)
}

function identifiersIn(root: ts.Node, compiler: typeof ts): ts.Identifier[] {
  const found: ts.Identifier[] = []
  const visit = (node: ts.Node) => {
    if (compiler.isIdentifier(node)) found.push(node)
    else compiler.forEachChild(node, visit)
  }
  visit(root)
  return found
}

function symbolOf(
  identifier: ts.Identifier,
  checker: ts.TypeChecker,
  compiler: typeof ts,
): ts.Symbol | undefined {
  const { parent } = identifier
  if (compiler.isShorthandPropertyAssignment(parent) && parent.name === identifier)
    return checker.getShorthandAssignmentValueSymbol(parent)
  if (compiler.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent)
  return checker.getSymbolAtLocation(identifier)
}

// Not the name of a member, of an attribute of markup, or of a label.
function isReference(identifier: ts.Identifier, compiler: typeof ts): boolean {
  const { parent } = identifier
  if (compiler.isPropertyAccessExpression(parent)) return parent.name !== identifier
  if (compiler.isQualifiedName(parent)) return parent.right !== identifier
  if (compiler.isPropertyAssignment(parent) || compiler.isJsxAttribute(parent))
    return parent.name !== identifier
  if (compiler.isBindingElement(parent) || compiler.isImportSpecifier(parent))
    return parent.propertyName !== identifier
  if (compiler.isJsxOpeningLikeElement(parent) || compiler.isJsxClosingElement(parent))
    return !/^[a-z]/.test(identifier.text)
  return !compiler.isLabeledStatement(parent) && !compiler.isBreakOrContinueStatement(parent)
}

/** Says whether an expression assigns: `x = 1`, `x += 1`, `x ??= 1`. */
export function isAssignment(
  { operatorToken: { kind } }: ts.BinaryExpression,
  { SyntaxKind }: typeof ts,
): boolean {
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment
}
