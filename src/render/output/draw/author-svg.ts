import { theme } from '../../charts/theme.ts'
import { found } from '../../model/found.ts'
import { escaped } from './own-svg.ts'

/** A piece of a drawing: text, or a tag with its attributes as they are. */
interface Piece {
  readonly text: string
  readonly name?: string
  readonly kind?: 'start' | 'end' | 'whole'
  readonly attributes?: ReadonlyMap<string, string>
}

/** A comment, a CDATA section, what a file begins with, or a tag. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[(?<data>[\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE(?:[^[>]|\[[\s\S]*?\])*>|<(?<slash>\/?)(?<name>[A-Za-z][\w:.-]*)(?<list>(?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<whole>\/?)>/y
const ATTRIBUTE = /\s+([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
/** Elements that run, move, hold HTML or bring in other documents. */
const REFUSED =
  /^(?:script|foreignobject|iframe|object|embed|audio|video|canvas|link|set|animate\w*|handler|html|body|div|p|span|img|table|[ou]l|h\d)$/i
/** What programs write for themselves. */
const UNSEEN = /^metadata$|:/
const PX = { '': 1, px: 1, pt: 4 / 3, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 } as const

/**
 * Prepares an author's SVG for a page with others: one image with alternative text, its width and height in CSS pixels,
 * its ids begin with the figure's, and its styles hold for it alone. Leaves out comments and metadata. Throws
 * `expected …, found …` if it is not one whole drawing, or if it has a program, HTML or another file in it.
 */
export function authorSvg(
  source: string,
  { id, alt }: { readonly id: string; readonly alt: string },
): string {
  const written: string[] = []
  const open: string[] = []
  for (const { text, name, kind, attributes = new Map() } of piecesOf(source)) {
    const isUnseen = [...open, name ?? ''].some((one) => UNSEEN.test(one))
    if (kind === 'end' && open.pop() !== name) throw wrong('tags in pairs', text)
    if (name !== undefined && REFUSED.test(name)) throw wrong('shapes and text', text)
    const isOutside = open.length === 0 && kind !== 'end'
    if (isOutside && (written.length > 0 || name !== 'svg') && text.trim() !== '')
      throw wrong('one <svg>', text)
    const isStyle = (kind === 'end' ? name : (open.at(-1) ?? '')) === 'style'
    if (kind === 'start') open.push(name!)
    if (isUnseen || (isOutside && name === undefined)) continue
    if (name === undefined) written.push(isStyle ? ownStyle(text, id) : text)
    else if (kind === 'end') written.push(isStyle ? '}</style>' : `</${name}>`)
    else {
      const own = isOutside ? rootAttributes(attributes, alt) : attributes
      const list = [...own].map(([key, value]) => ownAttribute(name, key, value, id)).join('')
      written.push(
        `<${name}${list}${kind === 'whole' ? '/>' : '>'}${name === 'style' && kind === 'start' ? `#${id} svg{` : ''}`,
      )
    }
  }
  if (open.length > 0) throw wrong(`an end of <${open.at(-1)}>`, source.slice(-20))
  return written.join('')
}

function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < source.length; ) {
    const next = source.indexOf('<', at)
    const text = source.slice(at, next < 0 ? undefined : next)
    if (text !== '') pieces.push({ text })
    if (next < 0) break
    MARKUP.lastIndex = next
    const match = MARKUP.exec(source)
    if (!match) throw wrong('a whole tag with quoted attributes', source.slice(next))
    at = MARKUP.lastIndex
    const { data, slash, name, list = '', whole } = match.groups!
    if (data !== undefined) pieces.push({ text: escaped(data) })
    if (name === undefined) continue
    const kind = slash === '/' ? 'end' : whole === '/' ? 'whole' : 'start'
    const pairs = [...list.matchAll(ATTRIBUTE)].map(
      ([, key, double, single]) => [key!, double ?? single!] as const,
    )
    pieces.push({ text: match[0], name, kind, attributes: new Map(pairs) })
  }
  return pieces
}

function rootAttributes(attributes: ReadonlyMap<string, string>, alt: string): Map<string, string> {
  const own = [...attributes].filter(
    ([key]) => !/^(?:role|aria-.*|xmlns.*|xml:.*|version|baseProfile|x|y|width|height|viewBox)$/.test(key),
  )
  const [, , boxWidth, boxHeight] = (attributes.get('viewBox') ?? '').trim().split(/[\s,]+/)
  const width = pixels(attributes.get('width')) ?? pixels(boxWidth)
  const height = pixels(attributes.get('height')) ?? pixels(boxHeight)
  if (width === undefined || height === undefined)
    throw wrong('a width and a height, or a viewBox', `<svg ${[...attributes.keys()].join(' ')}>`)
  return new Map([
    ['role', 'img'],
    ['aria-label', escaped(alt)],
    ['width', String(width)],
    ['height', String(height)],
    ['viewBox', attributes.get('viewBox') ?? `0 0 ${width} ${height}`],
    ['xmlns', 'http://www.w3.org/2000/svg'],
    ['xmlns:xlink', 'http://www.w3.org/1999/xlink'],
    ...own,
  ])
}

function pixels(length: string | undefined): number | undefined {
  const [, number, unit = ''] =
    /^\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in)?\s*$/i.exec(length ?? '') ?? []
  if (number === undefined) return undefined
  return Number((Number(number) * PX[unit.toLowerCase() as keyof typeof PX]).toFixed(2))
}

function ownAttribute(element: string, key: string, value: string, id: string): string {
  if (/^on/i.test(key)) throw wrong('no program', `${key}="${value}"`)
  if (key === 'id') return ` id="${id}-${value}"`
  // Observable Plot's: a font of the reader's machine, which no print has.
  if (key === 'font-family' && /^system-ui\b/.test(value)) return ` ${key}="${theme.font}"`
  if (/^(?:xlink:)?href$|^src$/i.test(key)) {
    const isInside = value.startsWith('#') || /^data:image\//i.test(value)
    if (!isInside && !(element === 'a' && /^(?:https?:|mailto:)/i.test(value)))
      throw wrong('pictures as data: URIs, and links to addresses', `${key}="${value}"`)
    return ` ${key}="${value.startsWith('#') ? `#${id}-${value.slice(1)}` : value}"`
  }
  return ` ${key}="${ownUrls(value, id).replace(/"/g, '&quot;')}"`
}

// A selector of ids in it names this drawing's.
function ownStyle(css: string, id: string): string {
  if (/@import/i.test(css)) throw wrong('styles in the drawing', css)
  const selectors = css.replace(/[^{};]+(?=\{)/g, (selector) => selector.replace(/#(?=[\w-])/g, `#${id}-`))
  return ownUrls(selectors, id)
}

function ownUrls(text: string, id: string): string {
  return text.replace(/url\(\s*(['"]|&quot;)?(.*?)\1\s*\)/gi, (whole, _, target: string) => {
    if (/^data:/i.test(target)) return whole
    if (target.startsWith('#')) return `url(#${id}-${target.slice(1)})`
    throw wrong('data: URIs', whole)
  })
}

function wrong(expected: string, text: string): Error {
  return new Error(`expected ${expected} in an SVG, found ${found(text.trim())}`)
}
