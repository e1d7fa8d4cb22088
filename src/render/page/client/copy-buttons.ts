import { button } from './button.ts'
import { element } from './element.ts'
import { onPatch } from './on-patch.ts'
import { words } from './words.ts'

/** Gives each block of code a button that copies it, and says aloud how that went. */
export function copyButtons(): void {
  const say = liveRegion()
  addButtons(say)
  onPatch(() => addButtons(say))
}

function addButtons(say: (message: string) => void): void {
  for (const pre of document.querySelectorAll<HTMLElement>('pre:not(:has(>.weft-copy))')) {
    const code = pre.querySelector('code')
    if (!code) continue
    const copy = copyButton(() => code.textContent ?? '', {
      onDone: (isCopied) => say(isCopied ? words.codeIsCopied : words.copyIsRefused),
    })
    copy.classList.add('weft-copy')
    pre.append(copy)
  }
}

interface CopyOptions {
  /** What the button is called, if its text alone does not tell what it copies. */
  readonly label?: string
  onDone?(isCopied: boolean): void
}

/** Makes a button that copies a text, and shows for two seconds how that went. */
export function copyButton(text: () => string, { label, onDone }: CopyOptions = {}): HTMLButtonElement {
  const press = async () => {
    const isCopied = await copyText(text())
    copy.textContent = isCopied ? words.copied : words.cannotCopy
    onDone?.(isCopied)
    setTimeout(() => {
      copy.textContent = words.copy
    }, 2000)
    copy.focus()
  }
  const copy = button(words.copy, press, label)
  return copy
}

// A page that is opened as a file may have no clipboard of the new kind.
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

function copySelected(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('aria-hidden', 'true')
  area.style.cssText = 'position:fixed;inset:0 auto auto 0;opacity:0'
  // What is behind an open dialog cannot be marked.
  const place = document.querySelector('dialog[open]') ?? document.body
  place.append(area)
  area.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    area.remove()
  }
}

/** Adds what a screen reader speaks when its text changes; gives the function that changes it. */
function liveRegion(): (message: string) => void {
  const region = element('div', { className: 'sr-only weft-status', role: 'status' })
  document.body.append(region)
  return (message) => {
    region.textContent = ''
    // An equal message again is a change only after an empty one was there.
    requestAnimationFrame(() => {
      region.textContent = message
    })
  }
}
