import { setImmediate as turn } from 'node:timers/promises'
import type { Element, ElementContent, Root } from 'hast'
import type { HighlighterCore } from 'shiki/core'
import { sha256 } from '../model/digest.ts'
import type { Cell } from '../model/types.ts'
import { SKIP, visit } from '../model/visit.ts'
import type { BlockCache } from './block-cache.ts'
import { classesOf, escapeHtml, textContent } from './hast.ts'

const grammars = {
  ts: () => import('shiki/langs/typescript.mjs'),
  js: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  bash: () => import('shiki/langs/shellscript.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
  md: () => import('shiki/langs/markdown.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  css: () => import('shiki/langs/css.mjs'),
} as const
type Language = keyof typeof grammars

const aliases: { readonly [name: string]: Language } = {
  typescript: 'ts',
  javascript: 'js',
  sh: 'bash',
  shell: 'bash',
  py: 'python',
  yml: 'yaml',
  markdown: 'md',
}
/** Part of the key: another version of the grammars, or of this file, marks otherwise. */
export const version = 'shiki 4.6.0 weft 1'

interface Block {
  readonly code: Element
  readonly language: Language
  readonly key: string
}

/**
 * Marks the tokens of code blocks by class (`t-keyword`, `t-string`...), whose colours are the page's. Blocks of
 * an unknown language stay as they are. Loads a grammar only when a block is not in the cache.
 */
export async function highlightCode(tree: Root, cache: BlockCache): Promise<void> {
  const blocks = findBlocks(tree)
  const missing = blocks.filter((block) => cache.get(block.key) === undefined)
  for (const { code, language, key } of missing)
    cache.set(key, await highlighted(textContent(code), language))
  for (const { code, key } of blocks)
    code.children = [{ type: 'raw', value: cache.get(key)! } as ElementContent]
}

/**
 * Marks the code of cells that a page is going to show, before it is on the page: `highlightCode` then finds it in the
 * cache. One cell a turn, so that others get theirs.
 */
export async function highlightAhead(cells: readonly Cell[], cache: BlockCache): Promise<void> {
  for (const { source, lang, options } of cells) {
    const language = options.echo === 'hide' ? undefined : grammarOf(lang)
    if (language === undefined) continue
    // The line of the fence ends the last one of the code.
    await highlightedCode(`${source}\n`, language, cache)
    await turn()
  }
}

/** Gives the markup of a piece of code in a language of `languageOf`, as `highlightCode` does. */
export async function highlightedCode(text: string, language: Language, cache: BlockCache): Promise<string> {
  const key = sha256(`${version} ${language} ${text}`)
  const markup = cache.get(key) ?? (await highlighted(text, language))
  cache.set(key, markup)
  return markup
}

function findBlocks(tree: Root): Block[] {
  const blocks: Block[] = []
  visit(tree, 'element', (pre: Element) => {
    if (pre.tagName !== 'pre') return
    const [code] = pre.children
    const language = code?.type === 'element' ? languageOf(code) : undefined
    if (language) {
      const key = sha256(`${version} ${language} ${textContent(code as Element)}`)
      blocks.push({ code: code as Element, language, key })
    }
    return SKIP
  })
  return blocks
}

/** Gives the language of a code element whose tokens are marked, by its class. */
export function languageOf(code: Element): Language | undefined {
  const name = classesOf(code)
    .find((one) => one.startsWith('language-'))
    ?.slice('language-'.length)
  return name === undefined ? undefined : grammarOf(name)
}

function grammarOf(language: string): Language | undefined {
  const name = language.toLowerCase()
  const known = aliases[name] ?? name
  return Object.hasOwn(grammars, known) ? (known as Language) : undefined
}

// Opening one takes longer than the code of a report does.
let opening: Promise<HighlighterCore> | undefined

async function highlighted(code: string, language: Language): Promise<string> {
  opening ??= openHighlighter()
  const highlighter = await opening
  // Does nothing if it is loaded.
  await highlighter.loadLanguage(grammars[language]())
  // Without a limit of time: a cold start would give up where a warm one does not.
  const options = { lang: language, theme: 'weft', tokenizeTimeLimit: 0 }
  const lines = highlighter.codeToTokensBase(code.trimEnd(), options)
  return lines.map((line) => `<span class="line">${line.map(markup).join('')}</span>`).join('\n')
}

async function openHighlighter(): Promise<HighlighterCore> {
  const [core, { createOnigurumaEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/oniguruma'),
  ])
  return core.createHighlighterCore({
    themes: [core.createCssVariablesTheme({ name: 'weft', variablePrefix: '--', fontStyle: true })],
    langs: [],
    engine: createOnigurumaEngine(import('shiki/wasm')),
  })
}

function markup({ content, color }: { readonly content: string; readonly color?: string }): string {
  const kind = /^var\(--token-([a-z-]+)\)$/.exec(color ?? '')?.[1]
  return kind ? `<span class="t-${kind}">${escapeHtml(content)}</span>` : escapeHtml(content)
}
