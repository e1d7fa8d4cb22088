import type { Patch } from '../protocol.ts'

/** Changes what no reader sees: rules for fonts and printed titles, and the data of cards. */
export function applyPieces(pieces: Patch['pieces']): void {
  for (const [id, text] of Object.entries(pieces)) {
    const content = text.replace(/^\s*<(?:style|script)\b[^>]*>/, '').replace(/<\/(?:style|script)>\s*$/, '')
    if (id === 'cards') setCards(content)
    else if (id === 'fonts') addFonts(content)
    else setStyle(id, content)
  }
}

function setCards(json: string): void {
  const data = document.querySelector('script.weft-cards')
  if (!data) return
  data.textContent = json
  document.dispatchEvent(new CustomEvent('weft-cards'))
}

// Rules that are there stay: to take a font away and give it again would draw the page without it for a moment.
function addFonts(css: string): void {
  const present = [...document.querySelectorAll('style')].map((style) => style.textContent ?? '').join('')
  const missing = css
    .split(/(?=@font-face)/)
    .filter((rule) => rule.trim() !== '' && !present.includes(rule.trim()))
  if (missing.length > 0) setStyle(`fonts-${document.querySelectorAll('style').length}`, missing.join('\n'))
}

function setStyle(id: string, css: string): void {
  const own = `style[data-preview="${CSS.escape(id)}"]`
  let style = document.querySelector<HTMLStyleElement>(own)
  if (!style) {
    style = document.createElement('style')
    style.dataset.preview = id
    document.head.append(style)
  }
  style.textContent = css
}
