import { join } from 'node:path'
import { Unreadable } from '../../../src/render/model/messages.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import type { Report } from '../../../src/render/model/types.ts'
import { openSession } from '../../../src/render/pipeline/session.ts'
import { openUntrustedMode } from '../../../src/render/pipeline/untrusted-mode.ts'
import type { OpenBrowser } from '../../../src/render/print/open-browser.ts'
import { pdfPages } from '../../../src/render/print/pdf-text.ts'
import { print } from '../../../src/render/print/print.ts'
import { messagesOf } from '../execute/build-project.ts'

/** What came of an untrusted report. */
export interface Came {
  /** One a line. */
  readonly said: string
  /** Undefined where there is nothing to read. */
  readonly html?: string
  /** Text of the print; empty where there is none, or nothing of that report in it. */
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
}

/** Builds a report that is not trusted by the steps of a session, with a browser that many share and without writing. */
export async function buildUntrusted(folder: string, { browser }: Shared): Promise<Came> {
  const paths = pathsOf(join(folder, 'report.md'))
  const mode = openUntrustedMode({ paths, isOwnFolder: true })
  const session = openSession({ paths, mode, env: {} })
  try {
    const source = session.read()
    const run = await session.run(await session.bundle(source))
    const assembly = await session.assemble(run)
    const pages = await session.typeset(assembly)
    const said = messagesOf(pages.files).join('\n')
    const paper = refused.test(said)
      ? { text: '', warnings: [] }
      : await printed(pages.print, browser, source.report)
    return {
      said: [said, ...paper.warnings].join('\n').trim(),
      html: pages.screen,
      printed: paper.text,
      figures: assembly.drawn.map(({ svg, spec }) => svg + JSON.stringify(spec)).join('\n'),
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { said: messagesOf(error.files).join('\n'), printed: '', figures: '' }
  } finally {
    await session.close()
  }
}
