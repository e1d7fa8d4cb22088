import { join } from 'node:path'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import type { Chapter } from '../../../src/render/model/types.ts'
import type { BlockCache } from '../../../src/render/page/block-cache.ts'
import { cite } from '../../../src/render/page/cite.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { messagesOf } from '../execute/build-project.ts'
import { type Files, reportOf, temporaryProject } from '../execute/temporary-project.ts'
import { toPages } from './to-pages.ts'

type Test = Parameters<typeof temporaryProject>[0]

/** A page with its citations written out. */
interface CitedPage {
  /** Messages, but for those of entries that are not cited. */
  readonly said: string[]
  readonly uncited: string[]
  readonly html: string
  /** Its text, without the list of references. */
  readonly text: string
  /** The lines of the list. */
  readonly list: string[]
}

/** Cites and typesets a report without cells. */
export async function citedPage(
  t: Test,
  body: string,
  {
    front = { bibliography: 'references.bib' } as object,
    files = {} as Files,
    cache = new Map() as BlockCache,
  } = {},
): Promise<CitedPage> {
  const root = temporaryProject(t, {
    'report.md': reportOf(body, front as Record<string, unknown>),
    ...files,
  })
  const report = readReport(join(root, 'report.md'), undefined)
  const cited = await cite(parse(report, kinds).chapters as Chapter[], report, { cache })
  const rendered = { front: report.front, notice: '', targets: [], drawn: [], chapters: cited.chapters }
  const { print: html } = await toPages(rendered)
  const messages = messagesOf([...report.files, ...cited.files])
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)![1]!
  const [text, list = ''] = main.split('<ul class="weft-references">')
  return {
    html: main,
    text: plain(text!.replace(/^[\s\S]*?<\/header>/, '')),
    list: [...list.matchAll(/<li[^>]*>([\s\S]*?)<\/li>/g)].map(([, line]) => plain(line!)),
    said: messages.filter((message) => !message.includes('entry-is-cited')),
    uncited: messages.filter((message) => message.includes('entry-is-cited')),
  }
}

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('\u00a0', ' ')
    .replaceAll('&#x26;', '&')
    .replace(/\s+/g, ' ')
    .trim()
}
