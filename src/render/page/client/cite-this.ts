import { button } from './button.ts'
import { copyButton } from './copy-buttons.ts'
import { element } from './element.ts'
import { words } from './words.ts'

/** Adds a button that shows how to cite the report, as text and for BibTeX, each with a button that copies it. */
export function citeThis(bar: HTMLElement): void {
  const data = document.querySelector('script.weft-cite')
  if (!data) return
  const { text, bibtex } = JSON.parse(data.textContent!) as { readonly text: string; readonly bibtex: string }
  const dialog = element(
    'dialog',
    { className: 'weft-dialog', 'aria-label': words.citeThis },
    element('p', { className: 'weft-dialog-title' }, words.citeThis),
    entry(words.plainText, text, 'weft-cite-text'),
    entry('BibTeX', bibtex, 'weft-cite-bibtex'),
    button(words.close, () => dialog.close()),
  )
  // A press beside it is one on the dialog itself.
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close())
  document.body.append(dialog)
  bar.append(button(words.cite, () => dialog.showModal(), words.citeThis))
}

function entry(name: string, text: string, className: string): HTMLElement {
  return element(
    'div',
    { className: 'weft-cite-entry' },
    element('b', {}, name),
    copyButton(() => text, { label: `${words.copy}: ${name}` }),
    element('p', { className }, text),
  )
}
