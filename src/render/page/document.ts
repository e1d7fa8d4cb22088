import type { Root } from 'hast'
import { directionOf } from '../model/language.ts'
import type { RenderedReport } from '../model/types.ts'
import { wordsFor } from '../model/words.ts'
import type { CutUse } from './characters.ts'
import { chooseFaces } from './choose-faces.ts'
import { pageCss } from './css.ts'
import { faceRules, formulaFaces, readKatexCss } from './font-files.ts'
import { classesOf, escapeHtml } from './hast.ts'
import { metadata } from './metadata.ts'
import type { OwnFont } from './own-fonts.ts'
import type { PageParts, Region } from './page-parts.ts'
import { noScripts, type PageScripts } from './page-scripts.ts'

/** What decides all round the body of a page. */
interface AroundOptions {
  /** The markup of all formulas in the body. */
  readonly formulas: readonly string[]
  readonly characters: readonly CutUse[]
  readonly scripts?: PageScripts
  /** The title at the top of the printed pages of each chapter. */
  readonly running?: readonly string[]
  /** Rules after all others. */
  readonly more?: string
  /** Fonts of the report's own. */
  readonly own?: readonly OwnFont[]
  /** What the report says in short, for search engines and links to it; a page on a screen has one, if only ''. */
  readonly description?: string
}

/** All of a page but its body, and the characters in it that no font has. */
export interface Around {
  readonly before: PageParts
  readonly after: PageParts
  readonly missing: readonly string[]
}

/** Writes the page round a body: its language, title, fonts, rules and scripts. */
export async function composeAround(
  { front, notice, css = '' }: RenderedReport,
  {
    formulas,
    characters,
    scripts = noScripts,
    running = [],
    more = '',
    own = [],
    description,
  }: AroundOptions,
): Promise<Around> {
  const katexCss = formulas.length > 0 ? await readKatexCss() : ''
  const direction = directionOf(front.lang)
  const { faces, missing } = await chooseFaces(characters, own)
  const fonts = await faceRules([...faces, ...formulaFaces(katexCss, formulas)])
  const meta = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="Weft">',
    ...metadata(front, description),
    `<title>${escapeHtml(front.title || wordsFor(front.lang).front.report)}</title>`,
  ]
  const head = lines([
    ...meta,
    scripts.head,
    region('fonts', styleOf(fonts)),
    styleOf(katexCss),
    region(
      'running',
      styleOf(
        pageCss(
          { title: front.title, notice, running, direction, fonts: own.map(({ family }) => family) },
          front,
        ),
      ) + styleOf(css),
    ),
    styleOf(more),
  ])
  const foot = lines([region('specs', scripts.specs), region('cards', scripts.cards), scripts.programs])
  const dir = direction === 'rtl' ? ' dir="rtl"' : ''
  const start = `<!doctype html>\n<html lang="${escapeHtml(front.lang)}"${dir}>\n<head>\n`
  const between = foot.length > 0 ? ['\n'] : []
  const end = '\n</body>\n</html>\n'
  return {
    before: [start, ...head, '\n</head>\n<body>\n'],
    after: [...between, ...foot, end],
    missing,
  }
}

/** Puts a body into what stands round it. */
export function pageParts({ before, after }: Around, body: PageParts): PageParts {
  return joinedStrings([...before, ...body, ...after])
}

function styleOf(css: string): string {
  return css === '' ? '' : `<style>\n${css.trim()}\n</style>`
}

function region(id: string, html: string): string | Region {
  return html === '' ? '' : { id, html }
}

function lines(parts: readonly (string | Region)[]): (string | Region)[] {
  const full = parts.filter((part) => part !== '')
  return full.flatMap((part, index) => (index === 0 ? [part] : ['\n', part]))
}

function joinedStrings(parts: PageParts): PageParts {
  const joined: (string | Region)[] = []
  for (const part of parts) {
    const before = joined.at(-1)
    if (typeof part === 'string' && typeof before === 'string') joined[joined.length - 1] = before + part
    else joined.push(part)
  }
  return joined
}

/** Classes of what a sheet of paper has no use for. */
const onScreen = ['weft-fold', 'weft-screen']
/** The class of links to what only a screen shows. */
const toScreen = ['weft-screen-link']

type Node = Root | Root['children'][number]

/**
 * Gives a copy of a body without what only a screen shows, in which all details are open; elements that stay are
 * shared, not copied. Of the listings of whole files the comments alone keep their colour: a mark for each word
 * doubles the size of a print.
 */
export function forPrint(body: Root): Root {
  return printed(body, false)
}

function printed<Some extends Node>(node: Some, isSource: boolean): Some {
  if (node.type === 'raw')
    return { ...node, value: isSource ? withoutTokens(node.value) : opened(node.value) }
  if (!('children' in node)) return node
  const children = (node.children as Root['children']).filter((child) => !has(child, onScreen))
  const isDetails = node.type === 'element' && node.tagName === 'details'
  if (has(node, toScreen)) return { ...node, tagName: 'span', properties: {} }
  return {
    ...node,
    ...(isDetails ? { properties: { ...node.properties, open: true } } : {}),
    children: children.map((child) => printed(child, isSource || has(child, ['weft-source']))),
  }
}

function has(node: Node, classes: readonly string[]): boolean {
  return node.type === 'element' && classesOf(node).some((name) => classes.includes(name))
}

// Of an author's own markup, whatever else it says.
function opened(markup: string): string {
  return markup.replace(/<details(?=[\s>/])(?![^>]*\sopen[\s=>/])/gi, '$& open')
}

function withoutTokens(markup: string): string {
  return markup.replace(/<span class="t-(?!comment")[\w-]+">([^<]*)<\/span>/g, '$1')
}
