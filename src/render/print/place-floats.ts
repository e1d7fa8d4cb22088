import type { Page } from 'puppeteer-core'
import { readClient } from '../model/client-programs.ts'
import type { Plan } from './client/floats.ts'
import type { NumberMemory } from './print-pages.ts'

/** Figures that were placed in a loaded page, and what its print must be like. */
export interface Placed extends Pick<Plan, 'pages'> {
  /** Of elements whose page the print names. */
  readonly numbers: ReadonlyMap<string, number>
  /** Forgets the plan: the print was not as it says. */
  refuse(): void
}

interface PlaceOptions {
  readonly memory: NumberMemory
  /** Names the page, and the browser that lays it out. */
  readonly key: string
}

const refused = 'none'

/**
 * Moves the figures and tables of a loaded page to where they leave the least of its printed pages blank. A plan that is
 * remembered of the same page is followed at once. Gives nothing, and leaves the page as it is, where its pages
 * cannot be foretold.
 */
export async function placeFloats(page: Page, { memory, key }: PlaceOptions): Promise<Placed | undefined> {
  const known = memory.get(key)
  if (known === refused) return undefined
  const program = await readClient('floats')
  // In a function, so that the page keeps no name of it.
  const run = (call: string) => page.evaluate(`(() => {${program}\nreturn weftFloats.${call}})()`)
  const remembered = known === undefined ? undefined : (JSON.parse(known) as Plan)
  if (remembered) await run(`follow(${known})`)
  const plan = remembered ?? (await planned(page, run))
  if (plan === undefined) return undefined
  memory.set(key, JSON.stringify(plan))
  return { pages: plan.pages, numbers: new Map(plan.numbers), refuse: () => memory.set(key, refused) }
}

async function planned(page: Page, run: (call: string) => Promise<unknown>): Promise<Plan | undefined> {
  const width = (await run('widthOfSheet()')) as number | undefined
  if (width === undefined) return undefined
  const before = page.viewport()
  await page.emulateMediaType('print')
  await page.setViewport({ width: Math.round(width), height: 1000 })
  try {
    return (await run('place()')) as Plan | undefined
  } finally {
    await page.emulateMediaType()
    if (before) await page.setViewport(before)
  }
}
