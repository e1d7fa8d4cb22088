import { join, relative } from 'node:path'
import { slug } from 'github-slugger'
import type { Heading } from 'mdast'
import { sha256 } from '../model/digest.ts'
import { textBelow } from '../model/element.ts'
import type { Expression, Report } from '../model/types.ts'

/** Gives the id of an expression in a block. */
type NameExpression = (block: string, expression: Omit<Expression, 'id' | 'position'>) => string

const longestBlock = 64

/**
 * Starts a list of expressions and gives each an id, such as `part-a.md/sec-binary/v-1a2b3c4d`: the chapter relative
 * to the folder of report.md, the block in it, and the kind with the first digits of the digest of the source. So an
 * expression keeps its id when others are inserted, removed or moved. Equal sources in one block are numbered in
 * order (`~2`, `~3`): their results are equal too.
 */
export function nameExpressions({ root, folder }: Pick<Report, 'root' | 'folder'>): NameExpression {
  const counts = new Map<string, number>()
  return (block, { file, kind, source }) => {
    const chapter = relative(folder, join(root, file))
    const id = `${chapter}/${blockPart(block)}/${kind[0]}-${sha256(source).slice(0, 8)}`
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    return count === 1 ? id : `${id}~${count}`
  }
}

/** Names the block that a heading begins, by its label or else by its text. */
export function sectionBlock(heading: Heading): string {
  const { id } = (heading.data?.hProperties ?? {}) as { readonly id?: string }
  return id ?? slug(textBelow(heading))
}

/** Names the block of a cell, listing or register by its label; the `#` keeps the name apart from those of headings. */
export function labelBlock(label: string): string {
  return `#${label}`
}

// Slashes separate chapter and block. A heading may be long, and the id of every value contains it.
function blockPart(block: string): string {
  return block
    .replaceAll('/', '-')
    .slice(0, longestBlock)
    .replace(/[\uD800-\uDBFF]$/, '')
}
