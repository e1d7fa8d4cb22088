import { found } from '../model/found.ts'

/** As much of an element of a page as is read here, whichever library made it. */
interface PageElement {
  readonly outerHTML: string
  readonly tagName: string
  readonly textContent: string | null
  readonly children: Iterable<PageElement>
  getAttribute(name: string): string | null
}

interface Drawing {
  readonly svg: string
  /** Markdown that says the words of a caption in the drawing. */
  readonly caption?: string
}

/** Says whether a value is an element of a page. */
export function isElement(value: unknown): value is PageElement {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as PageElement).outerHTML === 'string' &&
    typeof (value as PageElement).tagName === 'string'
  )
}

/**
 * Gives the drawing in an `<svg>` element, or in a `<figure>` such as Observable Plot makes: its title, its legends
 * and its plot below each other, and its caption. Throws `expected …, found …` for other elements.
 */
export function drawingOfElement(element: PageElement): Drawing {
  const name = nameOf(element)
  if (name === 'svg') return { svg: plain(element.outerHTML) }
  if (name !== 'figure')
    throw new Error(`Cannot make a figure, expected an <svg> or a <figure> with one, found <${name}>`)
  const parts = [...element.children]
  const plot = parts.findLast((part) => nameOf(part) === 'svg')
  if (plot === undefined)
    throw new Error('Cannot make a figure, expected an <svg> in the <figure>, found none')
  const caption = parts.find((part) => nameOf(part) === 'figcaption')?.textContent?.trim()
  return { svg: stacked(parts, plot), ...(caption ? { caption: escapedMarkdown(caption) } : {}) }
}

const GAP_PX = 6

function stacked(parts: readonly PageElement[], plot: PageElement): string {
  const widthPx = sideOf(plot, 'width')
  let heightPx = 0
  const drawn: string[] = []
  for (const part of parts.filter((one) => nameOf(one) !== 'figcaption')) {
    const { svg, heightPx: own } = partOf(part, widthPx)
    drawn.push(`<g transform="translate(0,${heightPx})">${svg}</g>`)
    heightPx += own + (part === plot ? 0 : GAP_PX)
  }
  const label = plot.getAttribute('aria-label')
  const alt = label === null ? '' : ` aria-label="${escaped(label)}"`
  return `<svg${alt} width="${widthPx}" height="${heightPx}" overflow="visible">${drawn.join('')}</svg>`
}

interface Part {
  readonly svg: string
  readonly heightPx: number
}

const TITLES: { readonly [name: string]: { readonly sizePx: number; readonly weight: number } } = {
  h2: { sizePx: 14, weight: 600 },
  h3: { sizePx: 11, weight: 400 },
}

function partOf(part: PageElement, widthPx: number): Part {
  const name = nameOf(part)
  if (name === 'svg') return { svg: grouped(part, [0, 0]), heightPx: sideOf(part, 'height') }
  const title = TITLES[name]
  const text = escaped(part.textContent?.trim() ?? '')
  if (title)
    return {
      svg: `<text y="${title.sizePx}" font-family="${FONT}" font-size="${title.sizePx}" font-weight="${title.weight}">${text}</text>`,
      heightPx: Math.round(title.sizePx * 1.4),
    }
  const swatches = [...part.children].filter((child) => svgIn(child) !== undefined)
  if (swatches.length > 0) return legendOf(swatches, widthPx)
  throw new Error(
    `Cannot draw <${name}> of a <figure>, expected titles, swatches and <svg>, found ${found(text)}`,
  )
}

const FONT = 'system-ui, sans-serif'
const ROW_PX = 20
const SYMBOL_PX = 20
/** More than any letter of a legend takes on average. */
const LETTER_PX = 6

// A swatch is a small drawing with its name beside it.
function legendOf(swatches: readonly PageElement[], widthPx: number): Part {
  let [left, top] = [0, 0]
  const drawn = swatches.map((swatch) => {
    const name = swatch.textContent?.trim() ?? ''
    const ownPx = SYMBOL_PX + LETTER_PX * name.length + 12
    if (left > 0 && left + ownPx > widthPx) [left, top] = [0, top + ROW_PX]
    const symbol = grouped(svgIn(swatch)!, [left, top])
    const text = `<text x="${left + SYMBOL_PX}" y="${top + 11}" font-family="${FONT}" font-size="10">${escaped(name)}</text>`
    left += ownPx
    return symbol + text
  })
  return { svg: drawn.join(''), heightPx: top + ROW_PX }
}

// A drawing within another is a group of it, with the attributes that its shapes inherit.
function grouped(svg: PageElement, [x, y]: readonly [number, number]): string {
  const [, list = '', content = ''] = /^<svg([^>]*)>([\s\S]*)<\/svg>$/.exec(plain(svg.outerHTML)) ?? []
  const [left = 0, top = 0] = (svg.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  const own = list.replace(
    /\s(?:viewBox|width|height|class|style|role|aria-[a-z]+|xmlns(?::\w+)?)="[^"]*"/g,
    '',
  )
  const sides = { width: svg.getAttribute('width') ?? '', height: svg.getAttribute('height') ?? '' }
  // In a group a share would be one of the whole drawing.
  const whole = content.replace(
    /\s(width|height)="100%"/g,
    (_, side: keyof typeof sides) => ` ${side}="${sides[side]}"`,
  )
  return `<g transform="translate(${x - left},${y - top})"${own}>${whole}</g>`
}

function svgIn(element: PageElement): PageElement | undefined {
  return [...element.children].find((child) => nameOf(child) === 'svg')
}

// Plot's own styles are for a page: the sheet is white, and a figure has its size.
function plain(svg: string): string {
  // In HTML a value may hold `<` and `>` as they are.
  const written = svg.replace(
    /<[a-zA-Z][\w:-]*(?:\s+[^\s=>]+="[^"]*")+/g,
    (tag) => `<${tag.slice(1).replaceAll('<', '&lt;').replaceAll('>', '&gt;')}`,
  )
  return written
    .replace(/<style>:where\(\.plot-[\s\S]*?<\/style>/g, '')
    .replaceAll('var(--plot-background)', 'white')
}

function nameOf({ tagName }: PageElement): string {
  return tagName.toLowerCase()
}

function sideOf(svg: PageElement, side: 'width' | 'height'): number {
  const box = (svg.getAttribute('viewBox') ?? '').trim().split(/[\s,]+/)
  const size = Number.parseFloat(svg.getAttribute(side) ?? box[side === 'width' ? 2 : 3] ?? '')
  if (size > 0) return size
  throw new Error(`Cannot make a figure, expected a ${side} of its <svg>, found none`)
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

function escapedMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>$@#:&~{}]/g, '\\$&')
}
