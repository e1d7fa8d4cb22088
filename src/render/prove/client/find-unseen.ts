import { colourOf, contrast, type Looks, openLooks, over } from './look.ts'

/** Something on the page that a reader does not see, or not whole. */
export interface Unseen {
  /** Of a value or claim. */
  readonly id?: string
  /** Of the figure, table or cell that it stands in, or else of the last heading with an id before it. */
  readonly label?: string
  readonly text: string
  /** What is wrong with it: `is covered`. */
  readonly what: string
}

/** Limits of what counts as seen; lengths in CSS pixels. */
export interface Sight {
  /** Of the text on a printed page, and of the margins beside it. */
  readonly widthPx: number
  readonly marginPx: number
  readonly leastTypePx: number
  readonly leastContrast: number
  readonly leastOpacity: number
}

interface Box {
  readonly node: Text
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const targets = '[data-value],[data-cell],main :is(td,th),figcaption,.weft-equation .tag'
const passedOver = '.katex-mathml,svg,script,style'

/**
 * Looks at every value, claim, cell of a table, caption and other output of the loaded page, and lists those of which
 * some words are not displayed, hidden, clipped, covered, off the page, too small or of the colour of what is behind
 * them. Changes nothing but how far the page is scrolled.
 */
export function findUnseen(sight: Sight): Unseen[] {
  const looks = openLooks()
  // 1. What can be told without scrolling.
  const found = new Map<Element, Unseen>()
  const seen: { readonly target: Element; readonly box: Box }[] = []
  for (const [node, target] of textsToSee()) {
    const boxes = boxesOf(node)
    const what = faultOf(node, boxes, looks, sight)
    if (what === '') seen.push(...boxes.map((box) => ({ target, box })))
    else if (!found.has(target)) found.set(target, unseen(target, node, what))
  }
  // 2. What lies over it, down the page.
  for (const { target, box } of seen.sort((a, b) => a.box.top - b.box.top))
    if (!found.has(target) && isCovered(box, looks)) found.set(target, unseen(target, box.node, 'is covered'))
  scrollTo(0, 0)
  return [...found.values()]
}

// Each text once, with the innermost element that makes it count.
function textsToSee(): ReadonlyMap<Text, Element> {
  const texts = new Map<Text, Element>()
  for (const target of document.querySelectorAll(targets)) {
    const walker = document.createTreeWalker(target, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (/[^\s\u200B\u2060\uFEFF]/.test(node.textContent ?? '') && !node.parentElement!.closest(passedOver))
        texts.set(node as Text, target)
  }
  return texts
}

function boxesOf(node: Text): Box[] {
  const range = document.createRange()
  range.selectNodeContents(node)
  return [...range.getClientRects()]
    .filter(({ width, height }) => width > 0 && height > 0)
    .map(({ left, right, top, bottom }) => ({
      node,
      left: left + scrollX,
      right: right + scrollX,
      top: top + scrollY,
      bottom: bottom + scrollY,
    }))
}

// What is wrong with a text by its own style and that of what it stands in; nothing of what lies over it.
function faultOf(node: Text, boxes: readonly Box[], looks: Looks, sight: Sight): string {
  const style = looks.style(node.parentElement!)
  const { opacity, hides, backdrop, clips } = looks.of(node.parentElement!)
  if (style.visibility !== 'visible') return 'is invisible'
  if (boxes.length === 0) return 'is not displayed'
  if (hides) return hides
  if (opacity < sight.leastOpacity) return `has an opacity of ${opacity}`
  const size = Math.min(Number.parseFloat(style.fontSize), ...boxes.map(({ top, bottom }) => bottom - top))
  if (size < sight.leastTypePx) return `is set in type of ${Math.round(size * 100) / 100} px`
  const colours = [style.color, style.webkitTextFillColor].map((colour) => over(colourOf(colour), backdrop))
  const least = Math.min(...colours.map((colour) => contrast(colour, backdrop)))
  if (least < sight.leastContrast) return `has a contrast of ${least.toFixed(1)} to what is behind it`
  if (!boxes.every((box) => fitsOnPage(box, sight))) return 'does not fit on the page'
  return boxes.some((box) => clips.some((clip) => cutsOff(clip, box))) ? 'is clipped' : ''
}

function fitsOnPage({ node, left, right, bottom }: Box, { marginPx, widthPx }: Sight): boolean {
  // A page that lies on its side is as wide as what it holds says.
  const wide = node.parentElement?.closest('.weft-landscape')?.getBoundingClientRect().right ?? 0
  return left >= -marginPx && right <= Math.max(widthPx, wide + scrollX) + marginPx && bottom > 0
}

// The box of a line is higher than its letters.
function cutsOff(clip: Element, { left, right, top, bottom }: Box): boolean {
  const area = clip.getBoundingClientRect()
  const slack = (bottom - top) / 4
  return (
    left < area.left + scrollX - 1 ||
    right > area.right + scrollX + 1 ||
    top < area.top + scrollY - slack ||
    bottom > area.bottom + scrollY + slack
  )
}

function isCovered({ node, left, right, top, bottom }: Box, looks: Looks): boolean {
  const y = (top + bottom) / 2
  if (y < scrollY || y > scrollY + innerHeight - 1) scrollTo(0, Math.max(0, top - 20))
  return [left + 1, (left + right) / 2, right - 1].some((x) => {
    const inView = Math.min(innerWidth - 1, Math.max(0, x))
    for (const element of document.elementsFromPoint(inView, y - scrollY)) {
      if (element.contains(node)) return false
      if (isOpaque(element, looks)) return true
    }
    return false
  })
}

function isOpaque(element: Element, looks: Looks): boolean {
  if (/^(img|canvas|video|iframe|embed|object)$/i.test(element.tagName)) return true
  const style = looks.style(element)
  if (Number(style.opacity) < 0.3) return false
  return (colourOf(style.backgroundColor)[3] ?? 1) > 0.3 || style.backgroundImage !== 'none'
}

function unseen(target: Element, node: Text, what: string): Unseen {
  const value = node.parentElement?.closest<HTMLElement>('[data-value]')
  const words = value ?? target
  return {
    ...(value ? { id: value.dataset.value! } : {}),
    label: labelOf(target),
    text: (words.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 60),
    what,
  }
}

function labelOf(element: Element): string | undefined {
  const own = element.closest<HTMLElement>('[data-cell],figure[id],.weft-equation[id]')
  if (own) return own.dataset.cell ?? own.id
  const before = [...document.querySelectorAll(':is(h1,h2,h3,h4,h5,h6)[id]')].filter(
    (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
  )
  return before.at(-1)?.id
}
