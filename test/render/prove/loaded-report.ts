import type { Page } from 'puppeteer-core'
import { inject } from '../../../src/render/assemble/inject.ts'
import { cite } from '../../../src/render/page/cite.ts'
import { openBrowser } from '../../../src/render/print/open-browser.ts'
import { loadPage } from '../../../src/render/print/print.ts'
import { printPages } from '../../../src/render/print/print-pages.ts'
import type { Audit } from '../../../src/render/prove/client/audit.ts'
import { findInOrder, missingFaults } from '../../../src/render/prove/find-in-order.ts'
import type { Fault, Shown } from '../../../src/render/prove/piece.ts'
import { readPrintedText } from '../../../src/render/prove/printed-text.ts'
import { readReportPieces } from '../../../src/render/prove/read-report-pieces.ts'
import { auditPage, type Verified, verifyPrint } from '../../../src/render/prove/verify-print.ts'
import { wantedIn } from '../../../src/render/prove/wanted.ts'
import type { Project } from '../../report/project.ts'
import { toPages } from '../page/to-pages.ts'
import { buildOnce } from '../pipeline/build-once.ts'

interface VerifiedTwice extends Verified {
  /** What the words of the print alone tell, without a look at the page's elements. */
  readonly inPrint: readonly Fault[]
}

/** A report whose page is loaded, to be changed, printed and looked at again and again. */
export interface LoadedReport {
  readonly page: Page
  readonly shown: Shown
  /** @param isFloated Whether its figures and tables may have moved. */
  verify(isFloated?: boolean): Promise<VerifiedTwice>
  audit(): Promise<Audit>
  close(): Promise<void>
}

/** Builds a project's report.md and loads the page that is printed. */
export async function loadReport(project: Project): Promise<LoadedReport> {
  const { tree, results } = await buildOnce(project.path('report.md'))
  const injected = await inject(tree, results)
  const { chapters } = await cite(injected.chapters, tree.report, { cache: new Map() })
  const pages = await toPages({ ...injected, front: tree.report.front, notice: '', chapters })
  const browser = await openBrowser()
  const { page } = await loadPage(pages.print, browser.browser)
  const shown = { ...injected, tree, results }
  return {
    page,
    shown,
    async verify(isFloated) {
      await page.emulateMediaType()
      const pdf = await printPages(page)
      const verified = await verifyPrint(page, pdf, shown, { isFloated })
      return { ...verified, inPrint: await faultsInPrint(pdf, shown) }
    },
    audit: () => auditPage(page),
    close: () => browser.close(),
  }
}

async function faultsInPrint(pdf: Uint8Array, shown: Shown): Promise<Fault[]> {
  const wanted = wantedIn(readReportPieces(shown))
  const printed = await readPrintedText(pdf, 'sec-results')
  return missingFaults(wanted, findInOrder(wanted, printed), printed)
}
