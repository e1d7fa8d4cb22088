import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const home = fileURLToPath(new URL('../..', import.meta.url))

/** Entries of the package that a report imports, with a sentence on each. */
const entries: { readonly [name: string]: string } = {
  'weft/output': 'What cells show.',
  'weft/charts': 'Charts for common cases.',
  'weft/document': 'Exports nothing: `import` it, and D3 or Observable Plot have a `document` to draw in.',
  'weft/experiment': 'Experiments, jobs and seeds.',
  'weft/data': 'Data sets.',
  'weft/graph': 'Static graphs, with symbolic gradients.',
  'weft/keras': "Models of TensorFlow.js' Layers API.",
}

interface Declared {
  readonly name: string
  readonly doc: string
  readonly signature: string
  readonly isType: boolean
}

/** Writes the chapter on functions: what each entry exports, with its docstring and its signature. */
export function apiEntries(): string {
  const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  return Object.entries(entries)
    .map(([name, words]) => {
      const source = join(home, exports[`./${name.slice(5)}`].source)
      const found = exportsOf(source).toSorted((one, other) => Number(one.isType) - Number(other.isType))
      return [`## ${name}`, words, ...found.map(entryOf)].join('\n\n')
    })
    .join('\n\n')
}

function entryOf({ name, doc, signature }: Declared): string {
  return [`### ${name}`, textOf(doc), `~~~ts\n${signature}\n~~~`].filter(Boolean).join('\n\n')
}

// What a docstring says is text: a brace, an at sign or a colon in it has no other meaning.
function textOf(doc: string): string {
  const [main = '', ...params] = doc.split(/\n(?=@)/)
  const list = params.map(
    (param) => `- ${escaped(param.replace(/^@param (\S+)/, '`$1`').replace(/^@throws/, 'Throws'))}`,
  )
  return [escaped(main), list.join('\n')].filter(Boolean).join('\n\n')
}

function escaped(text: string): string {
  const parts = text.replace(/\n(?!\n)/g, ' ').split(/(`[^`]*`)/)
  return parts
    .map((part, index) => (index % 2 === 0 ? part.replace(/[@:{}[\]<>*_$~^|=]/g, '\\$&') : part))
    .join('')
}

function exportsOf(path: string, wanted?: string): Declared[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return reExported(statement, path, wanted)
    if (!isExported(statement)) return []
    return declared(statement).filter(({ name }) => wanted === undefined || name === wanted)
  })
}

function reExported(statement: ts.ExportDeclaration, path: string, wanted: string | undefined): Declared[] {
  const from = statement.moduleSpecifier
  if (!from || !ts.isStringLiteral(from)) return []
  const target = join(dirname(path), from.text)
  if (!existsSync(target)) return []
  if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) return exportsOf(target, wanted)
  return statement.exportClause.elements
    .filter((element) => wanted === undefined || element.name.text === wanted)
    .flatMap((element) =>
      exportsOf(target, (element.propertyName ?? element.name).text)
        .slice(0, 1)
        .map((one) => ({ ...one, name: element.name.text })),
    )
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
}

function declared(statement: ts.Statement): Declared[] {
  const doc = docOf(statement)
  if (ts.isFunctionDeclaration(statement) && statement.name)
    return [{ name: statement.name.text, doc, signature: withoutBody(statement), isType: false }]
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return [{ name: statement.name.text, doc, signature: plain(statement.getText()), isType: true }]
  if (ts.isClassDeclaration(statement) && statement.name)
    return [{ name: statement.name.text, doc, signature: `class ${statement.name.text}`, isType: false }]
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.map((one) => ({
    name: one.name.getText(),
    doc,
    signature: `const ${one.name.getText()}${one.type ? `: ${one.type.getText()}` : signatureOf(one.initializer)}`,
    isType: false,
  }))
}

function signatureOf(value: ts.Expression | undefined): string {
  if (!value || !ts.isArrowFunction(value)) return ''
  const parameters = value.parameters.map((parameter) => parameter.getText()).join(', ')
  return ` = (${parameters}) => ${value.type?.getText() ?? '...'}`
}

function withoutBody(declaration: ts.FunctionDeclaration): string {
  const text = declaration.getText()
  const body = declaration.body?.getText() ?? ''
  return plain(text.slice(0, text.length - body.length).trim())
}

function plain(text: string): string {
  return text.replace(/^export (default )?(async )?/, '')
}

function docOf(statement: ts.Statement): string {
  const text = statement.getFullText()
  const [comment = ''] =
    text.slice(0, statement.getLeadingTriviaWidth()).match(/\/\*\*[\s\S]*?\*\/(?=\s*$)/) ?? []
  return comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()
}
