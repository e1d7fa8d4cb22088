import type { Element, ElementContent, Root } from 'hast'
import type { Whole } from '../model/types.ts'
import { contentsOf } from './contents.ts'
import { h } from './hast.ts'
import { isHeading } from './headings.ts'
import { titleBlock } from './title-block.ts'

/**
 * Composes the body of the page: notice, title page with the abstract, and one section a chapter. What the first
 * chapter says before its first heading is the abstract; the rest of it goes on below, on the same page, or is a
 * chapter where the contents stand between them.
 */
export function composeBody(whole: Whole, chapters: readonly Root[]): Root {
  const [first, ...others] = chapters
  const [abstract, rest] = splitAtHeading((first?.children ?? []) as ElementContent[])
  const { contents } = whole.front
  const head = h('section', { className: ['weft-front'] }, [
    titleBlock(whole.front),
    ...section('weft-abstract', abstract),
    ...(contents ? [] : section('weft-text', rest)),
  ])
  const bodies = others.map((tree) => tree.children as ElementContent[])
  const texts = contents && !isBlank(rest) ? [rest, ...bodies] : bodies
  const navigation = contents ? [contentsOf(whole, chapters, whole.front.title ? 1 : 0)] : []
  const main = h(
    'main',
    contents ? { className: ['weft-with-navigation'] } : {},
    spaced([head, ...navigation, ...texts.map(chapterSection)]),
  )
  return { type: 'root', children: spaced([...noticeBand(whole.notice), main]) }
}

function chapterSection(children: readonly ElementContent[], index: number): Element {
  return h('section', { className: ['weft-chapter', `weft-chapter-${index + 1}`] }, children)
}

function noticeBand(notice: string): Element[] {
  if (notice === '') return []
  return [h('p', { className: ['weft-notice'], role: 'note' }, [{ type: 'text', value: notice }])]
}

function section(className: string, children: readonly ElementContent[]): Element[] {
  return isBlank(children) ? [] : [h('section', { className: [className] }, children)]
}

function isBlank(children: readonly ElementContent[]): boolean {
  return children.every((child) => child.type === 'text' && child.value.trim() === '')
}

function splitAtHeading(children: ElementContent[]): [ElementContent[], ElementContent[]] {
  const index = children.findIndex((child) => child.type === 'element' && isHeading(child))
  return index < 0 ? [children, []] : [children.slice(0, index), children.slice(index)]
}

function spaced(elements: readonly Element[]): ElementContent[] {
  return elements.flatMap((element) => [element, { type: 'text', value: '\n' } as const])
}
