import { join } from 'node:path'
import { inject } from '../../../src/render/assemble/inject.ts'
import { Unreadable } from '../../../src/render/model/messages.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import type { Report } from '../../../src/render/model/types.ts'
import { cite } from '../../../src/render/page/cite.ts'
import { toPages } from '../../../src/render/page/to-html.ts'
import type { OpenBrowser } from '../../../src/render/print/open-browser.ts'
import { pdfPages } from '../../../src/render/print/pdf-text.ts'
import { print } from '../../../src/render/print/print.ts'
import { untrustedNotice } from '../../../src/render/untrusted/content-policy.ts'
import type { Drawing } from '../../../src/render/untrusted/draw-apart.ts'
import { openUntrusted } from '../../../src/render/untrusted/open-untrusted.ts'
import { messagesOf } from '../execute/build-project.ts'

/** What came of a stranger's report. */
export interface Came {
  /** One a line. */
  readonly said: string
  /** Undefined where there is nothing to read. */
  readonly html?: string
  /** Text of the print; empty where there is none, or nothing of the stranger's in it. */
  readonly printed: string
  readonly figures: string
}

// What never came into the page need not be looked for in its print.
const refused = /Cannot use the stored result|Cannot draw `#|Cannot use the style|own folder/

async function printed(html: string, browser: OpenBrowser, { front }: Report) {
  const { pdf, warnings } = await print(html, browser, { date: new Date(0), title: front.title })
  const pages = await pdfPages(pdf)
  return { warnings, text: pages.map(({ body, margins }) => `${body} ${margins}`).join('\n') }
}

/** What many builds share: starting it takes longer than they do. */
export interface Shared {
  readonly browser: OpenBrowser
  readonly drawing: Drawing
}

/** Builds a stranger's report as `buildReport` does, with a browser that many share and without writing. */
export async function buildStranger(folder: string, { browser, drawing }: Shared): Promise<Came> {
  const stranger = openUntrusted(pathsOf(join(folder, 'report.md')), true)
  try {
    const tree = stranger.read(undefined)
    const { report } = tree
    const store = stranger.store(report)
    const results = await stranger.results(stranger.locked(report), store)(tree)
    const injected = await inject(tree, results, { ...stranger.drawings, draw: drawing.draw })
    const { chapters, files } = await cite(injected.chapters, report, new Map())
    const whole = { ...injected, front: report.front, notice: untrustedNotice, chapters }
    const pages = await toPages(whole, { safety: stranger.safety(report, injected.drawn) })
    const said = messagesOf([...report.files, ...files]).join('\n')
    const paper = refused.test(said)
      ? { text: '', warnings: [] }
      : await printed(pages.print, browser, report)
    return {
      said: [said, ...paper.warnings].join('\n').trim(),
      html: pages.screen,
      printed: paper.text,
      figures: injected.drawn.map(({ svg, spec }) => svg + JSON.stringify(spec)).join('\n'),
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { said: messagesOf(error.files).join('\n'), printed: '', figures: '' }
  } finally {
    stranger.close()
  }
}
