import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { filesNamed } from '../../../src/render/syntax/front-matter.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { messagesOfReading } from '../execute/build-project.ts'
import type { Files } from '../execute/temporary-project.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

const plain = '---\ntitle: T\n---\n'

test('readReport should complete the front matter', (t) => {
  const root = temporaryProject(t, {
    'report.md': '---\ntitle: Größe\nauthor: A. Student\ndate: 2026-11-30\n---\nText',
  })
  const report = readReport(join(root, 'report.md'), undefined)
  assert.deepEqual(report.front, {
    title: 'Größe',
    author: [{ name: 'A. Student', affiliations: [] }],
    date: '2026-11-30',
    lang: 'en',
    contents: false,
    chapters: [],
    echo: 'fold',
    params: {},
  })
  assert.deepEqual([report.root, report.folder, report.profile, report.params], [root, root, 'full', {}])
  assert.deepEqual(
    report.files.map(({ path }) => path),
    ['report.md'],
  )
})

test('readReport should choose the wanted profile, otherwise full, otherwise the first one', (t) => {
  const params = (names: string) =>
    `---\ntitle: T\nparams:\n${names
      .split(' ')
      .map((name, index) => `  ${name}: { epochs: ${index}, list: [1, { a: null }], text: "x" }\n`)
      .join('')}---\n`
  const cases: [string, string | undefined, string, number][] = [
    ['quick full', undefined, 'full', 1],
    ['quick full', 'quick', 'quick', 0],
    ['quick slow', undefined, 'quick', 0],
  ]
  for (const [names, wanted, profile, epochs] of cases) {
    const root = temporaryProject(t, { 'report.md': params(names) })
    const report = readReport(join(root, 'report.md'), wanted)
    assert.deepEqual(
      [report.profile, report.params],
      [profile, { epochs, list: [1, { a: null }], text: 'x' }],
    )
  }
})

test('readReport should use the nearest folder with a package.json as the root', (t) => {
  const root = temporaryProject(t, {
    'deep/er/report.md': '---\ntitle: T\nchapters: [a.md]\n---\n',
    'deep/er/a.md': '',
  })
  const report = readReport(join(root, 'deep/er/report.md'), undefined)
  assert.equal(report.root, root)
  assert.deepEqual(
    report.files.map(({ path }) => path),
    ['deep/er/report.md', 'deep/er/a.md'],
  )
})

const frontMatterCases: [string, string, RegExp][] = [
  ['', '1:1', /Cannot find the front matter, expected `---`.*found none/],
  ['# Title\n\n---\ntitle: T\n---\n', '1:1', /Cannot find the front matter/],
  ['---\ntitle: T\n', '1:1', /Cannot find the front matter/],
  ['---\n---\n', '2:1', /title/],
  ['---\nauthor: A\n---\n', '2:1', /`title`, expected text.*, found none$/],
  [
    '---\ntitle: 42\n---\n',
    '2:1',
    /`title`, expected text, in quotes if it looks like a number: `title: "2024"`, found 42$/,
  ],
  [
    '---\ntitle: T\ntitel: U\n---\n',
    '3:1',
    /Unexpected `titel`, expected one of title, subtitle, author.*: did you mean `title`\?$/,
  ],
  ['---\ntitle: T\ntitle: U\n---\n', '3:1', /Cannot read the YAML, .*unique/],
  ['---\ntitle: "T\n---\n', '2:10', /Cannot read the YAML/],
  ['---\ntitle: T\n\tauthor: A\n---\n', '3:1', /Cannot read the YAML/],
  ['---\ntitle: T: U\n---\n', '2:8', /Cannot read the YAML/],
  ['---\ntitle: *nowhere\n---\n', '2:8', /Cannot read the YAML/],
  ['---\ntitle: T\nparams: &p { full: { a: *p } }\n---\n', '3:25', /Cannot read the YAML/],
  [
    '---\njust text\n---\n',
    '2:1',
    /`front matter`, expected members such as `title: A title`, found "just text"$/,
  ],
  ['---\n- a\n---\n', '2:1', /`front matter`, expected members such as .*, found an array of 1$/],
  [
    '---\ntitle: T\ndate: 30.11.2026\n---\n',
    '3:1',
    /`date`, expected a day such as 2026-11-30, or `today`, or `last-modified`, found "30\.11\.2026"$/,
  ],
  ['---\ntitle: T\nlang: Deutsch!\n---\n', '3:1', /`lang`, expected a language tag/],
  [
    '---\ntitle: T\necho: yes please\n---\n',
    '3:1',
    /`echo`, expected show, fold or hide, found "yes please"$/,
  ],
  [
    '---\ntitle: T\nchapters: a.md\n---\n',
    '3:1',
    /`chapters`, expected a list of Markdown files: `chapters: \[intro\.md, method\.md\]`, found "a\.md"$/,
  ],
  [
    '---\ntitle: T\nchapters:\n  - 1\n---\n',
    '4:5',
    /`chapters\.0`, expected a list of Markdown files.*, found 1$/,
  ],
  [
    '---\ntitle: T\nparams: { full: 3 }\n---\n',
    '3:11',
    /`params\.full`, expected constants in a profile: `params: \{ full: \{ epochs: 40 \} \}`, found 3$/,
  ],
  [
    '---\ntitle: T\nparams:\n  full:\n    learning-rate: 3\n---\n',
    '5:5',
    /expected a name that can stand in an expression/,
  ],
  [
    '---\ntitle: T\ncontents: yes\n---\n',
    '3:1',
    /`contents`, expected true, false, or how many levels of headings: `contents: 2`, found "yes"$/,
  ],
  [
    '---\ntitle: T\nauthor:\n  - name: A. Student\n    orcid: 0\n---\n',
    '5:5',
    /`author\.0\.orcid`, expected an ORCID iD whose last digit is right, such as 0000-0002-1825-0097, found 0$/,
  ],
  [
    '---\ntitle: T\nauthor: {name: x, orcid: 0000-0002-1825-0098}\n---\n',
    '3:19',
    /`author\.orcid`, expected an ORCID iD whose last digit is right.*, found "0000-0002-1825-0098"$/,
  ],
  [
    '---\ntitle: T\nauthor: {name: x, mail: a@b.c}\n---\n',
    '3:19',
    /Unexpected `mail` in `author`, expected one of name, affiliation, email, orcid, url, corresponding$/,
  ],
  [
    '---\ntitle: T\nauthor: 7\n---\n',
    '3:1',
    /`author`, expected a name, a list of names, or persons: .*, found 7$/,
  ],
  [
    '---\ntitle: T\nauthor: {name: x, affiliation: {ref: uni}}\n---\n',
    '3:19',
    /Unexpected affiliation `uni`, expected one that the list `affiliations` names by its `id`$/,
  ],
  ['---\ntitle: T\nmargin: 20\n---\n', '3:1', /`margin`, expected a length such as 25mm, .*, found 20$/],
  [
    '---\ntitle: T\nmargin: {top: 2}\n---\n',
    '3:10',
    /`margin\.top`, expected a length such as 25mm, found 2$/,
  ],
  [
    '---\ntitle: T\nmargin: 9cm\n---\n',
    '3:1',
    /`margin`, expected one that leaves at least 40 mm for the text, found 30 mm of a paper of 210 × 297 mm$/,
  ],
  ['---\ntitle: T\npapersize: a0\n---\n', '3:1', /`papersize`, expected a3, a4, .*, found "a0"$/],
  ['---\ntitle: T\npapersize: 2mm 3mm\n---\n', '3:1', /expected sides of 70 to 1200 mm, found 2 × 3 mm$/],
  ['---\ntitle: T\nfontsize: 40pt\n---\n', '3:1', /`fontsize`, expected 6pt to 24pt, found 40pt$/],
  ['---\ntitle: T\ncolumns: 3\n---\n', '3:1', /`columns`, expected 1 or 2, found 3$/],
  [
    '---\ntitle: T\nlinestretch: 9\n---\n',
    '3:1',
    /`linestretch`, expected a number from 0\.7 to 3, .*, found 9$/,
  ],
  ['---\ntitle: T\ndate: 2026-02-30\n---\n', '3:1', /`date`, expected a day .*, found "2026-02-30"$/],
  [
    '---\ntitle: T\nmainfont: Times\n---\n',
    '3:1',
    /Unexpected `mainfont`, write a style sheet, `css: style\.css`, with `@font-face/,
  ],
  [
    '---\ntitle: T\nformat:\n  html: {theme: cosmo}\n---\n',
    '4:10',
    /Unexpected `format\.html\.theme`, Weft has one look: change it with a style sheet/,
  ],
  [
    '---\ntitle: T\nformat: {docx: default}\n---\n',
    '3:10',
    /Unexpected `format\.docx`, Weft makes a page and a PDF of every report, not `docx`: remove it$/,
  ],
  [
    '---\ntitle: T\ntoc: true\nformat: {pdf: {toc: false}}\n---\n',
    '4:16',
    /Unexpected `format\.pdf\.toc`, expected `contents` once: `toc` says true, this false$/,
  ],
  [
    '---\ntitle: T\nengine: knitr\n---\n',
    '3:1',
    /Unexpected `engine`, Weft runs `ts exec` cells: remove it$/,
  ],
  [
    '---\ntitle: T\ngeometry: landscape\n---\n',
    '3:1',
    /Unexpected `geometry`, write the margins: `margin: 25mm`, or .*, and `papersize: a4`$/,
  ],
  [
    '---\ntitle: T\nabstract: abstract.md\n---\n',
    '3:1',
    /Cannot read the abstract `abstract\.md`, expected a Markdown file, found none$/,
  ],
  ['---\ntitle: T\ncsl: [a]\n---\n', '3:1', /`csl`, expected a CSL file, found an array of 1$/],
  ['---\ntitle: T\nhtml: yes\n---\n', '3:1', /`html`, expected `trusted`, or nothing, found "yes"$/],
  ['---\ntitle: T\nparams:\n  full:\n    epochs: .nan\n---\n', '5:5', /`params\.full\.epochs`/],
  ['---\ntitle: T\nparams:\n  full:\n    epochs: .inf\n---\n', '5:5', /`params\.full\.epochs`/],
  ['---\r\ntitle: T\r\ntitel: U\r\n---\r\n', '3:1', /Unexpected `titel`/],
  ['\uFEFF---\ntitle: T\ntitel: U\n---\n', '3:1', /Unexpected `titel`/],
]

test('readReport should report errors of the front matter at their places', (t) => {
  for (const [text, place, reason] of frontMatterCases) {
    const said = messagesOfReading(temporaryProject(t, { 'report.md': text }))
    assert.equal(said.length, 1, `${JSON.stringify(text)}\n${said.join('\n')}`)
    assert.ok(
      new RegExp(`^report\\.md:${place} (?:front-matter-holds|chapter-exists) `).test(said[0]!),
      `${JSON.stringify(text)}\n${said}`,
    )
    assert.match(said[0]!, reason)
  }
})

const aliased = (count: number) =>
  `---\ntitle: T\nparams:\n  full:\n    a: &a 1\n${Array.from({ length: count }, (_, index) => `    b${index}: *a\n`).join('')}---\n`

test('readReport should count the aliases of the front matter before it resolves them', (t) => {
  const messages = (text: string) => messagesOfReading(temporaryProject(t, { 'report.md': text }))
  assert.deepEqual(messages(aliased(1_000)), [])
  const [many] = messages(aliased(1_001))
  assert.match(many!, /^report\.md:1006:12 .*expected at most 1000 aliases, found 1001: write the values out/)
  const tens = (name: string, of: string) => `    ${name}: &${name} [${Array(10).fill(of).join(', ')}]\n`
  const growing = (names: string) =>
    `---\ntitle: T\nparams:\n  full:\n    a: &a 1\n${[...names].map((name, index) => tens(name, `*${'abcdef'[index]}`)).join('')}---\n`
  assert.deepEqual(messages(growing('bcde')), [])
  assert.match(messages(growing('bcdef'))[0]!, /at most 100000 values, found 123\d{3}: write the values out/)
})

test('readReport should give what aliases repeat, and find keys that repeat wherever they are', (t) => {
  const root = temporaryProject(t, {
    'report.md':
      '---\ntitle: T\nparams:\n  full:\n    a: &a {x: [1, 2]}\n    b: *a\n    c: &a 3\n    d: *a\n---\n',
  })
  assert.deepEqual(readReport(join(root, 'report.md'), undefined).params, {
    a: { x: [1, 2] },
    b: { x: [1, 2] },
    c: 3,
    d: 3,
  })
  const said = messagesOfReading(
    temporaryProject(t, { 'report.md': '---\ntitle: T\nparams:\n  full: {a: [{x: 1, y: 2, x: 3}]}\n---\n' }),
  )
  assert.equal(said.length, 1)
  assert.match(said[0]!, /^report\.md:4:27 .*Map keys must be unique/)
})

test('readReport should report an unknown profile and list the existing ones', (t) => {
  const cases: [string, RegExp][] = [
    [plain, /Unexpected profile `slow`, expected `full`, since the front matter has no params/],
    [
      '---\ntitle: T\nparams: { full: {}, quick: {} }\n---\n',
      /Unexpected profile `slow`, expected one of full, quick/,
    ],
  ]
  for (const [text, reason] of cases) {
    const [message, ...rest] = messagesOfReading(temporaryProject(t, { 'report.md': text }), 'slow')
    assert.deepEqual(rest, [])
    assert.match(message!, /^report\.md:1:1 front-matter-holds /)
    assert.match(message!, reason)
  }
  const [message] = messagesOfReading(temporaryProject(t, { 'report.md': plain }), 'constructor')
  assert.match(message!, /Unexpected profile `constructor`/)
})

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))))

const chapterCases: [string, Files, string[]][] = [
  [
    'missing',
    { 'report.md': '---\ntitle: About b.md\nchapters: [a.md, b.md]\n---\n', 'a.md': '' },
    ['report.md:3:18 chapter-exists Cannot read the chapter `b.md`, expected a Markdown file, found none'],
  ],
  [
    'renamed',
    { 'report.md': '---\ntitle: T\nchapters: [growth.md]\n---\n', 'growths.md': '', 'growth.ts': '' },
    [
      'report.md:3:12 chapter-exists Cannot read the chapter `growth.md`, expected a Markdown file, found none: did you mean `growths.md`?',
    ],
  ],
  [
    'missing, in a block list',
    { 'report.md': '---\ntitle: T\nchapters:\n  - a.md\n  - sub/b.md\n---\n', 'a.md': '' },
    ['report.md:5:5 chapter-exists Cannot read the chapter `sub/b.md`, expected a Markdown file, found none'],
  ],
  [
    'outside the folder',
    { 'report.md': '---\ntitle: T\nchapters: [../a.md]\n---\n' },
    ["report.md:3:12 chapter-exists Unexpected chapter `../a.md`, expected one in the report's own folder"],
  ],
  [
    'outside by an absolute path',
    { 'report.md': '---\ntitle: T\nchapters: [/etc/hostname]\n---\n' },
    [
      "report.md:3:12 chapter-exists Unexpected chapter `/etc/hostname`, expected one in the report's own folder",
    ],
  ],
  [
    'front matter of its own',
    {
      'report.md': '---\ntitle: T\nchapters: [a.md]\n---\n',
      'a.md': '---\ntitle: U\nauthor: A\nlang: de\n---\n',
    },
    [
      'a.md:3:1 front-matter-holds Unexpected `author` in the front matter of a chapter, expected `title` or `lang`: write it in report.md',
    ],
  ],
  [
    'Latin-1',
    { 'report.md': '---\ntitle: T\nchapters: [a.md]\n---\n', 'a.md': bytes('ä b\nü caf', 0xe9, ' x\n') },
    ['a.md:2:6 chapter-exists Unexpected byte 0xe9, expected UTF-8: save the file with that encoding'],
  ],
  [
    'Latin-1 in report.md',
    { 'report.md': bytes('---\ntitle: T\n---\nGr', 0xf6, 0xdf, 'e\n') },
    ['report.md:4:3 chapter-exists Unexpected byte 0xf6, expected UTF-8: save the file with that encoding'],
  ],
  [
    'cut in a character',
    { 'report.md': bytes('---\ntitle: T\n---\n', 0xe2, 0x82) },
    ['report.md:4:1 chapter-exists Unexpected byte 0xe2, expected UTF-8: save the file with that encoding'],
  ],
  [
    'UTF-16',
    { 'report.md': bytes(0xff, 0xfe, '-', 0, '-', 0) },
    ['report.md:1:1 chapter-exists Unexpected byte 0xff, expected UTF-8: save the file with that encoding'],
  ],
  [
    'surrogates in UTF-8',
    { 'report.md': bytes('---\n', 0xed, 0xa0, 0x80) },
    ['report.md:2:1 chapter-exists Unexpected byte 0xed, expected UTF-8: save the file with that encoding'],
  ],
]

for (const [what, files, expected] of chapterCases) {
  test(`readReport should report a chapter that cannot be used: ${what}`, (t) => {
    assert.deepEqual(messagesOfReading(temporaryProject(t, files)), expected)
  })
}

test('readReport should report a report.md that is missing or is a folder', (t) => {
  const root = temporaryProject(t, {})
  const [missing] = messagesOfReading(root)
  assert.match(
    missing!,
    /^report\.md:1:1 chapter-exists Cannot read .*report\.md, expected a Markdown file, found none$/,
  )
  mkdirSync(join(root, 'report.md'))
  const [folder] = messagesOfReading(root)
  assert.match(
    folder!,
    /^report\.md:1:1 chapter-exists Cannot read .*report\.md, expected a Markdown file, found EISDIR/,
  )
})

test('readReport should report a chapter that is named twice', (t) => {
  const said = messagesOfReading(
    temporaryProject(t, { 'report.md': '---\ntitle: T\nchapters: [a.md, ./a.md]\n---\n', 'a.md': '' }),
  )
  assert.equal(said.length, 1)
  assert.match(said[0]!, /^report\.md:3:18 chapter-exists Unexpected chapter `\.\/a\.md`, expected it once/)
})

test('readReport should report report.md named as its own chapter', (t) => {
  const said = messagesOfReading(
    temporaryProject(t, { 'report.md': '---\ntitle: T\nchapters: [report.md]\n---\n' }),
  )
  assert.equal(said.length, 1)
  assert.match(said[0]!, /^report\.md:3:12 chapter-exists Unexpected chapter `report\.md`, expected it once/)
})

test('readReport should not mistake a thematic break at the start of a chapter for front matter', (t) => {
  const root = temporaryProject(t, {
    'report.md': '---\ntitle: T\nchapters: [a.md, b.md]\n---\n',
    'a.md': '---\n\nText after a rule.\n',
    'b.md': '---\n---\n',
  })
  assert.deepEqual(messagesOfReading(root), [])
})

test('filesNamed should list chapters and the abstract, also while something else is wrong', () => {
  const named = (yaml: string) => filesNamed(`---\n${yaml}\n---\n`)
  assert.deepEqual(named('title: T\nchapters: [a.md, b.md]'), ['a.md', 'b.md'])
  assert.deepEqual(named('titel: T\nchapters: [a.md, 3]'), ['a.md'])
  assert.deepEqual(named('chapters: [a.md]\npap\nparams: {}'), ['a.md'])
  assert.deepEqual(named('chapters: a.md\nabstract: short.md'), ['short.md'])
  assert.deepEqual(named('abstract: In short.'), [])
  assert.deepEqual(named('just text'), [])
  assert.deepEqual(named('title: "T\nchapters: *a'), [])
  assert.deepEqual(filesNamed('# No front matter'), [])
})

test('readReport should say where the page has no words in the language of a report', (t) => {
  const root = temporaryProject(t, { 'report.md': '---\ntitle: Nät\nlang: sv\n---\n\nText.\n' })
  const [main] = readReport(join(root, 'report.md'), undefined).files
  assert.deepEqual(
    main!.messages.map(({ line, column, reason }) => `${line}:${column} ${reason.slice(0, 47)}`),
    ["3:1 Cannot find the page's own words in `sv`, expec"],
  )
})
