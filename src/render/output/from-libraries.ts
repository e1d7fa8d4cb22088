import { kindOf, withKind } from '../model/error-kind.ts'
import { found, listed } from '../model/found.ts'
import { figure, figureOfSvg, isSvg } from './figure-of.ts'
import { markdown } from './prose-of.ts'

const DISPLAY = Symbol.for('Jupyter.display')

/** What a library shows of a value in a notebook, by its types. */
interface Bundle {
  readonly [type: string]: unknown
}

interface Shows {
  readonly [DISPLAY]?: () => unknown
  toSvg?(): unknown
  toSVG?(): unknown
}

/**
 * Gives what values of other libraries show, so that `toOutputs` knows it: an object with `toSvg` its drawing, one with
 * `Symbol.for('Jupyter.display')` the best of what it shows in a notebook. Other values, and lists of them, come back
 * as they are.
 */
export async function fromLibraries(value: unknown, path = 'default'): Promise<unknown> {
  if (!Array.isArray(value)) return shownBy(value, path)
  if (!value.some(canShow)) return value
  return Promise.all(value.map((item, index) => shownBy(item, `${path}[${index}]`)))
}

async function shownBy(value: unknown, path: string): Promise<unknown> {
  if (!canShow(value)) return value
  try {
    if (typeof value[DISPLAY] === 'function') return ofBundle(await value[DISPLAY]())
    return ofSvg(await (value.toSvg ? value.toSvg() : value.toSVG!()))
  } catch (cause) {
    throw withKind(new Error(`${path}: ${(cause as Error).message}`, { cause }), kindOf(cause))
  }
}

function canShow(value: unknown): value is Shows {
  if (typeof value !== 'object' || value === null) return false
  const { [DISPLAY]: display, toSvg, toSVG } = value as Shows
  return [display, toSvg, toSVG].some((way) => typeof way === 'function')
}

function ofSvg(svg: unknown): unknown {
  if (typeof svg === 'string' && isSvg(svg)) return figureOfSvg(svg)
  throw new Error(`expected the text of an SVG from toSvg(), found ${found(svg)}`)
}

function ofBundle(bundle: unknown): unknown {
  if (typeof bundle !== 'object' || bundle === null)
    throw new Error(`expected an object by media types from Jupyter.display, found ${found(bundle)}`)
  const parts = bundle as Bundle
  const types = Object.keys(parts)
  const chart = types.find((type) => /^application\/vnd\.vega(lite)?\.v\d+\+json$/.test(type))
  const words = wordsOf(parts['text/plain'])
  const svg = parts['image/svg+xml']
  // A chart whose data lie elsewhere is shown as it was drawn.
  if (chart !== undefined && !(typeof svg === 'string' && hasAddress(parts[chart])))
    return chartOf(parts[chart], words)
  if (typeof svg === 'string') return svgOf(svg, words)
  const picture = ['image/png', 'image/jpeg'].find((type) => parts[type] !== undefined)
  if (picture !== undefined) return figure(bytesOf(parts[picture], picture), altOf(words, picture))
  const rows = (parts['application/vnd.dataresource+json'] as { data?: unknown } | undefined)?.data
  if (Array.isArray(rows)) return rows
  if (typeof parts['text/markdown'] === 'string') return markdown(parts['text/markdown'])
  if (typeof parts['text/plain'] === 'string') return parts['text/plain']
  if (types.includes('text/html'))
    throw new Error(
      'cannot show HTML, which could bring programs and styles of its own: give image/svg+xml, image/png, text/markdown or text/plain too, or make figure(...), table(...) or markdown(...) of what it shows',
    )
  throw new Error(
    `expected image/svg+xml, image/png, image/jpeg, a vega or vega-lite specification, text/markdown or text/plain from Jupyter.display, found ${types.length === 0 ? 'nothing' : listed(types)}`,
  )
}

// What a notebook without pictures shows in place of one, unless it only names a class.
function wordsOf(text: unknown): string | undefined {
  return typeof text === 'string' && /\p{L}/u.test(text) && !/^\s*[<[{(]/.test(text) ? text.trim() : undefined
}

// Rows may have members of any name.
function hasAddress(node: unknown, isData = false): boolean {
  if (typeof node !== 'object' || node === null) return false
  if (isData && 'url' in node) return true
  return Object.entries(node).some(([key, member]) => {
    if (key === 'values' || key === 'datasets') return false
    return hasAddress(member, key === 'data' || (isData && Array.isArray(node)))
  })
}

function chartOf(spec: unknown, words: string | undefined): unknown {
  const { description } = (spec ?? {}) as { description?: unknown }
  return figure(spec as object, altOf(typeof description === 'string' ? description : words, 'a chart'))
}

function svgOf(svg: string, words: string | undefined): unknown {
  return words === undefined ? figureOfSvg(svg) : figure(svg, { alt: words })
}

function altOf(words: string | undefined, what: string): { alt: string } {
  if (words !== undefined) return { alt: words }
  throw withKind(
    new Error(
      `Cannot make a figure of ${what}, expected text/plain beside it that says what it shows, or figure(..., { alt }), found none`,
    ),
    'no-alt',
  )
}

function bytesOf(picture: unknown, type: string): Uint8Array {
  if (picture instanceof Uint8Array) return picture
  if (typeof picture === 'string') return Buffer.from(picture, 'base64')
  throw new Error(`expected ${type} as base64 or bytes, found ${found(picture)}`)
}
