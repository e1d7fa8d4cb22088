import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { figureToSvg } from '../../../../src/render/output/draw/figure-to-svg.ts'
import { figure } from '../../../../src/render/output/index.ts'

const folder = new URL('../../../fixtures/vega-lite/', import.meta.url)

type Specs = { readonly [name: string]: object }

/** Reads specifications of a fixture by their names. */
export function readExamples(): Specs {
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  const kinds = read('kinds.json') as { readonly [kind: string]: Specs }
  const own = Object.entries(kinds).flatMap(([kind, specs]) =>
    Object.entries(specs).map(([name, spec]) => [`${kind} ${name}`, spec] as const),
  )
  const published = Object.entries(read('published.json') as Specs)
  return Object.fromEntries([
    ...own,
    ...published.map(([name, spec]) => [`published ${name}`, spec] as const),
  ])
}

/** Draws a specification; gives `drawn`, `drawn, but …` or `refused, …` in one line, and the drawing if there is one. */
export async function outcomeOf(
  spec: object,
  options: { readonly isInterpreted?: boolean } = {},
): Promise<{ readonly line: string; readonly svg?: string }> {
  const warnings: string[] = []
  try {
    const made = figure(spec, { alt: 'An example.' })
    const svg = await figureToSvg(made, 'fig-x', { ...options, warned: (reason) => warnings.push(reason) })
    return { svg, line: ['drawn', ...warnings].join(', but ') }
  } catch (error) {
    return { line: `refused, ${(error as Error).message}` }
  }
}

/** Gives the expected lines by name, and a function that leaves the found ones beside them for a person to look at. */
export function expectedLines() {
  const read = readFileSync(new URL('expected.txt', folder), 'utf8')
  const lines = new Map(
    read.split('\n').flatMap((line) => {
      const [name, ...rest] = line.split(': ')
      return line === '' ? [] : [[name!, rest.join(': ')] as const]
    }),
  )
  return {
    lines,
    keep(found: ReadonlyMap<string, string>) {
      const changed = new URL('expected-changed.txt', folder)
      const text = [...found].map(([name, line]) => `${name}: ${line}\n`).join('')
      if (text === read) rmSync(changed, { force: true })
      else writeFileSync(changed, text)
    },
  }
}
