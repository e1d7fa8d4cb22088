import type { Element, Root } from 'hast'
import remarkRehype, { type Options } from 'remark-rehype'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import type { Chapter } from '../types.ts'

/**
 * Turns one chapter's tree into hast; what other rooms made of outputs passes through. Footnotes get ids that
 * no other chapter has.
 *
 * @param index of the chapter in its report
 */
export async function chapterToHast({ file, tree }: Chapter, index: number): Promise<Root> {
  const prefix = `c${index}-`
  const options: Options = {
    allowDangerousHtml: true,
    clobberPrefix: prefix,
    footnoteLabelTagName: 'p',
    // Chapters are raw for the rooms that draw; hast knows `raw`, mdast does not.
    passThrough: ['raw'] as unknown as Options['passThrough'],
  }
  const hast = (await unified().use(remarkRehype, options).run(structuredClone(tree), file)) as Root
  separateFootnotes(hast, prefix)
  return hast
}

// The one id that `clobberPrefix` does not reach.
function separateFootnotes(tree: Root, prefix: string): void {
  const label = `${prefix}footnote-label`
  visit(tree, 'element', ({ properties }: Element) => {
    if (properties.id === 'footnote-label') properties.id = label
    const described = properties.ariaDescribedBy
    if (Array.isArray(described) && described.includes('footnote-label')) properties.ariaDescribedBy = [label]
  })
}
