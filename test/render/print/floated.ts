import { openText } from '../../../src/render/print/pdf-text.ts'

/** Where a figure of a print stands, and where the text first speaks of it. */
export interface Distance {
  readonly id: string
  readonly figure: number
  readonly mention: number
}

/**
 * Reads the pages of captions and mentions, `Figure 3.` and `Figure 3 shows`, of a print. Throws if a caption is not there
 * exactly once, in its order.
 */
export async function distancesIn(pdf: Uint8Array, count: number): Promise<Distance[]> {
  const text = await openText(pdf)
  try {
    const pages: string[] = []
    for (let number = 1; number <= text.count; number++)
      pages.push((await text.read(number)).body.replace(/\s+/g, ' '))
    const all = [...pages.join(' ').matchAll(/Figure (\d+)\. What was seen/g)].map(([, number]) =>
      Number(number),
    )
    const wanted = Array.from({ length: count }, (_, index) => index + 1)
    if (all.join() !== wanted.join())
      throw new Error(`Unexpected captions, expected 1 to ${count}, found ${all}`)
    return wanted.map((number) => ({
      id: `fig-${number}`,
      figure: pageOf(pages, `Figure ${number}. What was seen`),
      mention: pageOf(pages, `Figure ${number} shows it`),
    }))
  } finally {
    await text.close()
  }
}

// A text may go on over the end of a page: then it begins on the earlier one.
function pageOf(pages: readonly string[], wanted: string): number {
  const whole = pages.findIndex((page) => page.includes(wanted))
  const parted = pages.findIndex(
    (page, index) => index > 0 && `${pages[index - 1]} ${page}`.replace(/\s+/g, ' ').includes(wanted),
  )
  if (whole < 0 && parted < 0) throw new Error(`Cannot find \`${wanted}\` in the print`)
  return whole >= 0 ? whole + 1 : parted
}
