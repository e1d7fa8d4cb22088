import { button } from './button.ts'
import { copyText } from './copy-text.ts'

/** Gives each block of code a button that copies it, and says aloud how that went. */
export function copyButtons(say: (message: string) => void): void {
  for (const pre of document.querySelectorAll<HTMLElement>('pre')) {
    const code = pre.querySelector('code')
    if (!code) continue
    const copy = button('Copy', async () => {
      const isCopied = await copyText(code.textContent ?? '')
      const message = isCopied ? 'Copied' : 'Cannot copy'
      copy.textContent = message
      say(isCopied ? 'The code is copied.' : 'The browser does not let this page copy.')
      setTimeout(() => {
        copy.textContent = 'Copy'
      }, 2000)
      copy.focus()
    })
    copy.classList.add('weft-copy')
    pre.append(copy)
  }
}
