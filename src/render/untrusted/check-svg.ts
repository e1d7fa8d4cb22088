import { limits } from '../model/limits.ts'
import { UntrustedInputError } from '../model/messages.ts'

const elements = new Set(
  'svg g title path text tspan rect line circle image defs linearGradient radialGradient stop clipPath pattern a'.split(
    ' ',
  ),
)

const attributes = new Set(
  [
    'id class role transform display opacity d x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy width height viewBox',
    'fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap',
    'stroke-linejoin stroke-miterlimit clip-path clip-rule pointer-events preserveAspectRatio text-anchor font-family',
    'font-size font-weight font-style font-variant offset stop-color stop-opacity gradientUnits gradientTransform',
    'paint-order shape-rendering dominant-baseline overflow',
    'spreadMethod patternUnits href xlink:href xmlns xmlns:xlink version dir',
  ].flatMap((line) => line.split(' ')),
)

const attribute = /\s+([a-zA-Z][\w:-]*)="([^"<>]*)"/g
const tag = /^<\/?([a-zA-Z]+)((?:\s+[a-zA-Z][\w:-]*="[^"<>]*")*)\s*\/?>$/

/**
 * Gives a drawing of an untrusted specification as it is; throws `UntrustedInputError` where it holds anything but shapes, words and
 * pictures that are written into it, or is larger than a page can use.
 */
export function checkSvg(svg: string): string {
  if (svg.length > limits.drawingCharacters)
    throw new UntrustedInputError(
      `expected a drawing of at most ${limits.drawingCharacters} characters, found ${svg.length}`,
    )
  for (const [piece] of svg.matchAll(/<[^>]*>?/g)) checkTag(piece)
  if (svg.indexOf('</svg>') !== svg.length - '</svg>'.length || svg.lastIndexOf('<svg') !== 0)
    throw new UntrustedInputError('expected one drawing, found more')
  for (const side of ['width', 'height']) {
    const px = Number(new RegExp(`^<svg[^>]* ${side}="([^"]*)"`).exec(svg)?.[1])
    if (!(px <= limits.sidePx))
      throw new UntrustedInputError(`expected a ${side} of at most ${limits.sidePx} px, found ${px}`)
  }
  return svg
}

function checkTag(piece: string): void {
  const [, name, list = ''] = tag.exec(piece) ?? []
  if (name === undefined || !elements.has(name))
    throw new UntrustedInputError(`expected shapes and words in a drawing, found \`${piece.slice(0, 60)}\``)
  for (const [, key, value] of list.matchAll(attribute)) checkAttribute(name, key!, value!)
}

function checkAttribute(element: string, name: string, value: string): void {
  const isKnown = attributes.has(name) || /^aria-[a-z]+$/.test(name)
  const isSafe =
    name === 'href' || name === 'xlink:href'
      ? isSafeAddress(element, value)
      : name === 'class'
        ? !/(?:^|\s)(?:weft-|katex|sr-only|t-)/.test(value)
        : !/url\s*\(/i.test(value) || /^url\(#[\w-]+\)$/.test(value)
  if (isKnown && isSafe) return
  throw new UntrustedInputError(
    `expected no such attribute in a drawing, found \`${name}="${value.slice(0, 60)}"\``,
  )
}

function isSafeAddress(element: string, value: string): boolean {
  if (element === 'image') return /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/=]+$/.test(value)
  return element === 'a' ? /^(?:https?:\/\/|mailto:|#)/i.test(value) : /^#[\w-]+$/.test(value)
}
