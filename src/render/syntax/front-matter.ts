import type { Point } from 'unist'
import type { VFile } from 'vfile'
import type { Document } from 'yaml'
import { z } from 'zod'
import { fail } from '../model/messages.ts'
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
  html: z.literal('trusted').optional(),
  echo: z.enum(['show', 'fold', 'hide']).default('fold'),
  params: z.record(z.string(), z.record(param, z.json())).default({}),
})

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

function readBlock(file: VFile, block: Block): FrontMatter | undefined {
  const { document, errors, pointAt, toJs } = readYaml(block.source, block.line)
  for (const { message, offset } of errors.slice(0, mostErrors))
    fail(file, 'front-matter-holds', `Cannot read the YAML, ${message}`, pointAt(offset))
  if (errors.length > 0) return undefined
  const parsed = schema.safeParse(toJs() ?? {})
  if (parsed.success) return complete(parsed.data)
  for (const { path, reason } of parsed.error.issues.flatMap(explain))
    fail(file, 'front-matter-holds', reason, pointAt(offsetOf(document, path)))
  return undefined
}

function explain(issue: z.core.$ZodIssue): { path: PropertyKey[]; reason: string }[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      reason: `Unexpected \`${[...issue.path, key].join('.')}\`, expected one of ${Object.keys(schema.shape).join(', ')}`,
    }))
  const message = issue.code === 'invalid_key' ? issue.issues[0]!.message : issue.message
  const name = issue.path.join('.') || 'front matter'
  return [
    {
      path: issue.path,
      reason: `Unexpected \`${name}\`, ${message.replace(/^Invalid (input|option): /, '')}`,
    },
  ]
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
