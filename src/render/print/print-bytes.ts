import type { Page } from 'puppeteer-core'

/** What `printBytes` may be told. */
export interface BytesOptions {
  /** With structure, bookmarks and backgrounds; a print that is only measured needs none of them. */
  readonly isWhole: boolean
}

/**
 * Prints a loaded page as PDF. Asks the browser itself: puppeteer reads its answer in pieces, and decodes them by
 * whatever stands in for `Uint8Array.fromBase64`, several times as slow.
 */
export async function printBytes(page: Page, { isWhole }: BytesOptions): Promise<Uint8Array> {
  const session = await page.createCDPSession()
  try {
    const { data } = await session.send('Page.printToPDF', {
      ...{ marginTop: 0, marginBottom: 0, marginLeft: 0, marginRight: 0 },
      preferCSSPageSize: true,
      printBackground: isWhole,
      generateTaggedPDF: isWhole,
      generateDocumentOutline: isWhole,
      transferMode: 'ReturnAsBase64',
    })
    return new Uint8Array(Buffer.from(data, 'base64'))
  } finally {
    await session.detach()
  }
}
