import type { Page } from 'puppeteer-core'
import { readClient } from '../page/page-scripts.ts'
import type { Audit } from './client/audit.ts'
import type { Sight } from './client/find-unseen.ts'

// A4 with the margins of the printed page, at 96 pixels an inch.
const pxPerMm = 96 / 25.4
const sight: Sight = {
  widthPx: 165 * pxPerMm,
  marginPx: 22.5 * pxPerMm,
  leastTypePx: 4,
  leastContrast: 2,
  leastOpacity: 0.5,
}

/** Looks at a loaded page as it is printed; leaves it laid out for print, without its pages. */
export async function auditPage(page: Page): Promise<Audit> {
  const program = await readClient('audit')
  await page.setViewport({ width: Math.ceil(sight.widthPx), height: Math.round(247 * pxPerMm) })
  await page.emulateMediaType('print')
  // What takes no clicks may cover all the same.
  const style = await page.addStyleTag({ content: '*{pointer-events:auto!important}' })
  try {
    // In a function, so that the page keeps no name of it.
    return (await page.evaluate(
      `(() => {${program}\nreturn weftAudit.audit(${JSON.stringify(sight)})})()`,
    )) as Audit
  } finally {
    await style.evaluate((element) => (element as Element).remove())
  }
}

/** Gives the id of the heading that begins the first chapter behind contents, where there are any. */
export function firstIdOf(page: Page): Promise<string | undefined> {
  return page.evaluate(firstIdBehindContents)
}

function firstIdBehindContents(): string | undefined {
  if (!document.querySelector('.weft-navigation')) return undefined
  return document.querySelector('.weft-chapter :is(h1,h2,h3,h4,h5,h6)')?.id
}
