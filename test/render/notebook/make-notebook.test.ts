import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { buildNotebook, makeNotebook } from '../../../src/render/notebook/make-notebook.ts'
import { openAuthorMode } from '../../../src/render/pipeline/author-mode.ts'
import { openSession } from '../../../src/render/pipeline/session.ts'
import { cell, reportOf, temporaryProject } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0] & { after(clean: () => Promise<void>): void }

const env = { PATH: process.env.PATH, HOME: process.env.HOME }

interface NotebookCell {
  readonly cell_type: string
  readonly id: string
  readonly source: readonly string[]
  readonly outputs?: readonly { readonly data: Readonly<Record<string, unknown>> }[]
  readonly attachments?: Readonly<Record<string, unknown>>
}

function open(t: Test, files: Parameters<typeof temporaryProject>[1]) {
  const paths = pathsOf(join(temporaryProject(t, files), 'report-src/report.md'))
  const session = openSession({ paths, mode: openAuthorMode({ paths, env }), env })
  t.after(() => session.close())
  return session
}

function sourceOf(notebook: string, id: string): string | undefined {
  const { cells } = JSON.parse(notebook) as { cells: NotebookCell[] }
  return cells.find((one) => one.id === id)?.source.join('')
}

const front = {
  title: 'Rain_fall',
  subtitle: 'A study',
  author: ['A. Writer'],
  chapters: ['first.md', 'second.md'],
  bibliography: 'own.bib',
  params: { full: { days: 3 }, quick: { days: 2 } },
}

const bibliography = `@book{knuth1997, author = {Donald Knuth}, title = {The Art}, year = {1997}, publisher = {AW}}
@book{other2000, author = {Some One}, title = {Another}, year = {2000}, publisher = {AW}}
`

const first = `# Data {#sec-data}
${cell('rain', 'export const rain = [1, 2, 3].slice(0, params.days)', "import note from './note.txt'", 'export const said = note.trim()')}
Cited once [@other2000].
`

const second = `# Results {#sec-results}

The mean is \`{ts} rain[1]\` [@knuth1997], see @tbl-rain, @eq-mean and @sec-data. :claim[It rained.]{that='rain.length > 1'}

$$ {#eq-mean}
\\bar x = \\frac{1}{n}
$$

It is $x_1$ in H<sub>2</sub>O.

## Tables

![A dot.](dot.png)

${cell('tbl-rain', "import { table } from 'weft/output'", 'const URL = rain.map((mm) => ({ mm, label: mm + " mm" }))', "export default table(URL, { caption: 'All of $x$.' })")}
${cell('lines', 'const parts = [typeof URL, "x"]', 'export { parts as pieces }', 'export default ["done", parts.length]')}
- one \`code\`
- two
`

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const files = {
  'report-src/report.md': reportOf('In short.\n', front),
  'report-src/own.bib': bibliography,
  'report-src/first.md': first,
  'report-src/second.md': second,
  'report-src/note.txt': 'wet\n',
  'report-src/dot.png': pixel,
}

describe('makeNotebook', () => {
  it('should give prose, code and outputs of the chapters that are asked for, with the cells that they need', async (t) => {
    const session = open(t, files)
    const text = await makeNotebook(session, { chapters: ['second.md'] })
    const { cells, nbformat, nbformat_minor } = JSON.parse(text) as {
      cells: NotebookCell[]
      nbformat: number
      nbformat_minor: number
    }
    assert.deepEqual([nbformat, nbformat_minor], [4, 5])
    const by = new Map(cells.map((one) => [one.id, one]))
    const source = (id: string) => by.get(id)?.source.join('')
    assert.deepEqual(
      cells.map(({ id, cell_type }) => `${cell_type[0]} ${id}`),
      [
        'm title',
        'c params',
        'c rain',
        'm sec-results',
        'm after-sec-results',
        'c tbl-rain',
        'm caption-tbl-rain',
        'c lines',
        'm after-lines',
        'm references',
      ],
    )
    assert.equal(source('title'), '# Rain\\_fall\n\n*A study*\n\nA. Writer')
    assert.match(source('params')!, /import \{ openNotebook, importFile, show \} from 'weft\/notebook'/)
    assert.match(source('params')!, /await openNotebook\('report-src\/report\.md', \{ profile: 'full' \}\)/)
    assert.equal(
      source('rain'),
      "export const rain = [1, 2, 3].slice(0, params.days)\nconst { default: note } = await importFile('report-src/note.txt')\nexport const said = note.trim()",
    )
    const results = source('sec-results')!
    assert.match(results, /^# <a id="sec-results"><\/a>2 Results\n/)
    assert.match(
      results,
      /The mean is 2 \\\[\[2\]\(#ref-knuth1997\)\], see \[Table.1\]\(#tbl-rain\), \[Equation.1\]\(#eq-mean\) and Section.1\. It rained\./,
    )
    assert.match(results, /<a id="eq-mean"><\/a>\n\n\$\$\n\\bar x = \\frac\{1\}\{n\}\n\\tag\{1\}\n\$\$/)
    assert.match(results, /It is \$x_1\$ in H<sub>2<\/sub>O\./)
    assert.match(source('after-sec-results')!, /!\[A dot\.\]\(attachment:picture-1\.png\)/)
    assert.deepEqual(by.get('after-sec-results')!.attachments, {
      'picture-1.png': { 'image/png': [pixel.toString('base64')] },
    })
    assert.match(source('caption-tbl-rain')!, /^<a id="tbl-rain"><\/a>\*\*Table.1\.\*\* All of \$x\$\.$/)
    assert.match(source('references')!, /^## References\n\n- <a id="ref-knuth1997"><\/a>\\\[2\] .*Knuth/)
    assert.doesNotMatch(source('references')!, /Another/)
  })

  it('should write cells as a kernel runs them, whose names are all shared', async (t) => {
    const { cells } = JSON.parse(await makeNotebook(open(t, files), { chapters: ['second.md'] })) as {
      cells: NotebookCell[]
    }
    const [table, lines] = ['tbl-rain', 'lines'].map((id) => cells.find((one) => one.id === id)!)
    // A later cell means the global `URL`.
    assert.equal(
      table!.source.join(''),
      `// From earlier cells: rain (#rain)
import { table } from 'weft/output'
{
const URL = rain.map((mm) => ({ mm, label: mm + " mm" }))
const shown = table(URL, { caption: 'All of $x$.' })

await show(shown, 'tbl-rain')
}`,
    )
    const data = table!.outputs![0]!.data
    assert.match(
      (data['text/html'] as string[]).join(''),
      /^<table><thead><tr><th scope="col" style="text-align: right">mm<\/th>/,
    )
    assert.deepEqual(data['text/plain'], ['mm  label\n', ' 1  1 mm\n', ' 2  2 mm\n', ' 3  3 mm'])
    assert.match(
      lines!.source.join(''),
      /\nconst pieces = parts\nconst shown = \["done", parts\.length\]\n\nawait show\(shown, 'lines'\)$/,
    )
    assert.deepEqual(
      lines!.outputs!.map((output) => output.data),
      [{ 'text/plain': ['done'] }, { 'text/plain': ['2'] }],
    )
  })

  it('should give the same bytes again, of the chapters in the front matter, and say what is wrong', async (t) => {
    const own = {
      ...files,
      'report-src/report.md': reportOf('In short.\n', { ...front, notebook: 'first.md' }),
    }
    const session = open(t, own)
    const made = await buildNotebook(session)
    assert.equal((await buildNotebook(session)).text, made.text)
    assert.match(made.text, /Cited once/)
    assert.doesNotMatch(made.text, /The mean is/)
    assert.deepEqual(
      made.files.flatMap(({ messages }) => messages),
      [],
    )
    await assert.rejects(makeNotebook(session, { chapters: ['secnd.md'] }), {
      message:
        'Unknown chapter `secnd.md` of the notebook, expected report.md, first.md, second.md: did you mean `second.md`?',
    })
    const all = await makeNotebook(session, { chapters: ['second.md', 'report.md', 'first.md'] })
    assert.ok(all.indexOf('In short') < all.indexOf('Cited once'))
    assert.ok(all.indexOf('Cited once') < all.indexOf('The mean is'))
  })

  it('should warn of a name that it cannot keep from later cells', async (t) => {
    const body =
      cell('one', 'export const a = 1', 'const URL = 2') + cell('two', 'export const b = typeof URL')
    const session = open(t, { 'report-src/report.md': reportOf(body) })
    const { files: told, text } = await buildNotebook(session)
    // In a block it could export nothing.
    assert.deepEqual(sourceOf(text, 'one'), 'export const a = 1\nconst URL = 2')
    const reasons = told.flatMap(({ messages }) => messages.map(String))
    assert.deepEqual(reasons, [
      'report-src/report.md:7:7: Unexpected name `URL`, in a notebook later cells see it too: expected another one',
    ])
  })

  it('should leave a name alone that a cell exports to later ones, whatever it is called', async (t) => {
    const body =
      cell('one', 'export const performance = 1', 'const own = 2') +
      cell('two', 'export const b = performance')
    const session = open(t, { 'report-src/report.md': reportOf(body) })
    const { files: told, text } = await buildNotebook(session)
    assert.deepEqual(
      told.flatMap(({ messages }) => messages),
      [],
    )
    assert.equal(sourceOf(text, 'one'), 'export const performance = 1\nconst own = 2')
  })

  it('should give the day of a report, with the names of authors as they are', async (t) => {
    const body = cell('one', 'export default 1')
    const session = open(t, {
      'report-src/report.md': reportOf(body, { author: 'A_B', date: 'last-modified' }),
    })
    const text = await makeNotebook(session)
    assert.match(sourceOf(text, 'title')!, /^# Test\n\nA\\_B · \d{4}-\d{2}-\d{2}$/)
  })

  it('should import what a cell exports of another module', async (t) => {
    const body =
      cell('one', "export { far, near as close } from './places.ts'") +
      cell('two', "export { default } from './places.ts'") +
      cell('three', "export { sum as default } from './places.ts'")
    const session = open(t, {
      'report-src/report.md': reportOf(body),
      'report-src/places.ts': "export const [far, near, sum] = [1, 2, '3']\nexport default 'here'\n",
    })
    const text = await makeNotebook(session)
    const imported = (names: string) => `const { ${names} } = await importFile('report-src/places.ts')`
    assert.equal(sourceOf(text, 'one'), imported('far, near: close'))
    assert.equal(sourceOf(text, 'two'), `${imported('default: shown')}\n\nawait show(shown, 'two')`)
    assert.equal(sourceOf(text, 'three'), `${imported('sum: shown')}\n\nawait show(shown, 'three')`)
  })
})
