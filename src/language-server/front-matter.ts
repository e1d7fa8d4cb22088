import {
  type CompletionItem,
  CompletionItemKind,
  type Hover,
  type Position,
} from 'vscode-languageserver/node.js'
import {
  chapterFrontSchema,
  frontMatterSchema,
  type JsonSchema,
} from '../render/syntax/front-matter/json-schema.ts'
import { frontMatterBlock } from '../render/syntax/front-matter.ts'

/** A position in the front matter of a text. */
interface FrontPlace {
  readonly lines: readonly string[]
  readonly line: number
  readonly character: number
  readonly schema: JsonSchema
}

const schemas = { report: frontMatterSchema, chapter: chapterFrontSchema }

/**
 * Finds the front matter at a position of a text; undefined if there is none.
 *
 * @param kind whether the text is a report or one of its chapters
 */
export function frontPlace(
  text: string,
  { line, character }: Position,
  kind: keyof typeof schemas,
): FrontPlace | undefined {
  const plain = text.replace(/\r\n?/g, '\n')
  const lines = plain.split('\n')
  // While it is written, its last line may be missing.
  const block = frontMatterBlock(plain)
  const end = block
    ? block.source.split('\n').length
    : lines.findIndex((one, index) => index > 0 && one === '')
  if (!/^---[ \t]*$/.test(lines[0]!) || line < 1 || line > end) return undefined
  return { lines, line, character, schema: schemas[kind]() }
}

/** Proposes members, and the words that a member may have. */
export function completeFront(place: FrontPlace): CompletionItem[] {
  const { lines, line, character, schema } = place
  const before = lines[line]!.slice(0, character)
  const [, key] = /^\s*(?:- )*([\w-]+):\s+[\w-]*$/.exec(before) ?? []
  if (key !== undefined) return valuesOf(membersOf(below(schema, pathAt(place)))[key])
  if (!/^\s*(?:- )*[\w-]*$/.test(before)) return []
  const range = {
    start: { line, character: character - /[\w-]*$/.exec(before)![0].length },
    end: { line, character },
  }
  const present = besides(place)
  return Object.entries(membersOf(below(schema, pathAt(place))))
    .filter(([name]) => !present.includes(name))
    .map(([label, member]) => ({
      label,
      kind: CompletionItemKind.Property,
      detail: formOf(member),
      documentation: { kind: 'markdown', value: member.description ?? '' },
      textEdit: { range, newText: `${label}: ` },
    }))
}

/** Says what the member at a position is. */
export function describeFront(place: FrontPlace): Hover | undefined {
  const { lines, line, character, schema } = place
  const [, before, key] = /^(\s*(?:- )*)([\w-]+):/.exec(lines[line]!) ?? []
  if (key === undefined || character < before!.length || character > before!.length + key.length)
    return undefined
  const member = membersOf(below(schema, pathAt(place)))[key]
  if (member?.description === undefined) return undefined
  const { default: usual } = member
  const isUseful = usual !== undefined && typeof usual !== 'object'
  return {
    contents: {
      kind: 'markdown',
      value: `${member.description}${isUseful ? `\n\nDefault: \`${usual}\`.` : ''}`,
    },
    range: {
      start: { line, character: before!.length },
      end: { line, character: before!.length + key.length },
    },
  }
}

/** All schemas that a value may follow. */
function formsOf(schema: JsonSchema | undefined): readonly JsonSchema[] {
  if (!schema) return []
  const others = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])]
  return [schema, ...others.flatMap(formsOf)]
}

function membersOf(schemas: readonly JsonSchema[]): { readonly [name: string]: JsonSchema } {
  return Object.assign({}, ...schemas.map(({ properties }) => properties ?? {}))
}

function below(schema: JsonSchema, path: readonly string[]): readonly JsonSchema[] {
  return path.reduce((schemas, key) => formsOf(membersOf(schemas)[key]), formsOf(schema))
}

function valuesOf(member: JsonSchema | undefined): CompletionItem[] {
  const values = formsOf(member).flatMap(({ type, enum: words = [], const: word }) => [
    ...(type === 'boolean' ? [true, false] : []),
    ...words,
    ...(word === undefined ? [] : [word]),
  ])
  return [...new Set(values)].map((value) => ({ label: String(value), kind: CompletionItemKind.Value }))
}

function formOf(member: JsonSchema): string {
  const forms = formsOf(member).flatMap(({ type, enum: words, const: word }) => {
    if (words) return words.map(String)
    if (word !== undefined) return [String(word)]
    return type === undefined ? [] : [type]
  })
  return [...new Set(forms)].join(' | ')
}

// A hyphen of a list indents what follows it.
function indentOf(line: string): number {
  return /^\s*(?:- )*/.exec(line)![0].length
}

function keyOf(line: string): string | undefined {
  return /^\s*(?:- )*([\w-]+):/.exec(line)?.[1]
}

// The members round a position, the outermost first.
function pathAt({ lines, line }: FrontPlace): string[] {
  const path: string[] = []
  let indent = indentOf(lines[line]!)
  for (let index = line - 1; index > 0 && indent > 0; index--) {
    const text = lines[index]!
    const key = keyOf(text)
    if (text.trim() === '' || indentOf(text) >= indent) continue
    if (key !== undefined) path.unshift(key)
    indent = /^\s*/.exec(text)![0].length
    // A list may stand at the indentation of its member.
    if (/^\s*- /.test(text)) indent += 1
  }
  return path
}

// The members that stand beside the one at a position.
function besides(place: FrontPlace): string[] {
  const { lines, line } = place
  const indent = indentOf(lines[line]!)
  const found: string[] = []
  for (const step of [-1, 1])
    for (
      let index = line + step;
      index > 0 && index < lines.length && !/^---/.test(lines[index]!);
      index += step
    ) {
      const text = lines[index]!
      const isNext = /^\s*- /.test(text)
      if (text.trim() !== '' && indentOf(text) < indent) break
      if (step > 0 && isNext && indentOf(text) === indent) break
      const key = keyOf(text)
      if (key !== undefined && indentOf(text) === indent) found.push(key)
      if (step < 0 && isNext && indentOf(text) === indent) break
    }
  return found
}
