import type { Element, ElementContent } from 'hast'
import type { Author, FrontMatter } from '../model/types.ts'
import { wordsFor } from '../model/words.ts'
import { h } from './hast.ts'

/** Makes the head of the report: title, subtitle, authors with their affiliations, and date. */
export function titleBlock(front: FrontMatter): Element {
  const lines: Element[] = []
  if (front.title) lines.push(h('h1', { className: ['weft-title'] }, unbroken(front.title)))
  if (front.subtitle) lines.push(line('weft-subtitle', [text(front.subtitle)]))
  lines.push(...authorLines(front))
  if (front.date) lines.push(line('weft-date', [text(longDate(front.date, front.lang))]))
  return h('header', { className: ['weft-head'] }, lines)
}

/** Makes the line of keywords; nothing without them. */
export function keywordLine({ keywords = [], lang }: FrontMatter): Element[] {
  if (keywords.length === 0) return []
  const name = h('span', { className: ['weft-label'] }, [
    text(`${wordsFor(lang).front.keywords}${colon(lang)}`),
  ])
  const separator = /^(?:ja|zh)\b/.test(lang) ? '、' : /^ar\b/.test(lang) ? '، ' : ', '
  return [line('weft-keywords', [name, text(keywords.join(separator))])]
}

function authorLines(front: FrontMatter): Element[] {
  const { author } = front
  if (author.length === 0) return []
  const affiliations = [...new Set(author.flatMap((one) => one.affiliations))]
  // One that all authors share needs no number.
  const isNumbered = affiliations.some((one) => author.some((each) => !each.affiliations.includes(one)))
  const numbersOf = (one: Author) =>
    isNumbered ? one.affiliations.map((each) => affiliations.indexOf(each) + 1) : []
  const names = author.flatMap((one, index): ElementContent[] => [
    ...(index === 0 ? [] : [text(', ')]),
    nameOf(one),
    ...raised(numbersOf(one).join(',')),
  ])
  return [
    line('weft-author', joined(names)),
    ...affiliations.map((one, index) =>
      line('weft-affiliation', [...(isNumbered ? raised(String(index + 1)) : []), text(one)]),
    ),
    ...author.flatMap((one) => contactLine(one, front.lang)),
  ]
}

function nameOf({ name, url }: Author): ElementContent {
  return url === undefined ? text(name) : h('a', { href: url }, [text(name)])
}

// How to reach an author: on paper, an address behind a name is lost.
function contactLine({ name, email, orcid, isCorresponding }: Author, lang: string): Element[] {
  const ways: ElementContent[][] = [
    ...(email === undefined ? [] : [[h('a', { href: `mailto:${email}` }, [text(email)])]]),
    ...(orcid === undefined
      ? []
      : [[text('ORCID '), h('a', { href: `https://orcid.org/${orcid}` }, [text(orcid)])]]),
  ]
  if (ways.length === 0 && !isCorresponding) return []
  const label = isCorresponding ? `${wordsFor(lang).front.correspondence}${colon(lang)}${name}` : name
  const list = ways.flatMap((way) => [text(', '), ...way])
  return [line('weft-contact', [text(label), ...list])]
}

// With the space that belongs to it.
function colon(lang: string): string {
  if (/^(?:ja|zh)\b/.test(lang)) return '：'
  return /^fr\b/.test(lang) ? '\u00a0: ' : ': '
}

function raised(number: string): Element[] {
  return number === '' ? [] : [h('sup', {}, [text(number)])]
}

/** Writes an ISO day as the language does, `30 November 2026`; anything else stays as it is. */
function longDate(day: string, lang: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  const format = (locale: string) =>
    new Intl.DateTimeFormat(locale, {
      dateStyle: 'long',
      timeZone: 'UTC',
      // The rest of the page has these digits too.
      numberingSystem: 'latn',
    }).format(date)
  try {
    return format(lang === 'en' ? 'en-GB' : lang)
  } catch {
    return format('en-GB')
  }
}

// A line of a title ends between words, not after the hyphen in one.
function unbroken(title: string): ElementContent[] {
  return title.split(/(\S+-\S+)/).map((part, index) => {
    return index % 2 === 0 ? text(part) : h('span', { className: ['weft-word'] }, [text(part)])
  })
}

function line(className: string, children: readonly ElementContent[]): Element {
  return h('p', { className: [className] }, children)
}

function text(value: string): ElementContent {
  return { type: 'text', value }
}

// Texts side by side are one.
function joined(nodes: readonly ElementContent[]): ElementContent[] {
  const all: ElementContent[] = []
  for (const node of nodes) {
    const before = all.at(-1)
    if (node.type === 'text' && before?.type === 'text') all[all.length - 1] = text(before.value + node.value)
    else all.push(node)
  }
  return all
}
