import type { Element, ElementContent } from 'hast'
import { clone } from '../model/clone.ts'
import { classesOf } from './hast.ts'

/** Classes of what an entry of a list says otherwise, or not at all. */
const left = ['weft-number', 'weft-fold', 'weft-screen', 'weft-tools', 'weft-on-page']

/** A citation that is still source, as `[@kingma2015adam]`. */
const unresolved = /\s*\[[^\][@]*-?@[^\]]*\]/g

/**
 * Copies what a heading or a caption says, to say it again elsewhere in the page: without ids, footnotes,
 * citations and the caption's own number, and with the words of links in place of links.
 */
export function plainCopy(children: readonly ElementContent[]): ElementContent[] {
  return children.flatMap((child, index): ElementContent[] => {
    if (child.type === 'text') {
      const value = child.value.replace(unresolved, '')
      return [{ ...child, value: isCitation(children[index + 1]) ? value.trimEnd() : value }]
    }
    if (child.type !== 'element') return [clone(child)]
    if (isLeft(child)) return []
    if (classesOf(child).includes('weft-value')) return [clone(child)]
    const inner = plainCopy(child.children)
    if (child.tagName === 'a') return inner
    const { id: _, ...properties } = clone(child.properties)
    return [{ ...child, properties, children: inner }]
  })
}

function isCitation(child: ElementContent | undefined): boolean {
  return child?.type === 'element' && classesOf(child).includes('weft-citation')
}

function isLeft(element: Element): boolean {
  if (element.properties.dataFootnoteRef !== undefined) return true
  if (element.tagName === 'sup' && element.children.some((child) => isFootnote(child))) return true
  return isCitation(element) || classesOf(element).some((name) => left.includes(name))
}

function isFootnote(child: ElementContent): boolean {
  return child.type === 'element' && child.properties.dataFootnoteRef !== undefined
}

/**
 * Cuts the children of a caption after its first sentence, or before its first colon or semicolon: what follows says
 * how to read it. The stop itself goes.
 */
export function firstSentence(children: readonly ElementContent[]): ElementContent[] {
  const { kept } = cut(children)
  return trimmedStart(trimmedEnd(kept))
}

// Before a capital, so that `e.g. 3.5` goes on; a formula or emphasis after the stop begins a sentence as well.
const end = /[.!?][”’"')\]]?(?=\s+[\p{Lu}\p{Lt}]|\s*$)|[:;](?=\s)/u
// After these, and after one letter as in `D. P. Kingma`, a sentence goes on.
const goesOn = /(?:^|[\s(])(?:\p{L}|e\.g|i\.e|cf|vs|Fig|Eq|Sec|Tab|No|approx|al)$/u

interface Cut {
  readonly kept: ElementContent[]
  readonly isCut: boolean
}

function cut(children: readonly ElementContent[]): Cut {
  const kept: ElementContent[] = []
  for (const [index, child] of children.entries()) {
    if (child.type === 'text') {
      const length = endOf(child.value, index === children.length - 1)
      if (length !== undefined)
        return { kept: [...kept, { ...child, value: child.value.slice(0, length) }], isCut: true }
      kept.push(child)
    } else if (child.type === 'element') {
      const inner = cut(child.children)
      kept.push({ ...child, children: inner.kept })
      if (inner.isCut) return { kept, isCut: true }
    } else kept.push(child)
  }
  return { kept, isCut: false }
}

function endOf(text: string, isLast: boolean): number | undefined {
  for (let from = 0; ; ) {
    const match = end.exec(text.slice(from))
    if (!match) return undefined
    const at = from + match.index
    const isEnd = at + match[0].length === text.trimEnd().length
    const goes = goesOn.test(text.slice(0, at))
    // `Loss of batch norm. *Left*: …` ends here too, `of the test set, e.g. *Left*` does not.
    if (!goes && (!isEnd || isLast || /\s$/.test(text))) return at + match[0].length
    from = at + match[0].length
  }
}

function trimmedEnd(children: readonly ElementContent[]): ElementContent[] {
  const last = children.at(-1)
  if (last?.type === 'text') {
    const value = last.value.replace(/\s+(?=[.,;:!?])/gu, '').replace(/\s*[.:;]?\s*$/u, '')
    const before = children.slice(0, -1)
    return value === '' ? trimmedEnd(before) : [...before, { ...last, value }]
  }
  if (last?.type !== 'element') return [...children]
  return [...children.slice(0, -1), { ...last, children: trimmedEnd(last.children) }]
}

function trimmedStart(children: readonly ElementContent[]): ElementContent[] {
  const [first, ...rest] = children
  if (first?.type !== 'text') return [...children]
  const value = first.value.trimStart()
  return value === '' ? trimmedStart(rest) : [{ ...first, value }, ...rest]
}
