import type { RenderedReport } from '../../../src/render/model/types.ts'
import { layPages } from '../../../src/render/page/lay-pages.ts'
import { joinParts } from '../../../src/render/page/page-parts.ts'

/** A report as two pages: what a reader opens, and what is printed. */
interface TwoPages {
  readonly screen: string
  readonly print: string
}

/** Lays a report out, and gives both pages as texts. */
export async function toPages(
  rendered: RenderedReport,
  options?: Parameters<typeof layPages>[1],
): Promise<TwoPages> {
  const laid = await layPages(rendered, options)
  return { screen: joinParts(await laid.parts(rendered.cards)), print: await laid.print() }
}
