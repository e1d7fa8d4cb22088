import { assertAlt, assertCaption, assertKnown } from '../charts/assert-options.ts'
import { found, listed } from '../model/found.ts'
import type { Figure, Json } from '../model/types.ts'
import { assertJson } from './to-json.ts'

/** What a vega-lite specification has at least one of. */
const VIEWS = ['mark', 'layer', 'hconcat', 'vconcat', 'concat', 'facet', 'repeat', 'spec'] as const

export interface FigureOptions {
  /** What a reader who cannot see the figure should know. Never empty. */
  readonly alt: string
  /** Markdown. */
  readonly caption?: string
}

/**
 * Makes a figure of a vega-lite specification. Its data stand in it (`data.values`), widths are numbers in
 * CSS pixels of the printed page (a column is 624 wide), and one theme styles all figures; `config` in the
 * specification overrides it. Throws if the specification is not JSON, or has no alt text.
 */
export function figure(spec: object, options: FigureOptions): Figure {
  assertKnown('figure', options, ['alt', 'caption'])
  const { alt, caption } = options ?? {}
  assertAlt(alt)
  assertCaption(caption)
  assertSpec(spec, 'spec')
  const { $schema, ...rest } = spec
  return { kind: 'figure', spec: rest, alt, ...(caption === undefined ? {} : { caption }) }
}

/** Throws, naming the path, unless a value is a vega-lite specification that holds its own data. */
export function assertSpec(spec: unknown, path: string): asserts spec is Figure['spec'] {
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    throw new Error(
      `Cannot make a figure, expected a vega-lite specification at ${path}, found ${found(spec)}`,
    )
  }
  if (!VIEWS.some((view) => view in spec)) {
    throw new Error(
      `Cannot make a figure, expected one of ${VIEWS.join(', ')} in ${path}, found {${listed(Object.keys(spec))}}`,
    )
  }
  assertJson(spec, path)
  assertOwnData(spec, path)
}

function assertOwnData(node: Json | undefined, path: string): void {
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    const here = Array.isArray(node) ? `${path}[${key}]` : `${path}.${key}`
    // Rows may have members of any name.
    if (key === 'values' || key === 'datasets') continue
    if (key === 'data' && isRecord(value) && 'url' in value) {
      throw new Error(
        `Cannot make a figure, expected ${here}.values, found ${here}.url: a figure asks nothing of the network`,
      )
    }
    if (key === 'width' && value === 'container') {
      throw new Error(
        `Cannot make a figure, expected CSS pixels in ${here}, found "container": a page has no container to measure`,
      )
    }
    assertOwnData(value as Json, here)
  }
}

function isRecord(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
