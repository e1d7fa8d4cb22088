import type { Element, ElementContent, Root } from 'hast'
import { inLanguage, languageOf } from '../model/language.ts'
import type { Memory } from '../model/memory.ts'
import type { FrontMatter, RenderedReport } from '../model/types.ts'
import { contentsOf } from './contents.ts'
import { h, isHeading } from './hast.ts'
import type { IdPlaces } from './page-ids.ts'

/**
 * Composes the body of the page: notice, title page with the abstract, and one section a chapter. What the first
 * chapter says before its first heading is the abstract; the rest of it goes on below, on the same page, or is a
 * chapter where the contents stand between them.
 */
export function composeBody(
  rendered: RenderedReport,
  chapters: readonly Root[],
  { places, memory }: { readonly places: readonly IdPlaces[]; readonly memory?: Memory },
): Root {
  const [first, ...others] = chapters
  const [abstract, rest] = splitAtHeading((first?.children ?? []) as ElementContent[])
  const { contents } = rendered.front
  const head = h('section', { className: ['weft-front'] }, [
    titleBlock(rendered.front),
    ...section('weft-abstract', abstract),
    ...(contents ? [] : section('weft-text', rest)),
  ])
  const bodies = others.map((tree) => tree.children as ElementContent[])
  const texts = contents && !isBlank(rest) ? [rest, ...bodies] : bodies
  const languages = rendered.chapters.slice(-bodies.length).map(({ file }) => languageOf(file))
  const navigation = contents
    ? [contentsOf(rendered, places, { above: rendered.front.title ? 1 : 0, memory })]
    : []
  const main = h(
    'main',
    contents ? { className: ['weft-with-navigation'] } : {},
    spaced([
      head,
      ...navigation,
      ...texts.map((children, index) => {
        const lang = languages[index - texts.length + bodies.length]
        return chapterSection(children, index, lang === rendered.front.lang ? undefined : lang)
      }),
    ]),
  )
  return { type: 'root', children: spaced([...noticeBand(rendered.notice), main]) }
}

function chapterSection(
  children: readonly ElementContent[],
  index: number,
  lang: string | undefined,
): Element {
  const className = ['weft-chapter', `weft-chapter-${index + 1}`]
  return h('section', lang === undefined ? { className } : { className, ...inLanguage(lang) }, children)
}

function noticeBand(notice: string): Element[] {
  if (notice === '') return []
  return [h('p', { className: ['weft-notice'], role: 'note' }, [{ type: 'text', value: notice }])]
}

function section(className: string, children: readonly ElementContent[]): Element[] {
  return isBlank(children) ? [] : [h('section', { className: [className] }, children)]
}

function isBlank(children: readonly ElementContent[]): boolean {
  return children.every((child) => child.type === 'text' && child.value.trim() === '')
}

function splitAtHeading(children: ElementContent[]): [ElementContent[], ElementContent[]] {
  const index = children.findIndex((child) => child.type === 'element' && isHeading(child))
  return index < 0 ? [children, []] : [children.slice(0, index), children.slice(index)]
}

function spaced(elements: readonly Element[]): ElementContent[] {
  return elements.flatMap((element) => [element, { type: 'text', value: '\n' } as const])
}

/** Makes the head of the report: title, subtitle, authors and date. */
function titleBlock(front: FrontMatter): Element {
  const lines: Element[] = []
  if (front.title) lines.push(h('h1', { className: ['weft-title'] }, unbroken(front.title)))
  if (front.subtitle) lines.push(line('p', 'weft-subtitle', front.subtitle))
  if (front.author.length > 0) lines.push(line('p', 'weft-author', front.author.join(', ')))
  if (front.date) lines.push(line('p', 'weft-date', longDate(front.date, front.lang)))
  return h('header', { className: ['weft-head'] }, lines)
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
    const text = { type: 'text', value: part } as const
    return index % 2 === 0 ? text : h('span', { className: ['weft-word'] }, [text])
  })
}

function line(tagName: string, className: string, text: string): Element {
  return h(tagName, { className: [className] }, [{ type: 'text', value: text }])
}
