import assert from 'node:assert/strict'
import test from 'node:test'
import { buildProject } from '../execute/build-project.ts'
import { cell, type Files, reportOf, temporaryProject } from '../execute/temporary-project.ts'
import { citedPage } from './cited-page.ts'

const entries = {
  adam: '@inproceedings{kingma2015adam, author = {Kingma, Diederik P. and Ba, Jimmy}, title = {{Adam}: a Method}, booktitle = {ICLR}, year = 2015, url = {https://arxiv.org/abs/1412.6980}}',
  norm: '@article{ioffe2015, author = {Ioffe, Sergey and Szegedy, Christian}, title = {Batch norm}, journal = {ICML}, volume = 37, pages = {448--456}, year = 2015, doi = {10.5555/a_b}}',
  book: '@book{deep, author = {Goodfellow, Ian and Bengio, Yoshua and Courville, Aaron}, title = {Deep Learning}, publisher = {MIT Press}, year = 2016}',
  arxiv:
    '@misc{Ruder16, author = {Ruder, Sebastian}, title = {Overview}, eprint = {1609.04747}, archivePrefix = {arXiv}, year = 2016}',
}
const bibliography = `${Object.values(entries).join('\n')}\n`

const page: typeof citedPage = (t, body, options = {}) =>
  citedPage(t, body, { ...options, files: { 'references.bib': bibliography, ...options.files } })

const cases: [string, string][] = [
  ['So [@kingma2015adam].', 'So [1].'],
  ['[@kingma2015adam; @ioffe2015]', '[1, 2]'],
  ['@deep: [@ioffe2015; @deep, p. 3]', 'Goodfellow et al. [1]: [1, p. 3, 2]'],
  ['[-@deep] and -@deep', '[1] and [1]'],
  [
    'As @kingma2015adam say; @ioffe2015 [p. 7] too.',
    'As Kingma and Ba [1] say; Ioffe and Szegedy [2, p. 7] too.',
  ],
  ['[see @deep, chap. 8; and @{Ruder16}]', '[see 1, chap. 8, and 2]'],
  ['[@deep, as all do]', '[1, as all do]'],
  ['[@deep, in part; @Ruder16]', '[1, in part, 2]'],
  ['@scope/package and @deep', '@scope/package and Goodfellow et al. [1]'],
  ['-@deep [p. 3]', '[1, p. 3]'],
  ['[@deep,\npp. 3--5]', '[1, pp. 3–5]'],
  ['[@deep, Theorem 3; @Ruder16, § 4 and more]', '[1, Theorem 3, 2, sec. 4 and more]'],
  ['@deep [as all do] and [@deep, no doubt]', 'Goodfellow et al. [1, as all do] and [1, no doubt]'],
  ['[@deep, chapters ix–xi; @Ruder16, 7--9]', '[1, chaps. ix–xi, 2, pp. 7–9]'],
  ['**[@deep]** (@Ruder16)', '[1] (Ruder [2])'],
  ['| a |\n|---|\n| [@deep] |', 'a [1]'],
  ['`[@deep]` and ``@deep``', '[@deep] and @deep'],
  [
    'a@deep.org, me@example.org, \\@deep, \\[@deep], 10:30, C:drive',
    'a@deep.org, me@example.org, @deep, [@deep], 10:30, C:drive',
  ],
  ['[a link by @deep](https://example.org)', 'a link by Goodfellow et al. [1]'],
]

for (const [body, text] of cases) {
  test(`cite should write \`${body.replaceAll('\n', ' ')}\``, async (t) => {
    const made = await page(t, `${body}\n`)
    assert.deepEqual(made.said, [])
    assert.equal(made.text.replace(/ References$/, ''), text)
  })
}

test('cite should number through all chapters and list what is cited in that order', async (t) => {
  const { said, text, list, html } = await page(t, '\nAbstract [@deep].\n', {
    front: { bibliography: 'references.bib', chapters: ['a.md', 'b.md'] },
    files: {
      'a.md': '# A\n\n[@kingma2015adam; @deep]\n',
      'b.md': '# B\n\nNote[^1]. [@Ruder16; @ioffe2015]\n\n[^1]: As @kingma2015adam.\n',
    },
  })
  assert.deepEqual(said, [])
  assert.match(
    text,
    /Abstract \[1\]\. A \[1, 2\] B Note1\. \[3, 4\] Footnotes As Kingma and Ba \[2\]\..*References$/,
  )
  assert.deepEqual(list, [
    '[1] I. Goodfellow, Y. Bengio, and A. Courville. Deep Learning. MIT Press, 2016.',
    '[2] D. P. Kingma and J. Ba. Adam: a Method. In ICLR, 2015. https://arxiv.org/abs/1412.6980.',
    '[3] S. Ruder. Overview. 2016. https://arxiv.org/abs/1609.04747.',
    '[4] S. Ioffe and C. Szegedy. Batch norm. ICML, 37, pp. 448–456, 2015. https://doi.org/10.5555/a_b.',
  ])
  for (const href of [
    '#ref-deep',
    '#ref-Ruder16',
    'https://doi.org/10.5555/a_b',
    'https://arxiv.org/abs/1412.6980',
  ])
    assert.ok(html.includes(`href="${href}"`), href)
  for (const [, id] of html.matchAll(/href="#(ref-[^"]*)"/g)) assert.ok(html.includes(`id="${id}"`), id)
  assert.match(
    html,
    /\[<a class="weft-reference" href="#ref-deep">1<\/a>, <a class="weft-reference" href="#ref-kingma2015adam">2<\/a>\]/,
  )
  assert.match(html, /<h2 id="references" class="unnumbered">References<\/h2>/)
})

test('cite should link each number to its own entry, in whatever order keys are written', async (t) => {
  const { html } = await page(
    t,
    '[@deep] [@ioffe2015] [@Ruder16] [@Ruder16, p. 2; @ioffe2015; @deep, pp. 3, 1]\n',
  )
  const last =
    /<span class="weft-citation">(?:(?!<span class="weft-citation">)[\s\S])*?p\. 2[\s\S]*?\]<\/span>/.exec(
      html,
    )![0]
  const links = [...last.matchAll(/href="#ref-(\w+)">(\d)</g)].map(([, key, number]) => `${number} ${key}`)
  assert.deepEqual(links, ['1 deep', '2 ioffe2015', '3 Ruder16'])
})

test('the list of references should stand where its register does', async (t) => {
  const { html } = await page(t, '[@deep]\n\n# Sources\n\n::register{of=references}\n\n# After\n')
  assert.ok(!html.includes('id="references"'))
  assert.ok(html.indexOf('id="sources"') < html.indexOf('id="ref-deep"'))
  assert.ok(html.indexOf('id="ref-deep"') < html.indexOf('id="after"'))
})

test('a field that cannot be read should be told at its place, and printed without its markup', async (t) => {
  const { said, html, list } = await page(t, '[@deep] and [@odd].\n\n@round too.\n', {
    files: {
      'references.bib': `${entries.book}\n  @misc{odd, title = {Costs $5}}\n@misc(round, author = {A. Rounder}, title = {R})\n`,
    },
  })
  assert.deepEqual(said, [
    'references.bib:2:14 bibliography-reads Cannot read `title` of `odd`, expected a second `$` that ends its formula, or `\\$` for a dollar, found none in `Costs $5`',
  ])
  assert.match(
    html,
    /href="#ref-deep">1<\/a>\]<\/span> and <span class="weft-citation">\[<a [^>]*href="#ref-odd">2</,
  )
  assert.deepEqual(list.slice(1), ['[2] Costs 5.', '[3] A. Rounder. R.'])
})

test('a style of the report should take the place of the house style', async (t) => {
  const csl = `<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title><id>t</id><category citation-format="author-date"/></info><citation><layout prefix="(" suffix=")" delimiter="; "><group delimiter=" "><names variable="author"><name form="short" and="text"/></names><date variable="issued" form="numeric" date-parts="year"/></group></layout></citation><bibliography><sort><key variable="title"/></sort><layout><text variable="title"/></layout></bibliography></style>`
  const { said, text, list, html } = await page(t, '[@kingma2015adam] [@deep; @Ruder16]\n', {
    front: { bibliography: 'references.bib', csl: 'own.csl' },
    files: { 'own.csl': csl },
  })
  assert.deepEqual(said, [])
  assert.match(text, /^\(Kingma and Ba 2015\) \(Goodfellow, Bengio,? and Courville 2016; Ruder 2016\)/)
  assert.deepEqual(list, ['Adam: a Method', 'Deep Learning', 'Overview'])
  assert.match(html, /<a class="weft-reference" href="#ref-kingma2015adam">\(Kingma/)
})

/** The ids that a page has more than once. */
function twinsIn(html: string): string[] {
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!)
  return ids.filter((id, index) => ids.indexOf(id) !== index)
}

test('the section of references should take no id that a section of the report has', async (t) => {
  const cases: [string, string][] = [
    ['# Two {#references}\n\n[@deep]\n', 'references-1'],
    ['# References\n\n[@deep]\n', 'references'],
  ]
  for (const [body, id] of cases) {
    const { html, said } = await page(t, body)
    assert.deepEqual(said, [])
    assert.deepEqual(twinsIn(html), [], html)
    assert.match(html, new RegExp(`<h2 id="${id}" class="unnumbered">|<h2 class="unnumbered" id="${id}">`))
  }
})

test('a section with the id of a reference should be told so', async (t) => {
  const { said } = await page(t, '# One {#ref-deep}\n\n[@deep]\n\n# Ref Ruder16\n\n[@Ruder16]\n')
  assert.deepEqual(said, [
    'report.md:4:1 label-is-unique Unexpected label `#ref-deep`, expected one of its own: that of the reference `deep` is the same',
  ])
})

test('a citation that markup within its brackets changes should be warned of', async (t) => {
  const said = (place: string, key: string) =>
    `report.md:${place} citation-resolves Cannot read the brackets around \`@${key}\` as a citation, expected plain text in them, found markup or a reference`
  const split: [string, string[]][] = [
    ['So [see *Adam* @deep].', [said('4:16', 'deep')]],
    ['*So [see `Adam` -@deep, p. 3; @Ruder16]*', [said('4:17', 'deep')]],
    ['[@deep, *passim*]', [said('4:2', 'deep')]],
    ['[see @deep, and *also* @Ruder16]', [said('4:6', 'deep')]],
    ['[*As* @deep says.] [so] *x* @deep and \\[*y* @deep] [0, 1) *x* @deep [p. 3] [@deep]', []],
    ['[Note: as @deep says] *and* @deep] [*x* @deep](https://a.org)', []],
  ]
  for (const [body, expected] of split) {
    const { said: found } = await page(t, body)
    assert.deepEqual(found, expected, body)
  }
})

test('a citation should be told of where it stands, also after references and others', async (t) => {
  const body =
    '- @deep, \\@none and `@none`,\n  then @eq-a, *so*\n  &amp; @none; @eq-a\n  [@deep; @none].\n\n$$ {#eq-a}\nx\n$$\n'
  const text = reportOf(body, { bibliography: 'references.bib' })
  const built = await buildProject(temporaryProject(t, { 'report.md': text, 'references.bib': entries.book }))
  assert.deepEqual(
    built.said.map((message) => message.split(',')[0]),
    [
      'report.md:6:9 citation-resolves Unknown citation `@none`',
      'report.md:7:11 citation-resolves Unknown citation `@none`',
    ],
  )
})

test('what cells and values come to should not be taken for citations', async (t) => {
  const lines = [
    "import { table } from 'weft/output'",
    "export const name = '@none'",
    "export default table([{ name: '@none', of: '[@none]' }, { name: 'b', of: '@none' }], { caption: 'By @deep.' })",
  ]
  const text = reportOf(`\n\`{ts} name\` [@deep]\n${cell('tbl-a', ...lines)}`, {
    bibliography: 'references.bib',
  })
  const built = await buildProject(temporaryProject(t, { 'report.md': text, 'references.bib': entries.book }))
  assert.deepEqual(built.said, [])
  assert.equal(JSON.stringify(built.chapters.map(({ tree }) => tree)).match(/weft-citation/g)?.length, 2)
})

const front = { bibliography: 'references.bib' }
const wrong: [string, string, object, Files, string[]][] = [
  [
    'an unknown key',
    'ü [see @deeq]\nand @none.',
    front,
    {},
    [
      'report.md:4:8 citation-resolves Unknown citation `@deeq`, expected the key of an entry of the bibliography: did you mean `deep`?',
      'report.md:5:5 citation-resolves Unknown citation `@none`, expected the key of an entry of the bibliography',
    ],
  ],
  [
    'a citation without a bibliography',
    'See [@deep] and @deep.',
    {},
    {},
    [
      'report.md:4:5 citation-resolves Cannot cite `deep`, expected a `bibliography` in the front matter, found none',
    ],
  ],
  [
    'a missing file',
    '[@deep]',
    { bibliography: 'none.bib' },
    {},
    [
      'report.md:2:17 bibliography-reads Cannot read the bibliography `none.bib`, expected a BibTeX file, found none',
    ],
  ],
  [
    'a renamed file, and a renamed style',
    '[@deep]',
    { bibliography: 'reference.bib', csl: 'house-style.csl' },
    { 'references.bib': '', 'house-styles.csl': '' },
    [
      'report.md:2:17 bibliography-reads Cannot read the bibliography `reference.bib`, expected a BibTeX file, found none: did you mean `references.bib`?',
    ],
  ],
  [
    'a file that is not UTF-8',
    '[@deep]',
    front,
    { 'references.bib': Buffer.from([0x40, 0xff]) },
    [
      'report.md:2:17 bibliography-reads Cannot read the bibliography `references.bib`, expected a BibTeX file, found bytes that are not UTF-8',
    ],
  ],
  [
    'a missing style',
    '[@deep]',
    { ...front, csl: 'none.csl' },
    {},
    ['report.md:2:49 bibliography-reads Cannot use the style `none.csl`, expected a CSL file, found none'],
  ],
  [
    'a style that is none',
    '[@deep]',
    { ...front, csl: 'own.csl' },
    { 'own.csl': '<style/>' },
    [
      'report.md:2:49 bibliography-reads Cannot use the style `own.csl`, expected a CSL style of the class in-text with a category citation-format, found none',
    ],
  ],
  [
    'a type of entry that is none',
    '[@a]',
    front,
    { 'references.bib': '@articel{a, title = {A}}' },
    [
      'references.bib:1:1 bibliography-reads Unknown type `@articel` of `a`, expected one such as @article or @misc: did you mean `article`?',
    ],
  ],
]

for (const [what, body, matter, files, said] of wrong) {
  test(`cite should tell of ${what} where it stands`, async (t) => {
    const made = await page(t, `${body}\n`, { front: matter, files })
    assert.deepEqual(made.said, said)
  })
}

test('entries that nobody cites should be warned of, the parents of cited ones not', async (t) => {
  const files = {
    'a.bib':
      '@inbook{a, title={A}, crossref={b}}\n@misc{c, title={C}}\n@xdata{x, publisher={P}}\n@misc{d, title={D}, crossref={e}}\n',
    'b.bib':
      '@book{b, title={B}, author={X}, year=1, xdata={x}, crossref={m}}\n@mvbook{m, title={M}}\n@misc{e, title={E}}\n',
  }
  const { uncited } = await page(t, '[@a]\n', { front: { bibliography: ['a.bib', 'b.bib'] }, files })
  const told = (place: string, key: string) =>
    `${place} entry-is-cited Unexpected entry \`${key}\`, expected each to be cited, found no citation of it`
  assert.deepEqual(uncited, [told('a.bib:2:1', 'c'), told('a.bib:4:1', 'd'), told('b.bib:3:1', 'e')])
})

test('thousands of entries that nobody cites should be warned of in a few lines', async (t) => {
  const text = Array.from({ length: 2_000 }, (_, index) => `@misc{k${index}, title={T}}`).join('\n')
  const { uncited, list } = await page(t, '[@k1999]\n', { files: { 'references.bib': text } })
  assert.equal(uncited.length, 21)
  assert.equal(
    uncited.at(-1),
    'references.bib:21:1 entry-is-cited Unexpected 1979 more entries from `k20` on, expected each to be cited, found no citation of them',
  )
  assert.deepEqual(list, ['[1] T.'])
})

test('a fault of an inherited field should be told where the field is', async (t) => {
  const files = {
    'a.bib': '@inproceedings{a, title={T}, author={A. Aye}, crossref={P}}\n',
    'b.bib': '@proceedings{p, year=2001,\n  title={Costs $5}}\n',
  }
  const { said, list } = await page(t, '[@a]\n', { front: { bibliography: ['a.bib', 'b.bib'] }, files })
  assert.deepEqual(said, [
    'b.bib:2:3 bibliography-reads Cannot read `booktitle` of `a`, expected a second `$` that ends its formula, or `\\$` for a dollar, found none in `Costs $5`',
  ])
  assert.deepEqual(list, ['[1] A. Aye. T. In Costs 5, 2001.'])
})

test('every number of a citation should be right where one is cited many times', async (t) => {
  const { text, list } = await page(
    t,
    'A [@deep], [@ioffe2015; @deep, p. 3], @Ruder16, [@deep]. *B* [@kingma2015adam].\n',
    {},
  )
  assert.equal(text, 'A [1], [1, p. 3, 2], Ruder [3], [1]. B [4]. References')
  assert.equal(list.length, 4)
})

test('the cache should give the same page without the library, until something changes', async (t) => {
  const kept = new Map<string, string>()
  const body = 'As @deep [@Ruder16].\n'
  const first = await page(t, body, { cache: kept })
  assert.equal(kept.size, 1)
  const [key, markup] = [...kept][0]!
  const marked = new Map([[key, markup.replaceAll('Deep Learning', 'Kept')]])
  const again = await page(t, body, { cache: marked })
  assert.equal(again.html, first.html.replaceAll('Deep Learning', 'Kept'))
  await page(t, `${body}[@deep]\n`, { cache: marked })
  await page(t, body, { cache: marked, files: { 'references.bib': bibliography.replace('2016', '2017') } })
  assert.equal(marked.size, 3)
})

test('a style whose macros never end should be refused with the macros that call each other', async (t) => {
  const style = (macros: string) =>
    `<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title><id>t</id><category citation-format="author-date"/></info>${macros}<citation><layout><text macro="a"/></layout></citation></style>`
  const macro = (name: string, ...called: string[]) =>
    `<macro name="${name}">${called.map((one) => `<text macro="${one}"/>`).join('')}</macro>`
  const cases: [string, RegExp][] = [
    [
      macro('a', 'b') + macro('b', 'c') + macro('c', 'b'),
      /Cannot use the style `own\.csl`, expected macros that do not call themselves, found b -> c -> b$/,
    ],
    [macro('a', 'a'), /found a -> a$/],
    [
      [...'abcdefghijklmno']
        .map((name, index) => macro(name, ...Array(3).fill('abcdefghijklmnop'[index + 1])))
        .join(''),
      /expected macros that call at most 100000 others, found \w with more$/,
    ],
  ]
  for (const [macros, said] of cases) {
    const root = temporaryProject(t, {
      'report.md': reportOf('[@doe]', { bibliography: 'a.bib', csl: 'own.csl' }),
      'a.bib': '@misc{doe, title = {T}, author = {Doe, J.}, year = 2001}',
      'own.csl': style(macros),
    })
    const { said: messages } = await buildProject(root)
    assert.match(messages.join('\n'), said)
  }
})
