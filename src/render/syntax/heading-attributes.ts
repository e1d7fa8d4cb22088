import type { Heading, Text } from 'mdast'
import type { VFile } from 'vfile'
import { languageTag } from '../model/language.ts'
import { fail } from '../model/messages.ts'
import { isRead, readAttributes, type UnreadWord } from './attributes.ts'
import { isEscaped, placeInText } from './place-in-text.ts'

/**
 * Takes the attributes in braces at the end of a heading: `# Adam {#sec-adam .unnumbered pages=2}` labels the
 * section, gives it classes, and limits the printed pages of its text (`data-pages` in HTML); `lang=de` names the
 * language of its words. Changes the node in place; braces with any other content stay text.
 *
 * @param file File of the heading, to report `label-is-given` and `option-is-known` at braces that begin with a `#`
 * but have other content.
 */
export function takeHeadingAttributes(node: Heading, file?: VFile): void {
  const last = node.children.at(-1)
  const match = last?.type === 'text' ? /\s*\{([^{}]*)\}\s*$/.exec(last.value) : null
  if (!match || last?.type !== 'text' || match[1]!.trim() === '') return
  const read = propertiesOf(match[1]!)
  if (isUnread(read)) {
    if (file && match[1]!.trim().startsWith('#')) report(last, match.index, read.unread, file)
    return
  }
  last.value = last.value.slice(0, match.index)
  node.data = { ...node.data, hProperties: read } as Heading['data']
}

type Properties = Readonly<Record<string, string | readonly string[]>>

function isUnread(read: Properties | UnreadWord): read is UnreadWord {
  return 'unread' in read
}

function propertiesOf(text: string): Properties | UnreadWord {
  const attributes = readAttributes(text)
  if (!isRead(attributes)) return attributes
  const { id, classes, pairs } = attributes
  const { pages, lang, ...others } = pairs
  const [other] = Object.keys(others)
  if (other !== undefined) return { unread: wordWith(other, text) }
  if (pages !== undefined && !/^[1-9]\d*$/.test(pages)) return { unread: wordWith('pages', text) }
  if (lang !== undefined && !languageTag.test(lang)) return { unread: wordWith('lang', text) }
  return {
    ...(id === undefined ? {} : { id }),
    ...(pages === undefined ? {} : { dataPages: pages }),
    ...(lang === undefined ? {} : { lang }),
    ...(classes.length > 0 ? { className: classes } : {}),
  }
}

function wordWith(key: string, text: string): string {
  return new RegExp(String.raw`(?<=^|\s)${key}=(?:"[^"]*"|'[^']*'|\S*)`).exec(text)![0]
}

function report(text: Text, from: number, word: string, file: VFile): void {
  const source = String(file)
  if (isEscaped(text, text.value.indexOf('{', from), '{', source)) return
  const place = placeInText(text, text.value.indexOf(word, from), word, source)
  if (word.startsWith('#')) {
    const wanted = 'a letter of a-z or A-Z, then such letters, digits and `-`, `_`, `.` or `:`'
    fail(file, 'label-is-given', `Unexpected label \`${word}\`, expected ${wanted}`, place)
  } else {
    const wanted = '`.class`, `lang=` and a language such as `de`, or `pages=` and a number from 1'
    fail(file, 'option-is-known', `Unexpected \`${word}\` at a heading, expected ${wanted}`, place)
  }
}
