import type { Element, ElementContent } from 'hast'
import type { FrontMatter } from '../model/types.ts'
import { h } from './hast.ts'

/** Makes the head of the report: title, subtitle, authors and date. */
export function titleBlock(front: FrontMatter): Element {
  const lines: Element[] = []
  if (front.title) lines.push(h('h1', { className: ['weft-title'] }, unbroken(front.title)))
  if (front.subtitle) lines.push(line('p', 'weft-subtitle', front.subtitle))
  if (front.author.length > 0) lines.push(line('p', 'weft-author', front.author.join(', ')))
  if (front.date) lines.push(line('p', 'weft-date', longDate(front.date, front.lang)))
  return h('header', { className: ['weft-head'] }, lines)
}

/** Writes an ISO day as the language does, `30 November 2026`; anything else stays as it is. */
export function longDate(day: string, lang: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) return day
  const format = (locale: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(date)
  try {
    return format(lang === 'en' ? 'en-GB' : lang)
  } catch {
    return format('en-GB')
  }
}

// A line of a title ends between words, not after the hyphen in one.
function unbroken(title: string): ElementContent[] {
  return title.split(/(\S+-\S+)/).map((part, index) => {
    const text = { type: 'text', value: part } as const
    return index % 2 === 0 ? text : h('span', { className: ['weft-word'] }, [text])
  })
}

function line(tagName: string, className: string, text: string): Element {
  return h(tagName, { className: [className] }, [{ type: 'text', value: text }])
}
