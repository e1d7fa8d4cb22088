import type { Item } from 'vega'
import * as vega from 'vega'
import { bothSchemes } from '../figure-colours.ts'

/** Name of a renderer for vega that writes each colour for a light and for a dark page. */
export const schemedRenderer = 'weft-svg'

/** The method of vega's renderer that sets what an element looks like; it sets what has changed. */
interface Styling {
  style(element: Element, item: Item): void
}

// Vega exports these without types.
const { SVGRenderer, SVGHandler } = vega as unknown as {
  readonly SVGRenderer: new () => Styling
  readonly SVGHandler: never
}

class SchemedRenderer extends SVGRenderer {
  override style(element: Element | null, item: Item): void {
    super.style(element as Element, item)
    if (!element) return
    for (const name of ['fill', 'stroke']) {
      const both = bothSchemes(element.getAttribute(name) ?? '')
      if (both !== undefined) element.setAttribute(name, both)
    }
  }
}

vega.renderModule(schemedRenderer, { handler: SVGHandler, renderer: SchemedRenderer as never })
