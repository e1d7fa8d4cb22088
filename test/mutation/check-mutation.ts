import { sha256 } from '../../src/render/model/digest.ts'
import type { Box } from './box.ts'
import { openBox } from './box.ts'
import type { Page, PageOptions } from './build-page.ts'
import { buildPage } from './build-page.ts'
import type { Mutation } from './mutation.ts'
import type { Sources } from './sources.ts'
import { differing, writeSources } from './sources.ts'

/** Builds sources without any earlier build, and gives the page. */
export type FromNothing = (sources: Sources, profile?: string) => Promise<Page>

/** A built project, of which each mutation gets a copy. */
export interface Start {
  readonly box: Box
  readonly sources: Sources
  readonly page: Page
  readonly fromNothing: FromNothing
}

/** Gives a function that builds sources in their own folder; equal sources only once. */
function openFromNothing(): FromNothing {
  const known = new Map<string, Promise<Page>>()
  return (sources, profile) => {
    const key = sha256(JSON.stringify([profile ?? '', Object.entries(sources).sort()]))
    if (!known.has(key)) known.set(key, build(sources, profile))
    return known.get(key)!
  }
}

async function build(sources: Sources, profile: string | undefined): Promise<Page> {
  const box = openBox()
  try {
    writeSources(box.folder, sources)
    return (await buildPage(box, { profile })).page
  } finally {
    box.close()
  }
}

/** Builds the project from which mutations start; throws if it has a message that is not about an unclear claim. */
export async function openStart(sources: Sources): Promise<Start> {
  const box = openBox()
  writeSources(box.folder, sources)
  const { page } = await buildPage(box)
  // Two seeds are enough to run jobs, but too few for a clear claim.
  const messages = page.messages.filter((message) => !message.includes(' claim-is-clear '))
  if (messages.length > 0) throw new Error(`Cannot start, ${messages.join('\n')}`)
  return { box, sources, page, fromNothing: openFromNothing() }
}

/**
 * Applies a mutation to a copy of a built project, builds it, and reverts the mutation. Lists what is wrong: what ran
 * but must not, what must run but did not, what differs from a build from nothing, and what ran after the mutation was
 * reverted. Throws if the mutation changes nothing.
 */
export async function checkMutation(
  { name, edit, must, may = [], back: mayBack = [], profile }: Mutation,
  start: Start,
  { reuse }: Pick<PageOptions, 'reuse'> = {},
): Promise<string[]> {
  const sources = edit(start.sources)
  if (profile === undefined && differing(sources, start.sources).length === 0)
    throw new Error(`Unexpected mutation "${name}", expected one that changes a file`)
  const box = openBox(start.box)
  try {
    writeSources(box.folder, sources, start.sources)
    const [built, expected] = await Promise.all([
      buildPage(box, { profile, reuse }),
      start.fromNothing(sources, profile),
    ])
    writeSources(box.folder, start.sources, sources)
    const back = await buildPage(box, { reuse, isPageless: true })
    return [
      ...wrongRuns(built.ran, must, may),
      ...pageDifferences(built.page, expected),
      ...wrongRuns(back.ran, [], mayBack).map((text) => `${text} after the mutation was taken back`),
      ...(back.page.locked === start.page.locked ? [] : ['other results after the mutation was taken back']),
      ...[...built.damaged, ...back.damaged],
    ]
  } finally {
    box.close()
  }
}

/** Lists what ran but must not, and what must run but did not. */
export function wrongRuns(
  ran: readonly string[],
  must: readonly string[],
  may: readonly string[] = [],
): string[] {
  const twice = ran.filter((line, index) => ran.indexOf(line) !== index)
  return [
    ...ran.filter((line) => !must.includes(line) && !may.includes(line)).map((line) => `${line} ran`),
    ...must.filter((line) => !ran.includes(line)).map((line) => `${line} did not run`),
    ...twice.map((line) => `${line} ran twice`),
  ]
}

/** Lists the differences of a page from one that was built from nothing. */
export function pageDifferences(page: Page, expected: Page): string[] {
  const parts = ['html', 'print', 'figures', 'locked'] as const
  return [
    ...parts
      .filter((part) => page[part] !== expected[part])
      .map(
        (part) =>
          `the ${part} differs from a build from nothing: ${differenceOf(page[part], expected[part])}`,
      ),
    ...page.messages.filter((text) => !expected.messages.includes(text)).map((text) => `it says ${text}`),
    ...expected.messages
      .filter((text) => !page.messages.includes(text))
      .map((text) => `it does not say ${text}`),
  ]
}

// Gives some characters around the first difference.
function differenceOf(text: string, expected: string): string {
  let at = 0
  while (at < text.length && text[at] === expected[at]) at++
  const around = (whole: string) => JSON.stringify(whole.slice(Math.max(0, at - 60), at + 60))
  return `${around(text)}, expected ${around(expected)}`
}
