import { inLanguage } from '../model/locale.ts'
import type { Figure, Output } from '../model/types.ts'
import { figureToSvg } from '../output/draw/figure-to-svg.ts'
import { isVega } from '../output/figure-of.ts'
import type { MimeBundle } from './nbformat.ts'
import { plainTable } from './plain-table.ts'
import { tableHtml } from './table-html.ts'

interface Shown {
  /** All ids of a drawing begin with it. */
  readonly id: string
  readonly lang: string
  /** The drawing of a figure, if it is drawn already. */
  readonly svg?: string
  /** The Markdown of prose, with its values filled in. */
  readonly markdown?: string
}

/** Gives an output in all forms in which notebooks show it; each has a text. Throws if a figure cannot be drawn. */
export async function bundleOf(output: Output, shown: Shown): Promise<MimeBundle> {
  if (output.kind === 'figure') return figureBundle(output, shown)
  if (output.kind === 'table')
    return { 'text/html': tableHtml(output, shown.lang), 'text/plain': plainTable(output) }
  if (output.kind === 'scalar') return { 'text/plain': output.text }
  const markdown = shown.markdown ?? output.markdown
  return { 'text/markdown': markdown, 'text/plain': markdown }
}

// Converters do not know vega-lite, so each drawing is there as SVG too.
async function figureBundle(figure: Figure, { id, lang, svg }: Shown): Promise<MimeBundle> {
  const local = inLanguage(figure, lang)
  const drawing = svg ?? (await figureToSvg(local, id))
  return {
    'image/svg+xml': withRoom(drawing),
    ...specOf(local),
    'text/plain': figure.alt,
  }
}

function specOf({ spec }: Figure): MimeBundle {
  if (typeof spec.svg === 'string') return {}
  return isVega(spec)
    ? { 'application/vnd.vega.v5+json': spec }
    : {
        'application/vnd.vegalite.v5+json': {
          $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
          ...spec,
        },
      }
}

const roomPx = 12

// A picture in a notebook has the fonts of the reader, whose letters may be wider.
function withRoom(svg: string): string {
  const root = /^<svg[^>]*>/.exec(svg)?.[0]
  const [, left, top, width, height] =
    /viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"/.exec(root ?? '') ?? []
  if (root === undefined || height === undefined) return svg
  const wide = Number(width) + 2 * roomPx
  const viewBox = `viewBox="${Number(left) - roomPx} ${top} ${wide} ${height}"`
  const wider = root.replace(/viewBox="[^"]*"/, viewBox).replace(/ width="[^"]*"/, ` width="${wide}"`)
  return wider + svg.slice(root.length)
}
