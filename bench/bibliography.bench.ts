import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kinds } from '../src/render/assemble/registers/fill-register.ts'
import type { Chapter } from '../src/render/model/types.ts'
import { cite } from '../src/render/page/cite.ts'
import { parse } from '../src/render/syntax/parse.ts'
import { readReport } from '../src/render/syntax/read-report.ts'

const sizes: readonly { entries: number; cited: number }[] = [
  { entries: 3_000, cited: 300 },
  { entries: 10_000, cited: 300 },
  { entries: 30_000, cited: 300 },
  { entries: 3_000, cited: 1_000 },
  { entries: 3_000, cited: 3_000 },
]

/**
 * Times citations and the list of references of reports with bibliographies of several sizes, a tenth of their entries
 * papers that inherit from proceedings.
 */
export async function bench(): Promise<void> {
  console.log('entries   cited   wall      processor')
  for (const { entries, cited } of sizes) {
    const folder = mkdtempSync(join(tmpdir(), 'weft-bench-'))
    try {
      writeFileSync(join(folder, 'references.bib'), bibliographyOf(entries))
      writeFileSync(join(folder, 'report.md'), reportOf(cited))
      const report = readReport(join(folder, 'report.md'), undefined)
      const chapters = parse(report, kinds).chapters as Chapter[]
      const [startedAt, used] = [performance.now(), process.cpuUsage()]
      await cite(chapters, report, { cache: new Map() })
      const { user, system } = process.cpuUsage(used)
      const [wall, processor] = [(performance.now() - startedAt) / 1000, (user + system) / 1e6]
      const row = [String(entries).padStart(7), String(cited).padStart(7), wall.toFixed(2).padStart(6)]
      console.log(`${row.join(' ')} s ${processor.toFixed(2).padStart(10)} s`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function reportOf(cited: number): string {
  const citations = Array.from({ length: cited }, (_, index) => `Words of [@k${index}, p. ${index}].`)
  return `---\ntitle: T\nbibliography: references.bib\n---\n\n${citations.join('\n\n')}\n`
}

function bibliographyOf(entries: number): string {
  return [
    '@string{journal = {Journal of Things}}',
    ...Array.from({ length: entries }, (_, index) => entry(index)),
  ].join('\n\n')
}

const people = [
  'Ludwig van Beethoven',
  String.raw`Garc{\'\i}a, Jos\'e`,
  String.raw`{\AA}berg, Bj{\o}rn`,
  'King, Jr., Martin Luther',
]

function entry(index: number): string {
  const [first, second] = [people[index % 4], people[(index * 7 + 1) % 4]]
  const year = 1900 + (index % 120)
  if (index % 10 === 0)
    return `@proceedings{k${index}, title={Proceedings ${index}}, editor={${first}}, year=${year}, publisher={Smith and Sons}}`
  if (index % 10 === 9)
    return `@inproceedings{k${index}, author={${first} and ${second}}, title={On $O(n^2)$, ${index}}, crossref={K${index - 9}}}`
  return `@article{k${index},
  author = {${first} and Author${index}, Ann and ${second}},
  title = {The {Title} of Work \\& Play, Number ${index}},
  journal = journal,
  volume = {${index % 50}},
  pages = {${index}--${index + 9}},
  year = ${year},
  doi = {10.1000/${index}},
  abstract = {A text that is long enough for an abstract, with $x$ and \\emph{words}, and that is never printed.}
}`
}
