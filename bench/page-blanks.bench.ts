import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { home } from './home.ts'
import { measureBlanks, type PageBlank } from './page-blanks/measure-blanks.ts'

export const options = { pdf: { type: 'string' } } as const

/** Title, contents and the like. */
const frontPages = 4

/**
 * Measures how much of its pages the printed report leaves blank: of `dist/report.pdf`, or of `--pdf FILE`. Pages that
 * end a part are marked with a star.
 */
export async function bench({ pdf }: { readonly pdf?: string }): Promise<void> {
  const pages = await measureBlanks(readFileSync(pdf ?? join(home, 'dist/report.pdf')))
  for (let first = 0; first < pages.length; first += 10) {
    console.log(
      pages
        .slice(first, first + 10)
        .map(shown)
        .join(''),
    )
  }
  const counted = pages.slice(frontPages)
  const inside = counted.filter(({ endsPart }) => !endsPart)
  const third = pages.filter(({ blank }) => blank > 1 / 3)
  console.log(`pages                                  ${pages.length}`)
  console.log(`more than a third blank                ${third.length}: ${third.map(named).join(', ')}`)
  console.log(`mean blank from page ${frontPages + 1} on             ${percent(meanOf(counted))}`)
  console.log(`without pages that end a part (*)      ${percent(meanOf(inside))}`)
}

function shown(page: PageBlank): string {
  return `${named(page).padStart(5)} ${percent(page.blank).padStart(6)}`
}

function named({ page, endsPart }: PageBlank): string {
  return `${page}${endsPart ? '*' : ''}`
}

function meanOf(pages: readonly PageBlank[]): number {
  return pages.reduce((sum, { blank }) => sum + blank, 0) / Math.max(1, pages.length)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
