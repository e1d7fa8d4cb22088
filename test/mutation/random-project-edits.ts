import type { Random } from '../../src/statistics/random.ts'
import type { RandomEdit } from './random-edits.ts'
import { pick, textEdits } from './random-edits.ts'
import type { Sources } from './sources.ts'

const fence = /```ts exec #([a-z0-9-]+)[\s\S]*?\n```\r?\n/g

/** Random edits of whole cells, params, files, packages and texts. */
export const randomEdits: Readonly<Record<string, RandomEdit>> = {
  ...textEdits,
  'cells exchanged': (random, sources) => {
    const [one, other] = random.shuffle(cellsOf(sources))
    if (!one || !other) return undefined
    const marked = exchange(exchange(sources, one, '\u0000'), other, one.text)
    return {
      what: `#${one.label} and #${other.label}`,
      sources: withText(marked, one.file, (text) => text.replace('\u0000', () => other.text)),
    }
  },
  'cell moved': (random, sources) => {
    const cell = someCell(random, sources)
    const to = pick(random, chaptersOf(sources))
    if (!cell) return undefined
    return {
      what: `#${cell.label} to the end of ${to}`,
      sources: withText(exchange(sources, cell, ''), to, (text) => `${text}\n${cell.text}`),
    }
  },
  'cell taken away': (random, sources) => {
    const cell = someCell(random, sources)
    return cell && { what: `#${cell.label}`, sources: exchange(sources, cell, '') }
  },
  'cell copied': (random, sources) => {
    const cell = someCell(random, sources)
    if (!cell) return undefined
    const copy = cell.text.replace(`#${cell.label}`, `#copy-${random.below(99)}`)
    return { what: `#${cell.label}`, sources: exchange(sources, cell, `${cell.text}\n${copy}`) }
  },
  'export renamed': (random, sources) => {
    const names = cellsOf(sources).flatMap(({ text }) =>
      [...text.matchAll(/^export const (\w+) =/gm)].map((match) => match[1]!),
    )
    if (names.length === 0) return undefined
    const name = pick(random, names)
    const renamed = Object.entries(sources).map(([file, text]) => [
      file,
      file.startsWith('report-src/') ? text.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}X`) : text,
    ])
    return { what: name, sources: Object.fromEntries(renamed) as Sources }
  },
  'chapters in another order': (random, sources) =>
    inReport(sources, /chapters: \[(.*)\]/, (list) => random.shuffle(list.split(', ')).join(', ')),
  'param added': (random, sources) =>
    inReport(sources, /full:(\r?\n)/, (end) => `${end}    added${random.below(99)}: 1${end}`),
  seeds: (random, sources) =>
    inReport(sources, /seeds: \[(.*)\]/, () =>
      random
        .shuffle([1, 2, 3, 4])
        .slice(0, 1 + random.below(3))
        .join(', '),
    ),
  'file of the listed folder': (random, sources) => {
    const name = `data/listed/${random.below(4)}.txt`
    const others = Object.entries(sources).filter(([file]) => file !== name)
    return {
      what: name,
      sources: Object.fromEntries(name in sources ? others : [...others, [name, 'listed\n']]),
    }
  },
  package: (random, sources) => {
    const name = pick(random, ['alpha', 'beta', 'gamma', 'delta', 'omega', 'spare'])
    const value = random.below(50)
    const versioned = withText(sources, `node_modules/${name}/package.json`, (text) =>
      text.replace(/"version": "[\d.]+"/, `"version": "1.0.${value}"`),
    )
    // The code follows the version, so that one version always has the same code.
    const changed = withText(versioned, `node_modules/${name}/index.js`, (text) =>
      text.replace(/\d+(?=\n)/, String(value)),
    )
    return { what: `${name} 1.0.${value}`, sources: changed }
  },
}

interface FoundCell {
  readonly file: string
  readonly label: string
  readonly text: string
}

function chaptersOf(sources: Sources): string[] {
  return Object.keys(sources).filter((file) => /^report-src\/(?!report).*\.md$/.test(file))
}

function cellsOf(sources: Sources): FoundCell[] {
  return chaptersOf(sources).flatMap((file) =>
    [...sources[file]!.matchAll(fence)].map(([text, label]) => ({ file, text, label: label! })),
  )
}

function someCell(random: Random, sources: Sources): FoundCell | undefined {
  const cells = cellsOf(sources)
  return cells.length > 0 ? pick(random, cells) : undefined
}

function exchange(sources: Sources, { file, text }: FoundCell, by: string): Sources {
  return withText(sources, file, (whole) => whole.replace(text, () => by))
}

function withText(sources: Sources, file: string, change: (text: string) => string): Sources {
  return { ...sources, [file]: change(sources[file] ?? '') }
}

function inReport(sources: Sources, place: RegExp, change: (found: string) => string) {
  const file = 'report-src/report.md'
  const match = place.exec(sources[file]!)
  if (!match) return undefined
  const made = match[0].replace(match[1]!, () => change(match[1]!))
  return { what: made.trim(), sources: withText(sources, file, (text) => text.replace(match[0], () => made)) }
}
