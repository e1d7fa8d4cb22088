import assert from 'node:assert/strict'
import test from 'node:test'
import { citedPage } from './cited-page.ts'

type Test = Parameters<typeof citedPage>[0]

/** The list of references with all of the entries, in their order, and what is said of them. */
async function printed(t: Test, bib: string, csl?: string) {
  const keys = [...bib.matchAll(/^@(?!string|xdata)\w+\{([^,\s]+)/gim)].map(
    ([, key]) => `@{${key!.replaceAll('_', '\\_')}}`,
  )
  const front = { bibliography: 'references.bib', ...(csl === undefined ? {} : { csl: 'own.csl' }) }
  const files = { 'references.bib': bib, ...(csl === undefined ? {} : { 'own.csl': csl }) }
  return citedPage(t, `[${keys.join('; ')}]\n`, { front, files })
}

/** A style of the given parts. */
function styleOf(bibliography: string): string {
  return `<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>T</title><id>t</id><category citation-format="author-date"/></info><citation><layout prefix="(" suffix=")" delimiter="; "><group delimiter=" "><names variable="author"><name form="short" and="text"/></names><date variable="issued" form="numeric" date-parts="year"/></group></layout></citation>${bibliography}</style>`
}

const misc = (fields: string) => `@misc{a, ${fields}}\n`
const article = (fields: string) => `@article{a, author={A. Aye}, title={T}, journal={J}, ${fields}}\n`

const lines: [what: string, bib: string, line: string][] = [
  // Names.
  [
    'a name that begins with an accent',
    misc(String.raw`author={{\L}ukasz \'{S}wi\k{a}tek}, title={T}`),
    'Ł. Świątek. T.',
  ],
  [
    'names with \\AA and \\O',
    misc(String.raw`author={{\AA}ke {\O}vergaard and \AA ke \O rsted}, title={T}`),
    'Å. Øvergaard and Å. Ørsted. T.',
  ],
  [
    'a dotless i with an accent',
    misc(
      String.raw`author={Garc{\'\i}a, J. and Krej{\v{c}}{\'{\i}}, P. and B{\^{\i}}rsan, A.}, title={Na{\"\i}ve}`,
    ),
    'J. García, P. Krejčí, and A. Bîrsan. Naïve.',
  ],
  [
    'accents without braces',
    misc('author={Erd\\H os, P. and \\v Cech, E. and \\c Sahin, \\.I.}, title={\\~n\\`e\\=a\\u g\\r u\\d h}'),
    'P. Erdős, E. Čech, and İ. Şahin. ñèāğůḥ.',
  ],
  [
    'letters that the file itself decomposes',
    misc('author={Garci\u0301a, J.}, title={Na\u0131\u0308f A\u030a}'),
    'J. García. Naı̈f Å.',
  ],
  ['other authors', misc('author={Ann Aye and others}, title={T}'), 'A. Aye et al. T.'],
  [
    'other authors after two',
    misc('author={Ann Aye and Bob Bee and others}, title={T}'),
    'A. Aye, B. Bee, et al. T.',
  ],
  ['other authors in Latin', misc('author={Ann Aye and {et al.}}, title={T}'), 'A. Aye et al. T.'],
  ['an author in braces named others', misc('author={Others, Ann}, title={T}'), 'A. Others. T.'],
  [
    'institutions in braces',
    misc('author={{Barnes and Noble} and {World Health Organization}}, title={T}'),
    'Barnes and Noble and World Health Organization. T.',
  ],
  [
    'particles and a junior',
    misc(
      "author={Ludwig van Beethoven and Charles de la Vall{\\'e}e Poussin and King, Jr., Martin Luther}, title={T}",
    ),
    'L. van Beethoven, C. de la Vallée Poussin, and M. L. King Jr. T.',
  ],
  [
    'a name that begins with a brace',
    misc(String.raw`author={{\relax Ch}arles Dickens and {J}ohn Mc{C}arthy and {\"U}mit \"{O}z}, title={T}`),
    'C. Dickens, J. McCarthy, and Ü. Öz. T.',
  ],
  // Lists.
  [
    'a publisher with "and"',
    '@book{a, author={A. Aye}, title={T}, publisher={John Wiley and Sons}, year=2001}',
    'A. Aye. T. John Wiley and Sons, 2001.',
  ],
  [
    'an institution with "and" and an ampersand',
    String.raw`@report{a, author={A. Aye}, title={T}, institution={Research {and} Development and Arts \& Crafts}, year=2001}`,
    'A. Aye. T. Research and Development and Arts & Crafts, 2001.',
  ],
  [
    'an organization with "and"',
    '@inproceedings{a, author={A. Aye}, title={T}, booktitle={B}, organization={ACM and IEEE}, year=2001}',
    'A. Aye. T. In B, ACM and IEEE, 2001.',
  ],
  [
    'a school with "and"',
    '@mastersthesis{a, author={A. Aye}, title={T}, school="Arts and Crafts", year=2001}',
    'A. Aye. T. Master’s thesis, Arts and Crafts, 2001.',
  ],
  // Kinds of works.
  [
    'a PhD thesis',
    '@phdthesis{a, author={A. Aye}, title={T}, school={MIT}, year=2001}',
    'A. Aye. T. PhD thesis, MIT, 2001.',
  ],
  [
    'a thesis with a key as its type',
    '@thesis{a, author={A. Aye}, title={T}, type={PhDthesis}, institution={MIT}, date=2001}',
    'A. Aye. T. PhD thesis, MIT, 2001.',
  ],
  [
    'a thesis with words as its type',
    '@phdthesis{a, author={A. Aye}, title={T}, type={Habilitation}, school={MIT}, year=2001}',
    'A. Aye. T. Habilitation, MIT, 2001.',
  ],
  [
    'a technical report',
    '@techreport{a, author={A. Aye}, title={T}, institution={MIT}, number={TR-7}, year=2001}',
    'A. Aye. T. Technical report, TR-7, MIT, 2001.',
  ],
  [
    'a report of research',
    '@report{a, author={A. Aye}, title={T}, type={resreport}, institution={MIT}, date=2001}',
    'A. Aye. T. Research report, MIT, 2001.',
  ],
  [
    'proceedings that give their title to papers',
    '@proceedings{a, editor={E. Editor}, title={Proc.}, booktitle={Proc.}, publisher={ACM}, year=2005}',
    'E. Editor (ed.). Proc. ACM, 2005.',
  ],
  [
    'a collection with the titles of its chapters',
    '@collection{a, editor={E. Editor}, title={C}, subtitle={S}, booktitle={C}, booksubtitle={S}, publisher={P}, year=2005}',
    'E. Editor (ed.). C: S. P, 2005.',
  ],
  [
    'a subtitle without its title',
    '@article{a, author={A. Aye}, title={T}, journal={J}, journalsubtitle={S}, eventtitleaddon={E}, year=2001}',
    'A. Aye. T. J, 2001.',
  ],
  [
    'a subtitle with its title',
    '@article{a, author={A. Aye}, title={T}, subtitle={S}, journaltitle={J}, journalsubtitle={K}, series={newseries}, year=2001}',
    'A. Aye. T: S. J: K, new series, 2001.',
  ],
  // TeX.
  [
    'common commands',
    misc(
      String.raw`title={\LaTeX{} \& \TeX: a\slash b\ldots{} \S\,3 {\it it} \textsc{Sc} 5\% \enquote*{C} \mbox{x y}}`,
    ),
    'LaTeX & TeX: a/b… § 3 it Sc 5% “C” x y.',
  ],
  [
    'simple formulas',
    misc(
      String.raw`title={$O(n^2)$, $x_i$, $\alpha \le \beta$, $2^{10}$, \(L^p\), $n{\cal O}(n)$, $\mathcal{N}$, $90^\circ$, $\mathbb{R}^n$}`,
    ),
    'O(n2), xi, α ≤ β, 210, Lp, nO(n), N, 90°, Rn.',
  ],
  [
    'a link with its text',
    misc(String.raw`title={T}, note={See \href{https://example.org/a_b}{here}}`),
    'T. See here (https://example.org/a_b).',
  ],
  [
    'quotes and dashes',
    misc("title={``Quoted'' `single' -- and --- that's ?`que}"),
    '“Quoted” ‘single’ – and — that’s ¿que.',
  ],
  [
    'names of objects as commands and values',
    misc(String.raw`author={Constructor, A.}, title={constructor \& prototype}, note={toString}`),
    'A. Constructor. constructor & prototype. toString.',
  ],
  ['a note that looks like a field', misc('title={T}, note={DOI: 10.1/x}'), 'T. DOI: 10.1/x.'],
  [
    'signs of TeX before a space',
    misc(String.raw`title={Proc.\@ of X \& Y, v.\ 2: C\# hy\-phen \$ 5 \_ x}`),
    'Proc. of X & Y, v. 2: C# hyphen $ 5 _ x.',
  ],
  [
    'rare accents and capitals',
    misc(String.raw`title={\textcommabelow{s}\b{k}\uppercase{\'a}\MakeUppercase{b} \t{oo}}`),
    'șḵÁB o͡o.',
  ],
  ['text over lines', misc('title={Multi\n   line\ttab}'), 'Multi line tab.'],
  // Addresses.
  [
    'an escaped address',
    misc(String.raw`title={T}, url={https://example.org/a\_b/c\%20d?x=1\&y={\_}\#z}`),
    'T. https://example.org/a_b/c%20d?x=1&y=_#z.',
  ],
  [
    'an address in a command',
    misc(String.raw`title={T}, howpublished={\url{https://example.org/~a_b}}`),
    'T. https://example.org/~a_b.',
  ],
  [
    'an address over two lines',
    misc('title={T}, url={https://example.org/\n  a}'),
    'T. https://example.org/a.',
  ],
  [
    'a tilde of TeX in an address',
    misc(String.raw`title={T}, url={https://example.org/$\sim$a/\~{}b}`),
    'T. https://example.org/~a/~b.',
  ],
  [
    'a DOI as an address',
    article('year=2001, doi={https://doi.org/10.1/a_b}'),
    'A. Aye. T. J, 2001. https://doi.org/10.1/a_b.',
  ],
  [
    'a DOI with its name and an escape',
    article(String.raw`year=2001, doi={doi: 10.1/a\_b}`),
    'A. Aye. T. J, 2001. https://doi.org/10.1/a_b.',
  ],
  [
    'a DOI with what ends an address',
    article('year=2001, doi={http://dx.doi.org/10.1002/(SICI)1<2::A>3}'),
    'A. Aye. T. J, 2001. https://doi.org/10.1002/(SICI)1%3C2::A%3E3.',
  ],
  [
    'a preprint',
    misc('title={T}, eprint={arXiv:1412.6980}, eprinttype={arxiv}'),
    'T. https://arxiv.org/abs/1412.6980.',
  ],
  // Dates.
  ['an open range', misc('title={T}, date={2015/}'), 'T. 2015–.'],
  ['an open range with dots', misc('title={T}, date={2015-03-02/..}'), 'T. 2015–.'],
  ['a range with an open start', misc('title={T}, date={/2015}'), 'T. –2015.'],
  ['a range', misc('title={T}, date={2010/2011}'), 'T. 2010–2011.'],
  ['a range of unlike parts', misc('title={T}, date={2010-05-01/2011}'), 'T. 2010–2011.'],
  ['a year in words', article('year={in press}'), 'A. Aye. T. J, in press.'],
  ['a year in braces', article('year={{2004}}, month=may'), 'A. Aye. T. J, 2004.'],
  ['a year that sorts otherwise', article(String.raw`year={{\noopsort{1973b}}1981}`), 'A. Aye. T. J, 1981.'],
  ['two years', article('year={2003--2004}'), 'A. Aye. T. J, 2003–2004.'],
  ['a month in words', article('year=2004, month={Jan.~5}'), 'A. Aye. T. J, 2004.'],
  ['a date that is none', article('date={soon}'), 'A. Aye. T. J, soon.'],
  // Fields that nobody prints.
  [
    'several languages',
    '@book{a, author={A. Aye}, title={T}, publisher={P}, language={english and german}, year=2001}',
    'A. Aye. T. P, 2001.',
  ],
  [
    'a fault in an abstract',
    misc(
      String.raw`title={T}, abstract={We \emph use 5$ of \cite*{x}}, annotation={\enquote*}, file={C:\a$b}`,
    ),
    'T.',
  ],
  [
    'the editors and the volume of a book that holds a work',
    '@incollection{a, author={A. Aye}, title={T}, editor={B. Bee and C. Cee}, booktitle={B}, series={S}, volume=7, pages={1--3}, publisher={P}, year=2001}',
    'A. Aye. T. In B, eds. B. Bee and C. Cee, S, vol. 7, pp. 1–3, P, 2001.',
  ],
  [
    'keys of pages',
    article('year=2001, pages={1--3, 7---9, e1–e4}'),
    'A. Aye. T. J, pp. 1–3, 7–9, e1–e4, 2001.',
  ],
]

for (const [what, bib, line] of lines) {
  test(`the list of references should print ${what}`, async (t) => {
    const { said, list } = await printed(t, bib)
    assert.deepEqual(
      said.filter((message) => !message.includes('Cannot find ')),
      [],
    )
    assert.deepEqual(list, [`[1] ${line}`])
  })
}

test('keys that every object has should be keys like others', async (t) => {
  const keys = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf']
  const bib = keys.map((key, index) => `@misc{${key}, title={T${index}}}`).join('\n')
  const { said, list, html } = await printed(t, bib)
  assert.deepEqual(said, [])
  assert.deepEqual(list, ['[1] T0.', '[2] T1.', '[3] T2.', '[4] T3.', '[5] T4.'])
  for (const key of keys) assert.ok(html.includes(`<li id="ref-${key}">`), key)
})

test('an entry that citeproc refuses should be told and listed by its title, and harm no other', async (t) => {
  const works = [
    'author={A. Aye}, title={One}',
    'author={Bee, constructor}, title={Two}',
    'author={C. Cee}, title={Three}',
  ]
  const bib = works.map((fields, index) => `@misc{k${index}, ${fields}, year=200${index}}`).join('\n')
  const { said, list, text } = await printed(t, bib)
  assert.match(said.join('\n'), /^references\.bib:2:1 bibliography-reads Cannot read the entry `k1`, [^\n]+$/)
  assert.deepEqual(list, ['[1] A. Aye. One. 2000.', '[2] Two.', '[3] C. Cee. Three. 2002.'])
  assert.equal(text, '[1, 2, 3] References')
})

test('a fault in a field that the style prints should be told, and no other', async (t) => {
  const bib = '@misc{a, title={T},\n  abstract={It costs 5$},\n  note={Of $3}}\n'
  const layout = '<layout><text variable="title"/><text variable="abstract" prefix=": "/></layout>'
  const { said, list } = await printed(t, bib, styleOf(`<bibliography>${layout}</bibliography>`))
  assert.deepEqual(said, [
    'references.bib:2:3 bibliography-reads Cannot read `abstract` of `a`, expected a second `$` that ends its formula, or `\\$` for a dollar, found none in `It costs 5$`',
  ])
  assert.deepEqual(list, ['T: It costs 5'])
})

test('a command that nobody knows should be warned of where it is printed', async (t) => {
  const bib =
    '@misc{a, title={On \\foo{x} and \\alpha},\n  note = {A \\baz}, abstract={\\bar}, url={https://a.org/\\qux}}\n'
  const { said, list } = await printed(t, bib)
  const reason = (command: string) =>
    `expected text and common commands of TeX, found \`${command}\`: it is printed as text`
  assert.deepEqual(said, [
    `references.bib:1:10 bibliography-reads Cannot read \`title\` of \`a\`, ${reason('\\foo')}`,
    `references.bib:2:3 bibliography-reads Cannot read \`note\` of \`a\`, ${reason('\\baz')}`,
  ])
  assert.deepEqual(list, ['[1] On \\foox and α. https://a.org/%5Cqux. A baz.'])
})

test('names that are no list should be warned of and printed whole', async (t) => {
  const bib = [
    '@misc{a, author={Smith, J., Doe, K., Roe, L.}, title={A}}',
    '@misc{b, author={Smith, J.; Doe, K. and Roe, L.}, title={B}}',
    '@misc{c, author={Ann Smith & Kim Doe}, title={C}}',
    '@misc{d, author={{A, B, C, and D} and King, Jr., Martin Luther and {E & F; G} and J.\\,\\,\\,R. Roe}, title={D}}',
    '@misc{e, author={and Ann Smith}, title={E}}',
  ].join('\n')
  const { said, list } = await printed(t, bib)
  const told = (line: number, key: string, found: string, value: string) =>
    `references.bib:${line}:10 bibliography-reads Cannot read \`author\` of \`${key}\`, expected names with \`and\` between them, found ${found} in \`${value}\``
  assert.deepEqual(said, [
    told(1, 'a', '`Smith, J., Doe, K., Roe, L.`', 'Smith, J., Doe, K., Roe, L.'),
    told(2, 'b', '`Smith, J.; Doe, K.`', 'Smith, J.; Doe, K. and Roe, L.'),
    told(3, 'c', '`Ann Smith & Kim Doe`', 'Ann Smith & Kim Doe'),
    told(5, 'e', 'one that is empty', 'and Ann Smith'),
  ])
  assert.deepEqual(list, [
    '[1] Smith, J., Doe, K., Roe, L. A.',
    '[2] Smith, J.; Doe, K. and L. Roe. B.',
    '[3] Ann Smith & Kim Doe. C.',
    '[4] A, B, C, and D, M. L. King Jr., E & F; G, and J. R. Roe. D.',
    '[5] A. Smith. E.',
  ])
})

test('every fault of a field should be told at its place, and the entry printed all the same', async (t) => {
  const bib = [
    '@misc{a, author={A. Aye and}, title={\\emph x},',
    '  note={\\begin{it}x\\end{bf}}, year=2001}',
    '@constructor{b, title={B}, author={A. Aye and and B. Bee}, publisher={P}}',
  ].join('\n')
  const { said, list } = await printed(t, bib)
  assert.deepEqual(said, [
    'references.bib:3:1 bibliography-reads Unknown type `@constructor` of `b`, expected one such as @article or @misc',
    'references.bib:1:10 bibliography-reads Cannot read `author` of `a`, expected names with `and` between them, found one that is empty in `A. Aye and`',
    'references.bib:1:31 bibliography-reads Cannot read `title` of `a`, expected `{`, found text in `\\emph x`',
    'references.bib:2:3 bibliography-reads Cannot read `note` of `a`, environment started with "it", ended with "bf" in `\\begin{it}x\\end{bf}`',
    'references.bib:3:28 bibliography-reads Cannot read `author` of `b`, expected names with `and` between them, found one that is empty in `A. Aye and and B. Bee`',
  ])
  assert.deepEqual(list, ['[1] A. Aye. emph x. 2001. beginitxendbf.', '[2] A. Aye and B. Bee. B. P.'])
})
