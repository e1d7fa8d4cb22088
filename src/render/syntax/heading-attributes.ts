import type { Heading, Text } from 'mdast'
import type { VFile } from 'vfile'
import { fail } from '../model/messages.ts'
import { isEscaped, placeInText } from './place-in-text.ts'

/**
 * Takes the attributes in braces at the end of a heading: `# Adam {#sec-adam .unnumbered pages=2}` labels the
 * section, gives it classes, and limits the printed pages of its text (`data-pages` in HTML). Changes the node in
 * place; braces with any other content stay text.
 *
 * @param file File of the heading, to report `label-is-given` and `option-is-known` at braces that begin with a `#`
 * but have other content.
 */
export function takeHeadingAttributes(node: Heading, file?: VFile): void {
  const last = node.children.at(-1)
  const match = last?.type === 'text' ? /\s*\{([^{}]*)\}\s*$/.exec(last.value) : null
  if (!match || last?.type !== 'text') return
  const words = match[1]!.split(/\s+/).filter((word) => word !== '')
  const properties = readAttributes(words)
  if (!properties) {
    if (file && words[0]?.startsWith('#')) report(last, match.index, words, file)
    return
  }
  last.value = last.value.slice(0, match.index)
  node.data = { ...node.data, hProperties: properties } as Heading['data']
}

const attribute = /^(?:#([A-Za-z][\w:.-]*)|\.([A-Za-z][\w-]*)|pages=([1-9]\d*))$/

function readAttributes(words: readonly string[]): Record<string, string | string[]> | undefined {
  const properties: Record<string, string | string[]> = {}
  const classes: string[] = []
  for (const word of words) {
    const [, id, name, pages] = attribute.exec(word) ?? []
    if (id !== undefined) properties.id = id
    else if (name !== undefined) classes.push(name)
    else if (pages !== undefined) properties.dataPages = pages
    else return undefined
  }
  if (words.length === 0) return undefined
  return classes.length > 0 ? { ...properties, className: classes } : properties
}

function report(text: Text, from: number, words: readonly string[], file: VFile): void {
  const source = String(file)
  if (isEscaped(text, text.value.indexOf('{', from), '{', source)) return
  const word = words.find((one) => !attribute.test(one))!
  const place = placeInText(text, text.value.indexOf(word, from), word, source)
  if (word.startsWith('#')) {
    const wanted = 'a letter of a-z or A-Z, then such letters, digits and `-`, `_`, `.` or `:`'
    fail(file, 'label-is-given', `Unexpected label \`${word}\`, expected ${wanted}`, place)
  } else {
    const wanted = '`.class`, or `pages=` and a number from 1'
    fail(file, 'option-is-known', `Unexpected \`${word}\` at a heading, expected ${wanted}`, place)
  }
}
