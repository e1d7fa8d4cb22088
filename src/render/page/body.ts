import type { Element, ElementContent, Root } from 'hast'
import type { Whole } from '../types.ts'
import { h } from './hast.ts'
import { isHeading } from './headings.ts'
import { titleBlock } from './title-block.ts'

/**
 * Composes the body of the page: notice, title page with the abstract, and one section a chapter. What the first
 * chapter says before its first heading is the abstract; the rest of it goes on below, on the same page.
 */
export function composeBody(whole: Whole, chapters: readonly Root[]): Root {
  const [first, ...others] = chapters
  const [abstract, rest] = splitAtHeading((first?.children ?? []) as ElementContent[])
  const head = h('section', { className: ['weft-front'] }, [
    titleBlock(whole.front),
    ...section('weft-abstract', abstract),
    ...section('weft-text', rest),
  ])
  const sections = others.map((tree) =>
    h('section', { className: ['weft-chapter'] }, tree.children as ElementContent[]),
  )
  const main = h('main', {}, spaced([head, ...sections]))
  return { type: 'root', children: spaced([...noticeBand(whole.notice), main]) }
}

function noticeBand(notice: string): Element[] {
  if (notice === '') return []
  return [h('p', { className: ['weft-notice'], role: 'note' }, [{ type: 'text', value: notice }])]
}

function section(className: string, children: readonly ElementContent[]): Element[] {
  const isEmpty = children.every((child) => child.type === 'text' && child.value.trim() === '')
  return isEmpty ? [] : [h('section', { className: [className] }, children)]
}

function splitAtHeading(children: ElementContent[]): [ElementContent[], ElementContent[]] {
  const index = children.findIndex((child) => child.type === 'element' && isHeading(child))
  return index < 0 ? [children, []] : [children.slice(0, index), children.slice(index)]
}

function spaced(elements: readonly Element[]): ElementContent[] {
  return elements.flatMap((element) => [element, { type: 'text', value: '\n' } as const])
}
