import type { Point } from 'unist'
import type { VFile } from 'vfile'
import { type Document, isScalar } from 'yaml'
import { fail } from '../model/messages.ts'
import type { FrontMatter } from '../model/types.ts'
import { explain } from './front-matter/explain.ts'
import { chapterSchema, complete, schema } from './front-matter/schema.ts'
import { translate } from './front-matter/translate.ts'
import { readYaml } from './read-yaml.ts'

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
  const { data, problems, origin } = translate(toJs() ?? {})
  const parsed = schema.safeParse(data)
  const completed = parsed.success ? complete(parsed.data) : undefined
  const faults = parsed.success
    ? completed!.problems
    : parsed.error.issues.flatMap((issue) => explain(issue, data))
  for (const { path, reason } of faults.slice(0, mostErrors))
    fail(file, 'front-matter-holds', reason, pointAt(offsetOf(document, origin(path))))
  for (const { path, reason } of problems)
    fail(file, 'front-matter-holds', reason, pointAt(offsetOf(document, path)))
  return problems.length + faults.length > 0 ? undefined : completed!.front
}

/** Gives the name of the Markdown file that is the abstract; undefined if the front matter holds its text, or none. */
export function abstractFile({ abstract }: Pick<FrontMatter, 'abstract'>): string | undefined {
  return abstract !== undefined && /^\S+\.(?:md|markdown|qmd|txt)$/.test(abstract) ? abstract : undefined
}

/** Lists the Markdown files that the front matter of a text names, also while something else in it is wrong. */
export function filesNamed(text: string): readonly string[] {
  const block = frontMatterBlock(text)
  if (!block) return []
  const { errors, toJs } = readYaml(block.source, block.line)
  // What aliases grow to is known of YAML without errors alone.
  if (errors.length > 0 && block.source.includes('*')) return []
  try {
    const { abstract, chapters } = translate(toJs() ?? {}).data as Readonly<Record<string, unknown>>
    const file = typeof abstract === 'string' ? abstractFile({ abstract }) : undefined
    const named: readonly unknown[] = Array.isArray(chapters) ? chapters : []
    return [file, ...named].filter((name) => typeof name === 'string')
  } catch {
    return []
  }
}

/** Finds where the front matter names a chapter. */
export function placeOfChapter(file: VFile, index: number): Point {
  return placeOfMember(file, ['chapters', index])
}

/** Finds a member of the front matter, by the name that Weft gives it. */
export function placeOfMember(file: VFile, path: readonly PropertyKey[]): Point {
  const { source, line } = frontMatterBlock(String(file))!
  const { document, pointAt, toJs } = readYaml(source, line)
  return pointAt(offsetOf(document, translate(toJs()).origin(path)))
}

/** A text of the front matter, as it is written. */
interface WrittenScalar {
  readonly source: string
  readonly at: Required<Point>
  /** Whether it has lines of its own, below `|` or `>`, which is the first line of `source`. */
  readonly isBlock: boolean
  readonly value: string
}

/** Finds a text of the front matter, by the name that Weft gives it; undefined if there is none. */
export function scalarOf(file: VFile, member: string): WrittenScalar | undefined {
  const block = frontMatterBlock(String(file))
  if (!block) return undefined
  const { document, errors, pointAt, toJs } = readYaml(block.source, block.line)
  if (errors.length > 0) return undefined
  const node = document.getIn(translate(toJs() ?? {}).origin([member]), true)
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return undefined
  const [from, to] = node.range
  const { line, column } = pointAt(from)
  return {
    source: block.source.slice(from, to),
    at: { line, column, offset: String(file).indexOf('\n') + 1 + from },
    isBlock: node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED',
    value: node.value,
  }
}

/** Reads the front matter of a chapter, which may have `title` and `lang`. Reports others at their places. */
export function readChapterFront(file: VFile): { readonly lang?: string } {
  const block = frontMatterBlock(String(file))
  if (!block) return {}
  const { document, errors, pointAt, toJs } = readYaml(block.source, block.line)
  const refuse = (reason: string, offset: number) =>
    void fail(file, 'front-matter-holds', reason, pointAt(offset))
  for (const { message, offset } of errors.slice(0, mostErrors))
    refuse(`Cannot read the YAML, ${message}`, offset)
  if (errors.length > 0) return {}
  const data: unknown = toJs() ?? {}
  const parsed = chapterSchema.safeParse(data)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    if (issue.code !== 'unrecognized_keys') {
      for (const { path, reason } of explain(issue, data)) refuse(reason, offsetOf(document, path))
      continue
    }
    for (const key of issue.keys) {
      const reason = `Unexpected \`${key}\` in the front matter of a chapter, expected \`title\` or \`lang\`: write it in report.md`
      refuse(reason, offsetOf(document, [key]))
    }
  }
  return {}
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
