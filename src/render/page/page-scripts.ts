import { createHash } from 'node:crypto'
import { readClient } from '../model/client-programs.ts'
import type { Drawn, RenderedReport } from '../model/types.ts'
import { wordsFor } from '../model/words.ts'
import type { BlockCache } from './block-cache.ts'
import { citationOf } from './cite-report.ts'
import { escapeHtml } from './hast.ts'
import { packed } from './pack.ts'
import { chartUnits, isOffScale } from './tools/chart-units.ts'

/** What runs in a page: before its body is shown, and at its end, where what it reads stands too. */
export interface PageScripts {
  readonly head: string
  /** The specifications of charts. */
  readonly specs: string
  readonly cards: string
  readonly programs: string
}

/** The printed page has none. */
export const noScripts: PageScripts = { head: '', specs: '', cards: '', programs: '' }

// Before the first paint, or a page that was left dark would flash.
const scheme = `try{const t=localStorage.getItem('weft-theme');if(t==='dark'||t==='light')document.documentElement.dataset.theme=t}catch{}`

interface ScriptOptions {
  /** Whether the report's own HTML may hold programs. */
  readonly isHtmlTrusted?: boolean
  /** Whether the page has a search, which loads its index when it is first used. */
  readonly isSearched?: boolean
  /** Keeps what was packed for the page. */
  readonly cache?: BlockCache
}

/**
 * Reads the scripts of a page on a screen; the large one, which draws charts, only where it has some to explore. The
 * page's policy lets them run, and no other.
 */
export async function pageScripts(
  { drawn, cards, front }: RenderedReport,
  { isHtmlTrusted = false, isSearched = false, cache }: ScriptOptions = {},
): Promise<PageScripts> {
  const names = ['tools', isSearched ? 'search' : 'find']
  const programs = (await Promise.all(names.map(readClient))).map(harmless)
  const charts = drawn.some(canBeExplored) ? [await readCharts(cache)] : []
  const allowed = [scheme, ...programs, ...charts.map(({ program }) => program)]
  return {
    head: [...(isHtmlTrusted ? [] : [policyOf(allowed, isSearched)]), script(scheme)].join('\n'),
    specs: specsOf(drawn, cache),
    cards: cards ? jsonScript('class="weft-cards"', cards) : '',
    programs: [
      ...wordsScript(front.lang),
      jsonScript('class="weft-cite"', citationOf(front)),
      ...charts.map(({ element }) => element),
      ...programs.map(script),
    ].join('\n'),
  }
}

interface PackedProgram {
  readonly program: string
  readonly element: string
}

let charts: Promise<PackedProgram> | undefined

// Large, and wanted only when a chart comes near: then the page's other programs unpack it.
function readCharts(cache: BlockCache | undefined): Promise<PackedProgram> {
  charts ??= readClient('charts').then((program) => ({
    program,
    element: `<script type="text/plain" class="weft-program">${packed(program, cache)}</script>`,
  }))
  return charts
}

// Programs have their words in English with them.
function wordsScript(lang: string): string[] {
  const { client, lang: own } = wordsFor(lang)
  return own === 'en' ? [] : [jsonScript('class="weft-words"', client)]
}

const written = new WeakMap<Drawn['spec'], { readonly id: string; readonly script: string }>()

/** Writes the data of all charts that can be explored; what was written once is remembered. */
export function specsOf(drawn: RenderedReport['drawn'], cache?: BlockCache): string {
  const scripts = drawn.map((figure) => specOf(figure, cache)).filter(Boolean)
  // They are the most of a page, and stay the same in most updates.
  if (scripts.length !== last.scripts.length || scripts.some((one, index) => one !== last.scripts[index]))
    last = { scripts, joined: scripts.join('\n') }
  return last.joined
}

let last: { readonly scripts: readonly string[]; readonly joined: string } = { scripts: [], joined: '' }

function specOf({ id, ...figure }: Drawn, cache: BlockCache | undefined): string {
  const known = written.get(figure.spec)
  if (known?.id === id) return known.script
  const attributes = `class="weft-spec" data-figure="${escapeHtml(id)}"`
  const script = canBeExplored({ id, ...figure })
    ? `<script type="text/plain" ${attributes}>${packed(JSON.stringify(figure.spec), cache)}</script>`
    : ''
  written.set(figure.spec, { id, script })
  return script
}

// What `purgePrograms` takes from a page could not run either.
function policyOf(programs: readonly string[], isSearched: boolean): string {
  const digests = programs.map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`)
  const policy = [
    "default-src 'none'",
    // What these programs load runs too; what stands in the page does not.
    `script-src ${[...digests, ...(isSearched ? ["'strict-dynamic'"] : [])].join(' ')}`,
    "style-src 'unsafe-inline'",
    ...['img-src data:', 'font-src data:', 'media-src data:'],
    ...["form-action 'none'", "base-uri 'none'"],
  ]
  return `<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">`
}

// Images in a grid have nothing more to tell than their labels do.
function canBeExplored({ spec }: Drawn): boolean {
  return chartUnits(spec).some((unit) => !isOffScale(unit))
}

function jsonScript(attributes: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c')
  return `<script type="application/json" ${attributes}>${json}</script>`
}

function script(code: string): string {
  return `<script>${code}</script>`
}

/** Gives a program as a `script` element can hold it: without what would end the element, or swallow its end. */
export function harmless(code: string): string {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').trim()
}
