import type { Root } from 'hast'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import type { RenderedReport } from '../model/types.ts'
import { charactersOf } from './characters.ts'
import { chooseFaces } from './choose-faces.ts'
import { pageCss } from './css.ts'
import { faceRules, formulaFaces, readKatexCss } from './font-files.ts'
import { classesOf, escapeHtml } from './hast.ts'
import { formulaMarkup } from './mathematics.ts'
import { noScripts, type PageScripts } from './page-scripts.ts'

/** A page, and the characters in it that no font has. */
interface Composed {
  readonly html: string
  readonly missing: readonly string[]
}

interface DocumentOptions {
  readonly scripts?: PageScripts
  /** The title at the top of the printed pages of each chapter. */
  readonly running?: readonly string[]
}

/** Writes the page round a body: its language, title, fonts, rules and scripts. */
export async function composeDocument(
  rendered: RenderedReport,
  body: Root,
  { scripts = noScripts, running = [] }: DocumentOptions = {},
): Promise<Composed> {
  const markup = unified().use(rehypeStringify, { allowDangerousHtml: true }).stringify(body)
  const { front, notice } = rendered
  const formulas = formulaMarkup(body.children)
  const katexCss = formulas.length > 0 ? await readKatexCss() : ''
  const { faces, missing } = await chooseFaces(charactersOf(body, [front.title, ...running].join('')))
  const fonts = await faceRules([...faces, ...formulaFaces(katexCss, formulas)])
  const meta = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="Weft">',
    ...front.author.map((author) => `<meta name="author" content="${escapeHtml(author)}">`),
    `<title>${escapeHtml(front.title || 'Report')}</title>`,
  ]
  const styles = [fonts, katexCss, pageCss({ title: front.title, notice, running })].filter(
    (css) => css !== '',
  )
  const html = `<!doctype html>
<html lang="${escapeHtml(front.lang)}">
<head>
${[...meta, scripts.head, ...styles.map((css) => `<style>\n${css.trim()}\n</style>`)].filter(Boolean).join('\n')}
</head>
<body>
${[markup.trim(), scripts.foot].filter(Boolean).join('\n')}
</body>
</html>
`
  return { html, missing }
}

/** Classes of what a sheet of paper has no use for. */
const onScreen = ['weft-fold', 'weft-screen']

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
