import { tokenLetters } from '../tools/code-tokens.ts'
import { element } from './element.ts'
import { onPatch } from './on-patch.ts'

const kinds = new Map(Object.entries(tokenLetters).map(([kind, letter]) => [letter as string, kind]))

/** Marks the tokens of code that is unfolded, line by line, as code that is always seen is marked. */
export function codeColours(): void {
  const colour = () => {
    for (const code of document.querySelectorAll<HTMLElement>('details[open] code[data-tokens]')) mark(code)
  }
  document.addEventListener('toggle', colour, true)
  onPatch(colour)
  colour()
}

function mark(code: HTMLElement): void {
  const text = code.textContent ?? ''
  const lines = [lineElement()]
  const put = (part: string, kind?: string) => {
    for (const [index, piece] of part.split('\n').entries()) {
      if (index > 0) lines.push(lineElement())
      if (piece !== '')
        lines.at(-1)!.append(kind === undefined ? piece : element('span', { className: `t-${kind}` }, piece))
    }
  }
  let at = 0
  for (const [, gap, letter, length] of (code.dataset.tokens ?? '').matchAll(
    /([0-9a-z]+)([A-Z])([0-9a-z]+)/g,
  )) {
    const start = at + Number.parseInt(gap!, 36)
    put(text.slice(at, start))
    at = start + Number.parseInt(length!, 36)
    put(text.slice(start, at), kinds.get(letter!))
  }
  put(text.slice(at))
  code.replaceChildren(...lines.flatMap((line, index) => (index === 0 ? [line] : ['\n', line])))
  delete code.dataset.tokens
}

function lineElement(): HTMLElement {
  return element('span', { className: 'line' })
}
