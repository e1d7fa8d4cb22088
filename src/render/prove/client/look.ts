/** What an element has of its own and of all that it stands in. */
interface Look {
  readonly opacity: number
  /** How it is hidden: `is clipped`; '' if it is not. */
  readonly hides: string
  /** Red, green and blue of what is behind its text. */
  readonly backdrop: readonly number[]
  /** Elements that cut off what does not fit into them. */
  readonly clips: readonly Element[]
}

/** The computed styles and looks of a page's elements, each computed once. */
export interface Looks {
  style(element: Element): CSSStyleDeclaration
  of(element: Element): Look
}

const nothing: Look = { opacity: 1, hides: '', backdrop: [255, 255, 255], clips: [] }

/** Opens the looks of the present page. */
export function openLooks(): Looks {
  const styles = new Map<Element, CSSStyleDeclaration>()
  const looks = new Map<Element, Look>()
  const style = (element: Element) => {
    const found = styles.get(element) ?? getComputedStyle(element)
    styles.set(element, found)
    return found
  }
  const of = (element: Element): Look => {
    const known = looks.get(element)
    if (known) return known
    const outer = element.parentElement ? of(element.parentElement) : nothing
    const look = lookWithin(outer, element, style(element))
    looks.set(element, look)
    return look
  }
  return { style, of }
}

function lookWithin(outer: Look, element: Element, style: CSSStyleDeclaration): Look {
  const isRoot = element === document.documentElement || element === document.body
  const clips =
    style.overflowX !== 'visible' ||
    style.overflowY !== 'visible' ||
    /paint|strict|content/.test(style.contain)
  return {
    opacity: outer.opacity * Number(style.opacity),
    hides: outer.hides || hiding(style),
    backdrop: over(colourOf(style.backgroundColor), outer.backdrop),
    clips: clips && !isRoot && style.display !== 'inline' ? [...outer.clips, element] : outer.clips,
  }
}

function hiding(style: CSSStyleDeclaration): string {
  if (style.clipPath !== 'none' || style.clip !== 'auto') return 'is clipped'
  if (style.maskImage !== 'none' && style.maskImage !== '') return 'is masked'
  if (style.filter !== 'none') return 'is filtered'
  return style.contentVisibility === 'hidden' ? 'is hidden' : ''
}

/** Reads a computed colour: red, green and blue up to 255, and its opacity if it is not 1. */
export function colourOf(value: string): readonly number[] {
  const parts = value.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]
  return value.startsWith('color(')
    ? [255 * parts[0]!, 255 * parts[1]!, 255 * parts[2]!, parts[3] ?? 1]
    : parts
}

/** Mixes a colour with the one behind it. */
export function over(
  [red = 0, green = 0, blue = 0, alpha = 1]: readonly number[],
  backdrop: readonly number[],
): readonly number[] {
  return [red, green, blue].map((part, index) => part * alpha + backdrop[index]! * (1 - alpha))
}

/** Gives the contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(one: readonly number[], other: readonly number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
