import type { Page } from 'puppeteer-core'
import { readClient } from '../model/client-programs.ts'
import { sha256 } from '../model/digest.ts'
import type { place } from './client/floats.ts'
import type { NumberMemory } from './print-pages.ts'

/** Figures that were placed in a loaded page, and what its print must be like. */
export interface Placed extends Pick<Plan, 'pages'> {
  /** Of elements whose page the print names. */
  readonly numbers: ReadonlyMap<string, number>
  /** Forgets the plan: the print was not as it says. */
  refuse(): void
}

type Placing = NonNullable<ReturnType<typeof place>>
type Plan = Placing['plan']

interface PlaceOptions {
  readonly memory: NumberMemory
  /** Names the page, and the browser that lays it out. */
  readonly key: string
}

interface PlanOptions extends PlaceOptions {
  /** Names the rules of the page, and the browser. */
  readonly style: string
}

const refused = 'none'

/**
 * Finds where the figures and tables of a loaded page leave the least of its printed pages blank, and remembers it. Gives
 * false where its pages cannot be foretold. The page is not to be printed afterwards.
 */
export async function planFloats(page: Page, { memory, key, style }: PlanOptions): Promise<boolean> {
  const lays = `lays ${sha256(`${await readClient('floats')} ${style}`)}`
  const placing = await planned(page, await programIn(page), memory.get(lays))
  if (placing === undefined) return false
  memory.set(key, JSON.stringify(placing.plan))
  memory.set(lays, JSON.stringify(placing.lays))
  return true
}

/** Moves the figures and tables of a loaded page as planned. Gives nothing where the plan was refused. */
export async function placeFloats(page: Page, { memory, key }: PlaceOptions): Promise<Placed | undefined> {
  const known = memory.get(key)
  if (known === undefined || known === refused) return undefined
  const run = await programIn(page)
  await run(`follow(${known})`)
  const plan = JSON.parse(known) as Plan
  return { pages: plan.pages, numbers: new Map(plan.numbers), refuse: () => memory.set(key, refused) }
}

// In a function, so that the page keeps no name of it.
async function programIn(page: Page): Promise<(call: string) => Promise<unknown>> {
  const program = await readClient('floats')
  return (call) => page.evaluate(`(() => {${program}\nreturn weftFloats.${call}})()`)
}

async function planned(
  page: Page,
  run: (call: string) => Promise<unknown>,
  lays = '{}',
): Promise<Placing | undefined> {
  const width = (await run('widthOfSheet()')) as number | undefined
  if (width === undefined) return undefined
  const before = page.viewport()
  await page.emulateMediaType('print')
  await page.setViewport({ width: Math.round(width), height: 1000 })
  try {
    return (await run(`place(${lays})`)) as Placing | undefined
  } finally {
    await page.emulateMediaType()
    if (before) await page.setViewport(before)
  }
}
