import { element } from '../../page/client/element.ts'
import { cardsChanged } from '../../page/client/on-patch.ts'
import type { Patch } from '../protocol.ts'

const spec = /^spec:/

/** Lists the figures whose data change. */
export function changedFigures(pieces: Patch['pieces']): Set<string> {
  return new Set(
    Object.keys(pieces)
      .filter((id) => spec.test(id))
      .map((id) => id.replace(spec, '')),
  )
}

/** Changes what no reader sees: rules for fonts and printed titles, the data of cards and of figures. */
export function applyPieces(pieces: Patch['pieces']): void {
  for (const [id, text] of Object.entries(pieces)) {
    const content = text.replace(/^\s*<(?:style|script)\b[^>]*>/, '').replace(/<\/(?:style|script)>\s*$/, '')
    if (spec.test(id)) setSpec(id.replace(spec, ''), text, content)
    else if (id === 'cards') setCards(content)
    else if (id === 'fonts') addFonts(content)
    else setStyles(id, text)
  }
}

function setSpec(figure: string, html: string, json: string): void {
  const present = document.querySelector(`script.weft-spec[data-figure="${CSS.escape(figure)}"]`)
  if (html === '') present?.remove()
  else if (present) present.textContent = json
  else {
    const data = document.createElement('script')
    data.type = 'text/plain'
    data.className = 'weft-spec'
    data.dataset.figure = figure
    data.textContent = json
    document.body.append(data)
  }
}

function setCards(json: string): void {
  const data = document.querySelector('script.weft-cards')
  if (!data) return
  data.textContent = json
  document.dispatchEvent(new CustomEvent(cardsChanged))
}

// Rules that are there stay: to take a font away and give it again would draw the page without it for a moment.
function addFonts(css: string): void {
  const present = [...document.querySelectorAll('style')].map((style) => style.textContent ?? '').join('')
  const missing = css
    .split(/(?=@font-face)/)
    .filter((rule) => rule.trim() !== '' && !present.includes(rule.trim()))
  if (missing.length > 0) document.head.append(element('style', {}, missing.join('\n')))
}

// In the place of those that are there: the server has marked them.
function setStyles(id: string, html: string): void {
  const present = [...document.querySelectorAll(`style[data-preview="${CSS.escape(id)}"]`)]
  const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, css]) =>
    element('style', { 'data-preview': id }, css!),
  )
  if (present[0]) present[0].before(...styles)
  else document.head.append(...styles)
  for (const style of present) style.remove()
}
