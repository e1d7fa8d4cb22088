import { join } from 'node:path'
import { slug } from 'github-slugger'
import type { Heading } from 'mdast'
import { sha256 } from '../model/digest.ts'
import { textBelow } from '../model/element.ts'
import { pathFrom } from '../model/paths.ts'
import type { Expression, Report } from '../model/types.ts'

/** Numbers equal names, in order. */
type CountName = (name: string) => string

const longestBlock = 64

/**
 * Names an expression, such as `part-a.md/sec-binary/v-1a2b3c4d`: the chapter relative to the folder of report.md, the
 * block in it, and the kind with the first digits of the digest of the source. So an expression keeps its name when others
 * are inserted, removed or moved.
 */
export function expressionName(
  { root, folder }: Pick<Report, 'root' | 'folder'>,
  block: string,
  { file, kind, source }: Pick<Expression, 'file' | 'kind' | 'source'>,
): string {
  const chapter = pathFrom(folder, join(root, file))
  return `${chapter}/${blockPart(block)}/${kind[0]}-${sha256(source).slice(0, 8)}`
}

/** Starts a list of ids: equal sources in one block are numbered in order (`~2`, `~3`), since their results are equal too. */
export function countNames(): CountName {
  const counts = new Map<string, number>()
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name}~${count}`
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
