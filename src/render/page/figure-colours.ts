import { contrast } from '../charts/colour.ts'
import { ORDERED_PALETTE, PALETTE } from '../charts/theme.ts'

/** The ground of a dark page, on which figures are drawn. */
export const DARK_GROUND = '#191a1c'

/** The palette of series on a dark ground, colour by colour, each with a contrast of at least 3:1. */
export const DARK_PALETTE = [
  '#6eb2ff',
  '#ff6400',
  '#bfd3ce',
  '#934de6',
  '#daba82',
  '#f4f2ee',
  '#7ea17d',
  '#2376a2',
] as const

/** The palette of steps of one quantity on a dark ground: from pale to mid, as the light one goes from dark to mid. */
export const DARK_ORDERED_PALETTE = [
  '#f3eafe',
  '#ead2f4',
  '#e4b6e3',
  '#e49fc0',
  '#dd8c92',
  '#dd7663',
  '#cc5f38',
  '#a95600',
] as const

const chosen: ReadonlyMap<string, string> = new Map([
  ...PALETTE.map((colour, index) => [colour, DARK_PALETTE[index]!] as const),
  ...ORDERED_PALETTE.map((colour, index) => [colour, DARK_ORDERED_PALETTE[index]!] as const),
])

/** Lightness in OKLab of ground and ink, of a light page and of a dark one: each goes where the other was. */
const light = { ground: 1, ink: 0.218 } as const
const dark = { ground: 0.217, ink: 0.91 } as const
/** Contrast on white from which on a colour gets the other on a dark ground, which leaves room to round. */
const seenContrast = 3
const leastContrast = 3.2

/**
 * Gives the colour that a colour of a figure has on a dark ground: light becomes dark and dark light, in the same hue;
 * series have a palette of their own. Undefined for what is no plain colour: `none`, a gradient, a name.
 *
 * @param colour `#rgb`, `#rrggbb`, `rgb(1, 2, 3)`, `white` or `black`, as drawings have them
 */
export function darkColour(colour: string): string | undefined {
  const rgb = rgbOf(colour)
  if (!rgb) return undefined
  const hex = hexOf(rgb)
  const own = chosen.get(hex)
  if (own !== undefined) return own
  const [lightness, a, b] = toLab(rgb)
  const share = Math.max(0, (lightness - light.ink) / (light.ground - light.ink))
  const turned = dark.ink - (dark.ink - dark.ground) * share
  const made = inGamut([turned, a, b])
  return contrast(hex, '#ffffff') < seenContrast ? hexOf(made) : readable(made)
}

/** Writes a colour that is one thing on a light page and another on a dark one; undefined as `darkColour`. */
export function bothSchemes(colour: string): string | undefined {
  const turned = darkColour(colour)
  return turned === undefined ? undefined : `light-dark(${colour},${turned})`
}

type Triple = readonly [number, number, number]

function readable(rgb: Triple): string {
  const [lightness, a, b] = toLab(rgb)
  let found = hexOf(rgb)
  for (let more = lightness; contrast(found, DARK_GROUND) < leastContrast && more < 1; more += 0.01)
    found = hexOf(inGamut([more, a, b]))
  return found
}

function rgbOf(colour: string): Triple | undefined {
  if (colour === 'white') return [255, 255, 255]
  if (colour === 'black') return [0, 0, 0]
  const [, hex] = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour) ?? []
  if (hex !== undefined) {
    const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex
    const part = (at: number) => Number.parseInt(full.slice(at, at + 2), 16)
    return [part(0), part(2), part(4)]
  }
  const [, red, green, blue] = /^rgb\(\s*(\d+),\s*(\d+),\s*(\d+)\s*\)$/.exec(colour) ?? []
  return red === undefined ? undefined : [Number(red), Number(green), Number(blue)]
}

function hexOf(rgb: Triple): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}

function linear(byte: number): number {
  const share = byte / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

// OKLab, by Ottosson (2020).
function toLab(rgb: Triple): Triple {
  const [red, green, blue] = rgb.map(linear) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromLab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const parts = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const [red, green, blue] = parts.map((share) =>
    share <= 0.0031308 ? 255 * 12.92 * share : 255 * (1.055 * share ** (1 / 2.4) - 0.055),
  )
  return [red!, green!, blue!]
}

// Less colourful until a screen can show it.
function inGamut([lightness, a, b]: Triple): Triple {
  for (let share = 1; share > 0; share -= 0.05) {
    const rgb = fromLab([lightness, a * share, b * share])
    if (rgb.every((part) => part > -0.5 && part < 255.5)) return rgb
  }
  return fromLab([lightness, 0, 0]).map((part) => Math.min(255, Math.max(0, part))) as unknown as Triple
}
