import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { readBibliography } from '../../../src/render/syntax/read-bibliography.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { messagesOf } from '../execute/build-project.ts'
import { type Files, reportOf, temporaryProject } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

/** Reads bibliographies: the fields of each entry, and what is said. */
function read(t: Test, files: Files, bibliography: string | string[] = Object.keys(files)) {
  const root = temporaryProject(t, { 'report.md': reportOf('', { bibliography }), ...files })
  const report = readReport(join(root, 'report.md'), undefined)
  const found = readBibliography(report)
  const entries = (found?.entries ?? []).map(({ key, fields }) => [
    key,
    Object.fromEntries([...fields].map(([name, { value }]) => [name, value])),
  ])
  return {
    entries: Object.fromEntries(entries),
    said: messagesOf([...report.files, ...(found?.files ?? [])]),
  }
}

const paper = (more: string) => `@inproceedings{a, author={A}, title={T}, ${more}}\n`
const whole =
  '@proceedings{P, title={Proc}, subtitle={Sub}, shorttitle={S}, editor={E}, year=2005, publisher={ACM}, keywords={k}}\n'

const cases: [what: string, bib: string, fields: Record<string, string>][] = [
  [
    'of proceedings to a paper, whatever the case of the key',
    paper('crossref={p}') + whole,
    {
      author: 'A',
      title: 'T',
      crossref: 'p',
      editor: 'E',
      year: '2005',
      publisher: 'ACM',
      booktitle: 'Proc',
      booksubtitle: 'Sub',
    },
  ],
  [
    'of proceedings before the paper, its own fields first',
    whole + paper('booktitle={Own}, date={2006}, crossref={P}').replace('inproceedings', 'conference'),
    {
      author: 'A',
      title: 'T',
      booktitle: 'Own',
      date: '2006',
      crossref: 'P',
      editor: 'E',
      publisher: 'ACM',
      booksubtitle: 'Sub',
    },
  ],
  [
    'by xref as by crossref, which counts more',
    '@book{b, title={B}, author={W}, publisher={PB}, address={X}, year=1}\n@inbook{a, title={T}, crossref={b}, xref={c}, location={Y}}\n@book{c, title={C}, author={V}, publisher={PC}, isbn={1}, year=2}\n',
    {
      title: 'T',
      crossref: 'b',
      xref: 'c',
      location: 'Y',
      author: 'W',
      bookauthor: 'W',
      booktitle: 'B',
      publisher: 'PB',
      year: '1',
      isbn: '1',
    },
  ],
  [
    'of several data entries, and of theirs',
    '@misc{a, title={T}, xdata={x, Y}}\n@xdata{x, publisher={P}, xdata={z}}\n@xdata{y, publisher={Q}, url={u}}\n@xdata{z, note={N}}\n',
    { title: 'T', xdata: 'x, Y', publisher: 'P', url: 'u', note: 'N' },
  ],
  [
    'of a work of several volumes to its volume, and on to a chapter',
    '@mvbook{m, title={Main}, author={W}, publisher={P}, year=1}\n@book{b, title={Vol}, volume=2, crossref={m}}\n@inbook{a, title={T}, crossref={b}}\n',
    {
      title: 'T',
      crossref: 'b',
      author: 'W',
      publisher: 'P',
      year: '1',
      volume: '2',
      maintitle: 'Main',
      booktitle: 'Vol',
      bookauthor: 'W',
    },
  ],
  [
    'of a journal to an article',
    '@periodical{j, title={Journal}, issuetitle={Special}, year=2001}\n@article{a, title={T}, author={A}, crossref={j}}\n',
    { title: 'T', author: 'A', crossref: 'j', journaltitle: 'Journal', issuetitle: 'Special', year: '2001' },
  ],
  [
    'but where a field is empty',
    '@misc{a, title={T}, note={}, crossref={b}}\n@misc{b, title={B}, note={N}, month=jan}\n',
    { title: 'T', note: '', crossref: 'b', month: 'jan' },
  ],
]

for (const [what, bib, fields] of cases) {
  test(`an entry should inherit fields ${what}`, (t) => {
    const { entries, said } = read(t, { 'a.bib': bib })
    assert.deepEqual(said, [])
    assert.deepEqual(entries.a, fields)
    assert.deepEqual(
      Object.keys(entries).filter((key) => /^[xyz]$/.test(key)),
      [],
    )
  })
}

test('a parent that is none, or a descendant, should be warned of at the field', (t) => {
  const bib =
    '@misc{a, title={A},\n  crossref={none}}\n@misc{b, title={B}, crossref={c}, note={N}}\n@misc{c, title={C}, xref={B}}\n@misc{constructor, title={D}, xdata={__proto__}}\n@misc{e, title={E}, crossref={e}}\n'
  const { entries, said } = read(t, { 'a.bib': bib })
  assert.deepEqual(said, [
    'a.bib:2:3 bibliography-reads Cannot inherit from `none` in `a`, expected the key of another entry, found none',
    'a.bib:4:21 bibliography-reads Cannot inherit from `B` in `c`, expected the key of another entry, found one that refers back to it',
    'a.bib:5:31 bibliography-reads Cannot inherit from `__proto__` in `constructor`, expected the key of another entry, found none',
    'a.bib:6:21 bibliography-reads Cannot inherit from `e` in `e`, expected the key of another entry, found one that refers back to it',
  ])
  assert.equal(Object.keys(entries).length, 5)
  assert.equal(entries.constructor.title, 'D')
})

test('a chain of parents should end', (t) => {
  const links = Array.from(
    { length: 20_000 },
    (_, index) => `@misc{k${index}, title={T}, crossref={k${index + 1}}}`,
  )
  const { said } = read(t, { 'a.bib': [...links, '@misc{k20000, title={T}, note={N}}'].join('\n') })
  assert.match(
    said[0]!,
    /^a\.bib:50:\d+ bibliography-reads Cannot inherit from `k50` in `k49`, .* a chain of more than 50$/,
  )
})

test('several bibliographies should be one: entries inherit from others, with all their strings, and keys are unique', (t) => {
  const files = {
    'a.bib': `\n${paper('crossref={P}')}@misc{same, title={First}}\n@string{s = {S}}`,
    'b.bib': `${whole}@misc{Same, title={Second}}\n@misc{other, title = s # t}\n@misc{open, year={`,
  }
  const { entries, said } = read(t, files)
  assert.equal(entries.a.booktitle, 'Proc')
  assert.equal(entries.same.title, 'First')
  assert.equal(entries.Same, undefined)
  assert.equal(entries.other.title, 'St')
  assert.deepEqual(said, [
    'b.bib:3:26 bibliography-reads Unknown string `t`, expected a value in braces or quotes, a number or the name of an `@string`: it is printed as it stands',
    'b.bib:4:18 bibliography-reads Cannot find the end of this value, its brace is never closed',
    'b.bib:2:1 bibliography-reads Unexpected second entry `Same`, expected one: the first is at line 3 of `a.bib`',
  ])
})

test('a bibliography that is missing or named twice should be told at its name', (t) => {
  const files = { 'a.bib': '@misc{a, title={A}}' }
  assert.deepEqual(read(t, files, ['a.bib', './a.bib']).said, [
    'report.md:2:41 bibliography-reads Unexpected second `./a.bib`, expected each bibliography once',
  ])
  assert.deepEqual(read(t, files, ['a.bib', 'b.bib']).said, [
    'report.md:2:41 bibliography-reads Cannot read the bibliography `b.bib`, expected a BibTeX file, found none',
  ])
  assert.deepEqual(read(t, files, []), { entries: {}, said: [] })
})

test('the required fields should count where they are inherited, and types of biblatex be known', (t) => {
  const bib =
    '@inproceedings{a, author={A}, title={T}, xref={b}}\n@proceedings{b, title={B}, year=2001}\n@video{c, title={C}}\n@toString{d, title={D}}\n@online{e, title={E}, doi={10.1/x}}\n@book{f, title={F}}\n'
  assert.deepEqual(read(t, { 'a.bib': bib }).said, [
    'a.bib:4:1 bibliography-reads Unknown type `@tostring` of `d`, expected one such as @article or @misc',
    'a.bib:6:1 bibliography-reads Cannot find author or editor, publisher, year or date in `f`, expected in @book',
  ])
})
