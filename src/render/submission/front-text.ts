import { isMap, isScalar } from 'yaml'
import { frontMatterBlock } from '../syntax/front-matter.ts'
import { readYaml } from '../syntax/read-yaml.ts'

/** What to change in a front matter. */
export interface FrontChanges {
  /** Members to leave out. */
  readonly without: readonly string[]
  /** Members with another value, as YAML. */
  readonly values: Readonly<Record<string, string>>
}

/**
 * Changes members of the front matter of a report's text; everything else keeps its characters and its line. Members that
 * are left out leave blank lines.
 * @throws if the front matter is written in braces, or not YAML, and something is to change
 */
export function changeFront(text: string, { without, values }: FrontChanges): string {
  const block = frontMatterBlock(text)
  if (!block || (without.length === 0 && Object.keys(values).length === 0)) return text
  const { contents } = readYaml(block.source, block.line).document
  if (!isMap(contents) || contents.flow)
    throw new Error('Cannot change the front matter, expected one member a line, `author: A. Student`')
  let source = `${block.source}\n`
  for (const { key, value } of [...contents.items].reverse()) {
    const name = isScalar(key) ? String(key.value) : ''
    const range = (value as { readonly range?: readonly number[] } | null)?.range
    const from = (key as { readonly range?: readonly number[] }).range?.[0] ?? 0
    const colon = source.indexOf(':', from) + 1
    if (without.includes(name)) {
      const end = lineEnd(source, range?.[1] ?? colon)
      source = source.slice(0, from) + blank(source.slice(from, end)) + source.slice(end)
    } else if (Object.hasOwn(values, name))
      source = `${source.slice(0, colon)} ${values[name]}${source.slice(range?.[1] ?? colon)}`
  }
  const start = text.indexOf('\n') + 1
  return text.slice(0, start) + source + text.slice(start + block.source.length + 1)
}

// After the line in which a value ends; the value of a block ends at the start of the next one.
function lineEnd(source: string, end: number): number {
  if (source[end - 1] === '\n') return end
  const next = source.indexOf('\n', end)
  return next < 0 ? source.length : next + 1
}

function blank(lines: string): string {
  return '\n'.repeat(lines.split('\n').length - 1)
}
