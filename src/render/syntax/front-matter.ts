import type { Point } from 'unist'
import type { VFile } from 'vfile'
import type { Document } from 'yaml'
import { z } from 'zod'
import { found } from '../model/found.ts'
import { fail } from '../model/messages.ts'
import { suggestion } from '../model/nearest.ts'
import type { FrontMatter, Json } from '../model/types.ts'
import { readYaml } from './read-yaml.ts'

const param = z.string().regex(/^[A-Za-z_$][\w$]*$/, 'expected a name that can stand in an expression')
const list = z.union([z.string().transform((text) => [text]), z.array(z.string())])

const schema = z.strictObject({
  title: z.string().min(1),
  subtitle: z.string().optional(),
  author: list.default([]),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a day such as 2026-11-30')
    .optional(),
  lang: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/, 'expected a language tag such as en or de-CH')
    .default('en'),
  bibliography: list.optional(),
  csl: z.string().optional(),
  contents: z.boolean().default(false),
  chapters: z.array(z.string()).default([]),
  split: z.literal('chapters').optional(),
  html: z.literal('trusted').optional(),
  echo: z.enum(['show', 'fold', 'hide']).default('fold'),
  params: z.record(z.string(), z.record(param, z.json())).default({}),
})

/** The front matter of a Markdown file that has none, and is no report by itself. */
export const plainFront: FrontMatter = {
  title: '',
  author: [],
  lang: 'en',
  contents: false,
  chapters: [],
  echo: 'fold',
  params: {},
}

interface Block {
  /** YAML between the fences. */
  readonly source: string
  /** Line of the opening fence, from 1. */
  readonly line: number
}

/** Finds the YAML block at the very start of a Markdown text. */
export function frontMatterBlock(text: string): Block | undefined {
  const match = /^---[ \t]*\n(?:([\s\S]*?)\n)??---[ \t]*(?:\n|$)/.exec(text)
  return match ? { source: match[1] ?? '', line: 1 } : undefined
}

/**
 * Reads the front matter of report.md. Reports `front-matter-holds` at the line and column of each error, and then
 * returns undefined.
 */
export function readFrontMatter(file: VFile): FrontMatter | undefined {
  const block = frontMatterBlock(String(file))
  if (!block) {
    fail(
      file,
      'front-matter-holds',
      'Cannot find the front matter, expected `---` on the first line and a `title`, found none',
      {
        line: 1,
        column: 1,
      },
    )
    return undefined
  }
  try {
    return readBlock(file, block)
  } catch (cause) {
    // Nested lists may overflow the stack.
    const reason = `Cannot read the YAML, ${(cause as Error).message}`
    fail(file, 'front-matter-holds', reason, { line: 1, column: 1 }, { cause })
    return undefined
  }
}

// One mistake can cause thousands of errors.
const mostErrors = 20

// A preview reads the same front matter again and again; one with a fault is read anew, to tell of it.
let last: { readonly source: string; readonly front: FrontMatter } | undefined

function readBlock(file: VFile, block: Block): FrontMatter | undefined {
  const { source } = block
  const front = last?.source === source ? last.front : readAnew(file, block)
  if (front) last = { source, front }
  return front
}

function readAnew(file: VFile, block: Block): FrontMatter | undefined {
  const { document, errors, pointAt, toJs } = readYaml(block.source, block.line)
  for (const { message, offset } of errors.slice(0, mostErrors))
    fail(file, 'front-matter-holds', `Cannot read the YAML, ${message}`, pointAt(offset))
  if (errors.length > 0) return undefined
  const data: unknown = toJs() ?? {}
  const parsed = schema.safeParse(data)
  if (parsed.success) return complete(parsed.data)
  for (const { path, reason } of parsed.error.issues.flatMap((issue) => explain(issue, data)))
    fail(file, 'front-matter-holds', reason, pointAt(offsetOf(document, path)))
  return undefined
}

function explain(issue: z.core.$ZodIssue, data: unknown): { path: PropertyKey[]; reason: string }[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      reason: `Unexpected \`${key}\`, ${wantedFor(key)}`,
    }))
  const name = path.join('.') || 'front matter'
  if (issue.code === 'invalid_key')
    return [{ path, reason: `Unexpected \`${name}\`, ${issue.issues[0]!.message}` }]
  const [member = ''] = path
  const wanted = Object.hasOwn(allowed, member)
    ? allowed[member as Member]
    : 'members such as `title: A title`'
  const value = path.reduce<unknown>((parent, key) => (parent as Record<PropertyKey, unknown>)?.[key], data)
  return [
    {
      path,
      reason: `Unexpected \`${name}\`, expected ${wanted}, found ${value === undefined ? 'none' : found(value)}`,
    },
  ]
}

type Member = keyof typeof schema.shape

const allowed: { readonly [name in Member]: string } = {
  title: 'text, in quotes if it looks like a number: `title: "2024"`',
  subtitle: 'text, in quotes if it looks like a number',
  author: 'a name or a list of names: `author: [A. Student, B. Student]`',
  date: 'a day such as 2026-11-30',
  lang: 'a language tag such as en or de-CH',
  bibliography: 'a BibTeX file, or a list of them',
  csl: 'a CSL file',
  contents: 'true or false',
  chapters: 'a list of Markdown files: `chapters: [intro.md, method.md]`',
  split: '`chapters` for one HTML page a chapter, or nothing',
  html: '`trusted`, or nothing',
  echo: 'show, fold or hide',
  params: 'constants in a profile: `params: { full: { epochs: 40 } }`',
}

// What other tools call these members.
const otherNames: { readonly [name: string]: Member } = {
  toc: 'contents',
  'table-of-contents': 'contents',
  tableofcontents: 'contents',
  byline: 'author',
  creator: 'author',
  language: 'lang',
  locale: 'lang',
  bib: 'bibliography',
  references: 'bibliography',
  'citation-style': 'csl',
  files: 'chapters',
  pages: 'chapters',
  parameters: 'params',
  variables: 'params',
}

function wantedFor(key: string): string {
  const names = Object.keys(allowed)
  if (/^(?:abstract|summary|description)$/i.test(key))
    return 'expected the abstract as the text of report.md before its first heading'
  const other = otherNames[key.toLowerCase()]
  const near = other === undefined ? suggestion(key, names) : `: did you mean \`${other}\`?`
  return `expected one of ${names.join(', ')}${near}`
}

/** Finds where the front matter names a chapter. */
export function placeOfChapter(file: VFile, index: number): Point {
  return placeOfMember(file, ['chapters', index])
}

/** Finds a member of the front matter. */
export function placeOfMember(file: VFile, path: readonly PropertyKey[]): Point {
  const { source, line } = frontMatterBlock(String(file))!
  const { document, pointAt } = readYaml(source, line)
  return pointAt(offsetOf(document, path))
}

function complete(data: z.infer<typeof schema>): FrontMatter {
  return { ...data, params: data.params as { [profile: string]: { [name: string]: Json } } }
}

// The offset of a member's key, or of its nearest existing parent.
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true) ?? document.contents
    const key = path[length - 1]
    const items = (parent as { items?: unknown[] } | null)?.items ?? []
    const pair = items.find((item) => (item as { key?: { value?: unknown } }).key?.value === key)
    const node =
      (pair as { key?: { range?: number[] } } | undefined)?.key ?? document.getIn(path.slice(0, length), true)
    const range = (node as { range?: number[] } | undefined)?.range
    if (range) return range[0]!
  }
  return 0
}
