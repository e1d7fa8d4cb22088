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

/**
 * Gives what axe finds wrong with a page, `rule: element`.
 *
 * @param excluded selectors of what it is not to look at
 * @param rules the only rules to check, or else all
 */
export async function violations(
  page: Page,
  excluded: readonly string[] = [],
  rules?: readonly string[],
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  return page.evaluate(
    async (exclude, runOnly) => {
      const { run } = (
        globalThis as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } }
      ).axe
      const { violations } = await run(
        exclude.length > 0 ? { exclude } : document,
        runOnly ? { runOnly } : {},
      )
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
      )
    },
    excluded,
    rules,
  )
}

/** The same of a light page, with what is wrong with its colours once it is dark. */
export async function violationsLightAndDark(page: Page, excluded?: readonly string[]): Promise<string[]> {
  const found = await violations(page, excluded)
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
  const dark = await violations(page, excluded, ['color-contrast'])
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }])
  return [...found, ...dark]
}

/** Fails where a page is wider than its window. */
export async function assertFits(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  assert.ok(inner! <= outer!, `Unexpected width ${inner} px, expected at most ${outer} px`)
}
