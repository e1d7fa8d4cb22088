import type { ReadCell } from './read-notebook.ts'
import { textOf } from './read-notebook.ts'

/** A picture that a notebook held. */
export interface Picture {
  /** Its name in the folder of the chapter's files. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** The prose of a cell, with its pictures. */
export interface ProseCell {
  readonly text: string
  readonly pictures: readonly Picture[]
}

/**
 * Gives the text of a Markdown cell as a chapter has it: pictures are files, and an environment of LaTeX that stands by
 * itself is a formula.
 *
 * @param folder the name of the folder beside the chapter where its pictures will be
 * @param taken the names of pictures of cells above; those of this cell are added
 */
export function proseOf(
  { source, attachments, number }: ReadCell,
  folder: string,
  taken: Set<string>,
): ProseCell {
  let text = withFormulas(source)
  const pictures: Picture[] = []
  for (const [given, forms] of Object.entries(attachments)) {
    const [form] = Object.entries(forms)
    if (form === undefined) continue
    const plain = given.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+/, '')
    const name = freeName(plain, number, taken)
    taken.add(name)
    pictures.push({ name, bytes: bytesOf(form, `cell ${number}: attachment ${given}`) })
    for (const written of new Set([given, encodeURI(given), encodeURIComponent(given)]))
      text = text.replaceAll(`attachment:${written}`, `${inLink(folder)}/${inLink(name)}`)
  }
  return { text: text.trim(), pictures }
}

// Two pictures of one cell may differ in what a file name cannot hold.
function freeName(plain: string, cell: number, taken: ReadonlySet<string>): string {
  if (plain !== '' && !taken.has(plain)) return plain
  for (let number = 1; ; number++) {
    const name = `cell-${cell}-${number === 1 ? '' : `${number}-`}${plain}`
    if (!taken.has(name)) return name
  }
}

function inLink(name: string): string {
  return encodeURIComponent(name).replace(/[()]/g, (mark) => (mark === '(' ? '%28' : '%29'))
}

// Notebooks write text, such as SVG, as it is, and anything else in base64.
function bytesOf([type, content]: readonly [string, unknown], place: string): Uint8Array {
  const text = textOf(content, place)
  return Buffer.from(text, type.startsWith('image/svg') && text.includes('<') ? 'utf8' : 'base64')
}

const environment =
  /^ {0,3}\\begin\{((?:align|equation|gather|multline|eqnarray|alignat)\*?)\}[\s\S]*?\\end\{\1\}[ \t]*$/gm

// MathJax finds them without dollars. Code and formulas with dollars stay as they are.
function withFormulas(source: string): string {
  const parts = source.split(/(^ {0,3}(?:```|~~~)[\s\S]*?^ {0,3}(?:```|~~~)[ \t]*$|\$\$[\s\S]*?\$\$)/m)
  return parts
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(environment, (whole) => `$$\n${whole.trim()}\n$$`),
    )
    .join('')
}
