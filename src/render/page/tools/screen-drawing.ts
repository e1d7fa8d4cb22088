import type { BlockCache } from '../block-cache.ts'
import { bothSchemes } from '../figure-colours.ts'
import { withOnePicture } from './one-picture.ts'

/** A drawing by vega as a page on a screen has it. */
interface ScreenDrawing {
  readonly markup: string
  /** Whether its colours follow the scheme of the page. One that lays marks over pictures stays on a light ground. */
  readonly followsScheme: boolean
}

/**
 * Prepares a drawing by vega for a screen: without what nobody sees, which is half of it, and with each colour as a
 * variable of the drawing that has a value for light and one for dark.
 */
export function screenDrawing(svg: string, cache?: BlockCache): ScreenDrawing {
  const slim = unwrapped(slimmed(svg))
  const followsScheme =
    !/<image\b/.test(slim) || !/<(?:path|line|rect|circle|polygon)\b/.test(outsideDefs(slim))
  return { markup: followsScheme ? withVariables(withOnePicture(slim, cache)) : slim, followsScheme }
}

function outsideDefs(svg: string): string {
  return svg.replace(/<defs>[\s\S]*?<\/defs>/g, '')
}

const unseen = [
  // An empty foreground, and a ground without a colour.
  /<path class="foreground"[^>]*? display="none"\/>/g,
  /<path class="background"(?![^>]* (?:fill|stroke|style)=)[^>]*\/>/g,
  // What the whole is said to be is said once, and no style asks for names of groups.
  / role="graphics-[a-z]+"| aria-roledescription="[^"]*"| aria-hidden="true"| pointer-events="none"/g,
  /(?<=<(?:g|path)) class="[^"]*"/g,
  // The page's own rules name the font of drawings.
  / font-family="'Source Sans 3', [^"]*"/g,
  / text-anchor="start"| transform="translate\(0,0\)"/g,
]

function slimmed(svg: string): string {
  const [head = ''] = /^<svg\b[^>]*>/.exec(svg) ?? []
  const seen = unseen.reduce((text, pattern) => text.replace(pattern, ''), svg.slice(head.length))
  return (
    head +
    seen.replace(/ (?:d|transform|x2|y2)="[^"]*"/g, (attribute) =>
      attribute.replace(/-?\d*\.\d{3,}/g, rounded),
    )
  )
}

// A hundredth of a pixel is less than a screen shows.
function rounded(number: string): string {
  return String(Number(Number(number).toFixed(2)))
}

/** Takes away groups that do nothing. */
function unwrapped(svg: string): string {
  const isKept: boolean[] = []
  const tag = /<g>|<g [^>]*\/?>|<\/g>/g
  const open = svg.replace(tag, (one) => {
    if (one === '</g>') return isKept.pop() ? one : ''
    if (one.endsWith('/>')) return ''
    isKept.push(one !== '<g>')
    return one === '<g>' ? '' : one
  })
  // One that is empty by now holds others that are.
  let before = ''
  let now = open
  while (now !== before) {
    before = now
    now = now.replace(/<g(?: [^>]*)?><\/g>/g, '')
  }
  return now
}

const coloured = / (fill|stroke|stop-color|color)="([^"]+)"/g

function withVariables(svg: string): string {
  const names = new Map<string, string>()
  const body = svg.replace(coloured, (whole, name: string, colour: string) => {
    const both = knownSchemes(colour)
    if (both === undefined) return whole
    if (!names.has(both)) names.set(both, `--c${names.size}`)
    return ` ${name}="var(${names.get(both)})"`
  })
  const variables = [...names].map(([both, name]) => `${name}:${both}`).join(';')
  return names.size === 0 ? body : body.replace('<svg ', `<svg style="${variables}" `)
}

// All drawings of a report share a few colours, and to turn one takes many steps.
const known = new Map<string, string | undefined>()
const mostKnown = 5_000

function knownSchemes(colour: string): string | undefined {
  if (!known.has(colour)) {
    if (known.size >= mostKnown) known.clear()
    known.set(colour, bothSchemes(colour))
  }
  return known.get(colour)
}
