import type { Root } from 'hast'
import remarkRehype, { type Options } from 'remark-rehype'
import { unified } from 'unified'
import type { VFile } from 'vfile'
import { clone } from '../model/clone.ts'
import { directionOf, wordsOfChapter } from '../model/language.ts'
import { warn } from '../model/messages.ts'
import type { Chapter } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { classesOf, elementsIn } from './hast.ts'

/**
 * Turns one chapter's tree into hast; what other rooms made of outputs passes through. Footnotes get ids that
 * no other chapter has.
 *
 * @param index of the chapter in its report
 */
export async function chapterToHast({ file, tree }: Chapter, index: number): Promise<Root> {
  const prefix = `c${index}-`
  const words = wordsOfChapter(file)
  const options: Options = {
    allowDangerousHtml: true,
    clobberPrefix: prefix,
    footnoteLabelTagName: 'p',
    footnoteLabel: words.front.footnotes,
    footnoteBackLabel: (reference, again) =>
      words.screen.backToReference(`${reference + 1}${again > 1 ? `-${again}` : ''}`),
    // Chapters are raw for the rooms that draw; hast knows `raw`, mdast does not.
    passThrough: ['raw'] as unknown as Options['passThrough'],
  }
  const hast = (await unified().use(remarkRehype, options).run(clone(tree), file)) as Root
  separateFootnotes(hast, prefix)
  removePrograms(hast, file)
  giveDirections(hast)
  return hast
}

// A block in another language may run the other way.
function giveDirections(tree: Root): void {
  for (const { properties } of elementsIn(tree))
    if (typeof properties.lang === 'string') properties.dir ??= directionOf(properties.lang)
}

// A link of Markdown is to a place. One that is a program runs when it is clicked, in the page.
function removePrograms(tree: Root, file: VFile): void {
  for (const { tagName, properties, position } of elementsIn(tree)) {
    const address = tagName === 'a' ? String(properties.href ?? '') : ''
    if (!/^(?:javascript|vbscript|data):/i.test(address)) continue
    delete properties.href
    const reason = `Unexpected link \`${address.slice(0, 80)}\`, expected an address: its words stay`
    warn(file, 'report-is-harmless', reason, position)
  }
}

// The one id that `clobberPrefix` does not reach.
function separateFootnotes(tree: Root, prefix: string): void {
  const label = `${prefix}footnote-label`
  for (const { properties } of elementsIn(tree)) {
    if (properties.id === 'footnote-label') properties.id = label
    const described = properties.ariaDescribedBy
    if (Array.isArray(described) && described.includes('footnote-label')) properties.ariaDescribedBy = [label]
  }
}

/**
 * Writes Unicode's own hyphens with the one that fonts have: U+2010 as the plain one, U+2011, at which no line
 * may end, as the plain one between word joiners.
 */
export function plainHyphens(tree: Root): void {
  visit(tree, 'text', (node) => {
    node.value = node.value.replaceAll('\u2010', '-').replaceAll('\u2011', '\u2060-\u2060')
  })
}

/** Gives elements the classes of their author; a report that is not trusted has lost them before. */
export function showClasses(tree: Root): void {
  for (const element of elementsIn(tree)) {
    const { dataClass, ...rest } = element.properties
    if (dataClass === undefined) continue
    element.properties = { ...rest, className: [...classesOf(element), ...String(dataClass).split(' ')] }
  }
}
