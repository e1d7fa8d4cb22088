import type { Element, ElementContent, Root } from 'hast'
import { inLanguage, languageOf } from '../model/language.ts'
import type { Memory } from '../model/memory.ts'
import type { FrontMatter, RenderedReport } from '../model/types.ts'
import { wordsFor } from '../model/words.ts'
import { endOfAbstract, isAbstract } from '../syntax/abstract.ts'
import { contentsOf } from './contents.ts'
import { classesOf, h, isHeading } from './hast.ts'
import type { IdPlaces } from './page-ids.ts'
import { chaptersFlow } from './paper.ts'
import { keywordLine, titleBlock } from './title-block.ts'

/**
 * Composes the body of the page: notice, title page with the abstract, and one section a chapter. The abstract is what
 * the front matter has as such, else what the first chapter says before its first heading; the rest of it goes on below,
 * on the same page, or is a chapter where the contents stand between them.
 */
export function composeBody(
  rendered: RenderedReport,
  chapters: readonly Root[],
  { places, memory }: { readonly places: readonly IdPlaces[]; readonly memory?: Memory },
): Root {
  const { front } = rendered
  const { abstract, rest, others, isNamed } = partsOf(rendered, chapters)
  const navigation = contentsOf(rendered, places, { above: front.title ? 1 : 0, memory })
  const head = h('section', { className: ['weft-front', ...(front.titlepage ? ['weft-title-page'] : [])] }, [
    titleBlock(front),
    ...section('weft-abstract', isNamed ? [abstractLabel(front), ...abstract] : abstract),
    ...keywordLine(front),
    ...(navigation ? [] : section('weft-text', rest)),
  ])
  const texts = navigation && !isBlank(rest) ? [rest, ...others] : others
  const languages = rendered.chapters.slice(-others.length).map(({ file }) => languageOf(file))
  const main = h(
    'main',
    classNames([
      ...(navigation ? ['weft-with-navigation'] : []),
      ...(chaptersFlow(front) ? ['weft-article'] : []),
      ...(front.columns === 2 ? ['weft-columns'] : []),
    ]),
    spaced([
      head,
      ...(navigation ? [navigation] : []),
      ...texts.map((children, index) => {
        const lang = languages[index - texts.length + others.length]
        return chapterSection(children, index, lang === front.lang ? undefined : lang)
      }),
    ]),
  )
  return { type: 'root', children: spaced([...noticeBand(rendered.notice), main]) }
}

interface BodyParts {
  readonly abstract: readonly ElementContent[]
  /** What else the first chapter has. */
  readonly rest: readonly ElementContent[]
  readonly others: readonly (readonly ElementContent[])[]
  /** Whether the front matter says which part is the abstract. */
  readonly isNamed: boolean
}

function partsOf({ chapters }: RenderedReport, trees: readonly Root[]): BodyParts {
  const [first = [], ...others] = trees.map(({ children }) => children as ElementContent[])
  if (chapters[1] && isAbstract(chapters[1].file))
    return { abstract: others[0]!, rest: first, others: others.slice(1), isNamed: true }
  const end = first.findIndex((child) => child.type === 'element' && classesOf(child).includes(endOfAbstract))
  if (end >= 0) return { abstract: first.slice(0, end), rest: first.slice(end + 1), others, isNamed: true }
  const [abstract, rest] = splitAtHeading(first)
  return { abstract, rest, others, isNamed: false }
}

function abstractLabel({ lang }: FrontMatter): Element {
  return h('p', { className: ['weft-label'] }, [{ type: 'text', value: wordsFor(lang).front.abstract }])
}

function classNames(names: readonly string[]): Element['properties'] {
  return names.length === 0 ? {} : { className: [...names] }
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
