import type { Page } from 'puppeteer-core'

const softHyphen = '\u00ad'

/**
 * Takes the soft hyphens at which no line ends out of a loaded page, so that its words can be found and copied in
 * print. Lays the page out as the print does: the lines of both are as wide.
 *
 * @param html The page, to leave one without soft hyphens as it is.
 */
export async function settleHyphens(page: Page, html: string): Promise<void> {
  if (!html.includes(softHyphen)) return
  const before = page.viewport()
  await page.evaluate(setHidden, true)
  await page.emulateMediaType('print')
  const widthPx = await page.evaluate(widthOfText)
  await page.setViewport({ width: widthPx, height: 1000 })
  await page.evaluate(removeUnused, softHyphen)
  await page.emulateMediaType()
  await page.evaluate(setHidden, false)
  if (before) await page.setViewport(before)
}

// Runs in the page: the width between the margins of a sheet, in CSS pixels.
async function widthOfText(): Promise<number> {
  await Promise.all([...document.fonts].map((face) => face.load().catch(() => undefined)))
  const probe = document.createElement('div')
  probe.style.width = 'var(--wide)'
  probe.style.position = 'absolute'
  document.body.append(probe)
  const { width } = probe.getBoundingClientRect()
  probe.remove()
  return Math.max(1, Math.round(width))
}

// Runs in the page. A soft hyphen has a width where it shows, at the end of a line.
function removeUnused(hyphen: string): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found: [Text, string][] = []
  const range = document.createRange()
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    if (!text.data.includes(hyphen)) continue
    let kept = ''
    for (let index = 0; index < text.data.length; index++) {
      const character = text.data[index]!
      if (character === hyphen) {
        range.setStart(text, index)
        range.setEnd(text, index + 1)
        if (range.getBoundingClientRect().width === 0) continue
      }
      kept += character
    }
    found.push([text, kept])
  }
  for (const [text, kept] of found) text.data = kept
}

function setHidden(isHidden: boolean): void {
  document.documentElement.style.visibility = isHidden ? 'hidden' : ''
}
