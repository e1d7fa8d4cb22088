import type { Element, ElementContent } from 'hast'
import { h } from '../../page/hast.ts'
import type { Verdict } from '../schema.ts'

/** Makes a node of text. */
export function text(value: string): ElementContent {
  return { type: 'text', value }
}

/** Makes an element with classes. */
export function el(
  tagName: string,
  className: string,
  children: readonly (ElementContent | string)[],
): Element {
  const nodes = children.map((child) => (typeof child === 'string' ? text(child) : child))
  return h(tagName, className === '' ? {} : { className: className.split(' ') }, nodes)
}

const names: { readonly [Name in Verdict]: string } = {
  within: 'within its rule',
  beyond: 'beyond its rule',
  measured: 'measured',
  'not judged': 'not judged',
  added: 'new',
  removed: 'gone',
  rewritten: 'rewritten',
}

/** Gives the class of what has a verdict. */
export function classOf(verdict: Verdict): string {
  return `diff-${verdict.replace(' ', '-')}`
}

const mostReasons = 4

/** Makes the line below a change: its verdict, the reason for it, and its place. */
export function whyNode(verdict: Verdict, { rule = '', because = [], place = '', more = [] }: Why): Element {
  const others = because.length > mostReasons ? ` and ${because.length - mostReasons} more` : ''
  const reasons = because.length > 0 ? [`changed: ${because.slice(0, mostReasons).join(', ')}${others}`] : []
  const words = [rule, ...more, ...reasons].filter((one) => one !== '').join('; ')
  return el('p', 'diff-why weft-date', [
    el('b', `diff-badge ${classOf(verdict)}`, [names[verdict]]),
    ...(words === '' ? [] : [el('span', 'diff-words', [words])]),
    ...(place === '' ? [] : [el('code', '', [place])]),
  ])
}

interface Why {
  readonly rule?: string
  readonly because?: readonly string[]
  readonly place?: string
  readonly more?: readonly string[]
}

/** Makes the old and the new text of something; one of them where it was added or removed. */
export function changeNodes(before: string | undefined, after: string | undefined): ElementContent[] {
  return [
    ...(before === undefined ? [] : [el('del', '', [before])]),
    ...(before === undefined || after === undefined ? [] : [text(' ')]),
    ...(after === undefined ? [] : [el('ins', '', [after])]),
  ]
}

/** Makes what is folded away until somebody asks for it. */
export function foldNode(title: string, children: readonly ElementContent[]): Element {
  return el('details', 'diff-fold', [el('summary', '', [title]), ...children])
}
