import { inject } from '../assemble/inject.ts'
import type { Results } from '../execute/run-report.ts'
import type { Cards } from '../model/card-types.ts'
import { warn } from '../model/messages.ts'
import type { Report, ReportTree } from '../model/types.ts'
import type { BlockCache } from '../page/block-cache.ts'
import { cite } from '../page/cite.ts'
import { toPages } from '../page/to-html.ts'
import type { openBrowser } from '../print/open-browser.ts'
import { print } from '../print/print.ts'
import { type Proved, prove, reportFaults } from '../prove/prove.ts'
import { untrustedNotice } from '../untrusted/content-policy.ts'
import type { Untrusted } from '../untrusted/open-untrusted.ts'
import { reportSections } from './report-sections.ts'

/** What a report is typeset and printed with. */
export interface Press {
  readonly opening: ReturnType<typeof openBrowser>
  readonly date: Date
  readonly stranger: Untrusted | undefined
  readonly cards: Cards
  readonly prove?: boolean
}

/** Makes the two pages of a computed report, and its print; messages are left on its files. */
export async function typeset(
  tree: ReportTree,
  results: Results,
  cache: BlockCache,
  { opening, date, stranger, cards, prove: isProved }: Press,
) {
  const { report } = tree
  const injected = await inject(tree, results, stranger?.drawings ?? cache)
  const cited = await cite(injected.chapters, report, cache)
  const whole = {
    ...injected,
    front: report.front,
    notice: noticeOf(report, stranger !== undefined),
    chapters: cited.chapters,
    cards,
  }
  const pages = await toPages(whole, { cache, safety: stranger?.safety(report, injected.drawn) })
  const startedAt = performance.now()
  let proved: Proved | undefined
  const printed = await print(pages.print, await opening, {
    date,
    title: report.front.title,
    memory: cache,
    async inspect(page, pdf) {
      if (isProved) proved = await prove(page, pdf, { ...injected, tree, results })
    },
  })
  reportFaults(proved?.faults ?? [], injected.chapters)
  reportSections(injected.chapters, printed.sections)
  for (const text of printed.warnings) warn(report.files[0]!, 'page-is-self-contained', text)
  return { injected, cited, pages, printed, printedMs: performance.now() - startedAt, proved }
}

function noticeOf({ profile }: Report, isUntrusted: boolean): string {
  const what =
    profile === 'quick' ? 'Stand-in data at a small size (profile “quick”)' : `Profile “${profile}”`
  const notices = [
    ...(isUntrusted ? [untrustedNotice] : []),
    ...(profile === 'full' ? [] : [`${what}: these are not the published results`]),
  ]
  return notices.join('. ')
}
