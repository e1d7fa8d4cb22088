import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'puppeteer-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
  }[]
}

/** Gives what axe finds wrong with a page, `rule: element`, but for what these selectors find. */
export async function violations(page: Page, excluded: readonly string[] = []): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async (exclude) => {
    const { run } = (globalThis as unknown as { axe: { run(context: object): Promise<AxeResults> } }).axe
    const { violations } = await run(exclude.length > 0 ? { exclude } : document)
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    )
  }, excluded)
}

/** Fails where a page is wider than its window. */
export async function assertFits(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  assert.ok(inner! <= outer!, `Unexpected width ${inner} px, expected at most ${outer} px`)
}
