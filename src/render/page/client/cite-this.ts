import { button } from './button.ts'
import { copyText } from './copy-buttons.ts'
import { words } from './words.ts'

/** Adds a button that shows how to cite the report, as text and for BibTeX, each with a button that copies it. */
export function citeThis(bar: HTMLElement): void {
  const data = document.querySelector('script.weft-cite')
  if (!data) return
  const { text, bibtex } = JSON.parse(data.textContent!) as { readonly text: string; readonly bibtex: string }
  const dialog = document.createElement('dialog')
  dialog.className = 'weft-dialog'
  dialog.setAttribute('aria-label', words.citeThis)
  const title = document.createElement('p')
  title.className = 'weft-dialog-title'
  title.append(words.citeThis)
  const close = button(words.close, () => dialog.close())
  dialog.append(title, entry(words.plainText, text), entry('BibTeX', bibtex), close)
  // A press beside it is one on the dialog itself.
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close())
  document.body.append(dialog)
  bar.append(button(words.cite, () => dialog.showModal(), words.citeThis))
}

function entry(name: string, text: string): HTMLElement {
  const box = document.createElement('div')
  box.className = 'weft-cite-entry'
  const heading = document.createElement('b')
  heading.append(name)
  const shown = document.createElement('p')
  shown.className = name === 'BibTeX' ? 'weft-cite-bibtex' : 'weft-cite-text'
  shown.append(text)
  const copy = button(
    words.copy,
    async () => {
      copy.textContent = (await copyText(text)) ? words.copied : words.cannotCopy
      setTimeout(() => {
        copy.textContent = words.copy
      }, 2000)
      copy.focus()
    },
    `${words.copy}: ${name}`,
  )
  box.append(heading, copy, shown)
  return box
}
