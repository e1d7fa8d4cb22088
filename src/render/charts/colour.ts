type Rgb = readonly [number, number, number]

/** Mixes a colour from stops spaced evenly from 0 to 1, as `#rrggbb`. */
export function blended(stops: readonly string[], at: number): string {
  return `#${rgbAt(stops, at)
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`
}

/** Mixes a colour from stops spaced evenly from 0 to 1, as bytes. */
export function rgbAt(stops: readonly string[], at: number): Rgb {
  const place = Math.min(Math.max(at, 0), 1) * (stops.length - 1)
  const before = Math.min(Math.floor(place), stops.length - 2)
  const [from, to] = [rgbOf(stops[before]!), rgbOf(stops[before + 1]!)]
  const mixed = (part: 0 | 1 | 2) => Math.round(from[part] + (place - before) * (to[part] - from[part]))
  return [mixed(0), mixed(1), mixed(2)]
}

/** Gives black or white, whichever is more readable on a colour: its contrast is never below 4.5:1. */
export function inkOn(fill: string): string {
  return contrast(fill, '#000000') >= contrast(fill, '#ffffff') ? '#000000' : '#ffffff'
}

/** Computes the contrast of two colours `#rrggbb` by WCAG 2.2, from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark, pale] = [luminance(a), luminance(b)].sort((one, other) => one - other)
  return (pale! + 0.05) / (dark! + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = rgbOf(colour).map((byte) => {
    const share = byte / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

function rgbOf(colour: string): Rgb {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}
