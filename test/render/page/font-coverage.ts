import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { create, type Font } from 'fontkit'
import { fallbacks, families, lent } from '../../../src/render/page/families.ts'
import { packageFolder } from '../../../src/render/page/font-files.ts'

const cuts = ['400-normal', '400-italic', '600-normal', '600-italic']

/** Reads from the font files themselves which characters each has, in all the cuts that the page uses. */
export function measureCoverage(): { [file: string]: string } {
  const coverage: { [file: string]: string } = {}
  for (const { file } of Object.values(families)) {
    const folder = packageFolder(`@fontsource/${file}`)
    const subsets = Object.keys(JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as object)
    for (const subset of subsets.sort()) {
      const paths = cuts.map((cut) => join(folder, 'files', `${file}-${subset}-${cut}.woff2`))
      coverage[`${file} ${subset}`] = ranges(paths.map(codesOf).reduce(both))
    }
  }
  for (const family of fallbacks) {
    const path = join(packageFolder('katex'), 'dist', 'fonts', `${family}-Regular.woff2`)
    coverage[family] = ranges(codesOf(path))
  }
  const [first, last] = lent.range
  const paths = cuts.map((cut) =>
    join(packageFolder(`@fontsource/${lent.file}`), 'files', `${lent.file}-${lent.subset}-${cut}.woff2`),
  )
  const codes = [...paths.map(codesOf).reduce(both)].filter((code) => first <= code && code <= last)
  coverage[`${lent.file} ${lent.subset}`] = ranges(new Set(codes))
  return coverage
}

/** Writes the table as the source file that holds it. */
export function coverageSource(coverage: { readonly [file: string]: string }): string {
  const entries = Object.entries(coverage).map(([file, codes]) => `  '${file}': '${codes}',`)
  return `// Measured from the font files by test/render/page/font-coverage.test.ts: their own unicode ranges promise more.\nexport const coverage: { readonly [file: string]: string } = {\n${entries.join('\n')}\n}\n`
}

function codesOf(path: string): ReadonlySet<number> {
  const font = create(readFileSync(path)) as Font
  return new Set(font.characterSet.filter((code) => code > 0x20))
}

function both(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...a].filter((code) => b.has(code)))
}

function ranges(codes: ReadonlySet<number>): string {
  const spans: [number, number][] = []
  for (const code of [...codes].sort((a, b) => a - b)) {
    const last = spans.at(-1)
    if (last && last[1] === code - 1) last[1] = code
    else spans.push([code, code])
  }
  return spans.map(([first, last]) => (first === last ? hex(first) : `${hex(first)}-${hex(last)}`)).join(',')
}

function hex(code: number): string {
  return code.toString(16)
}
