import { createRequire } from 'node:module'
import type { Element, Root, RootContent } from 'hast'
import { classesOf } from './hast.ts'

const require = createRequire(import.meta.url)

interface Hyphenator {
  hyphenateSync(text: string, options: { readonly minWordLength: number }): string
}

/** What has patterns, by a tag or its first part. */
const patterns: { readonly [language: string]: () => Hyphenator } = {
  en: () => require('hyphen/en-us') as Hyphenator,
  'en-gb': () => require('hyphen/en-gb') as Hyphenator,
  de: () => require('hyphen/de') as Hyphenator,
  fr: () => require('hyphen/fr') as Hyphenator,
  es: () => require('hyphen/es') as Hyphenator,
  it: () => require('hyphen/it') as Hyphenator,
  pt: () => require('hyphen/pt') as Hyphenator,
  nl: () => require('hyphen/nl') as Hyphenator,
  pl: () => require('hyphen/pl') as Hyphenator,
  cs: () => require('hyphen/cs') as Hyphenator,
  da: () => require('hyphen/da') as Hyphenator,
  sv: () => require('hyphen/sv') as Hyphenator,
  fi: () => require('hyphen/fi') as Hyphenator,
}

/** The languages whose lines end at one edge in print: their words are parted, or need no parting. */
export const justifiedLanguages: readonly string[] = [...Object.keys(patterns), 'ja', 'zh']

const proseTags = ['p', 'li', 'dd', 'blockquote', 'figcaption', 'td']
const wholeTags = [
  'pre',
  'code',
  'kbd',
  'samp',
  'svg',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'nav',
  'th',
  'header',
]
const wholeClasses = [
  'weft-value',
  'weft-reference',
  'weft-number',
  'weft-citation',
  'weft-failure',
  'weft-numeric',
  // What is heard, and names and titles, set ragged.
  'sr-only',
  'weft-references',
]

/**
 * Gives a copy of a body with soft hyphens in the words of its prose, by the language of each part: the browser that
 * prints has no dictionaries. Code, headings, values and addresses stay whole. Elements that stay are shared.
 */
export function hyphenated(body: Root, lang: string): Root {
  return { ...body, children: body.children.map((child) => inNode(child, { lang, isProse: false })) }
}

interface Place {
  readonly lang: string
  readonly isProse: boolean
}

function inNode<Some extends RootContent>(node: Some, place: Place): Some {
  if (node.type === 'text' && place.isProse) return { ...node, value: hyphenatedText(node.value, place.lang) }
  if (node.type !== 'element' || isWhole(node)) return node
  const { lang } = node.properties
  const inside = {
    lang: typeof lang === 'string' ? lang : place.lang,
    isProse: place.isProse || proseTags.includes(node.tagName),
  }
  return { ...node, children: node.children.map((child) => inNode(child, inside)) }
}

function isWhole(element: Element): boolean {
  return wholeTags.includes(element.tagName) || classesOf(element).some((name) => wholeClasses.includes(name))
}

const leastLetters = 7
const known = new Map<string, string>()

function hyphenatedText(text: string, lang: string): string {
  const tag = lang.toLowerCase()
  const language = Object.hasOwn(patterns, tag) ? tag : tag.split('-')[0]!
  if (!Object.hasOwn(patterns, language)) return text
  return text.replace(/\S+/g, (word) => {
    // An address, a name of a file or of a variable is no word.
    if (word.length < leastLetters || /[@/\\_\d]|\p{L}[.:]\p{L}|\p{Ll}\p{Lu}/u.test(word)) return word
    const key = `${language} ${word}`
    const parted =
      known.get(key) ?? tidy(patterns[language]!().hyphenateSync(word, { minWordLength: leastLetters }))
    known.set(key, parted)
    return parted
  })
}

// Two letters on a line of their own are too few.
function tidy(word: string): string {
  const parts = word.split('\u00ad')
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  const isShort = (part: string) => part.replace(/\P{L}/gu, '').length < 3
  if (parts.length > 1 && isShort(last)) parts.splice(-2, 2, `${parts.at(-2)}${last}`)
  if (parts.length > 1 && isShort(first)) parts.splice(0, 2, `${first}${parts[1]}`)
  return parts.join('\u00ad')
}
