import { reportOf } from '../execute/temporary-project.ts'
import type { Places } from './places.ts'
import { codeOf } from './places.ts'
import type { Hostile } from './untrusted-report.ts'

const table = (rows: readonly object[], columns = [{ key: 'a', title: 'A', align: 'left' }]) => ({
  kind: 'table',
  columns,
  rows: rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, text]) => [key, { text, raw: text }])),
  ),
})

/** What code, front matter, bibliography, lock and stored results say. */
export function dataCases(places: Places): Hostile[] {
  const code = codeOf(places)
  const breaking = `</span></p></main><script>${code}</script><img src=x onerror="${code}">`
  const prose = (name: string, markdown: string, said: RegExp, page = /<body/): Hostile => ({
    name: `prose of a cell: ${name}`,
    shown: { plain: [{ kind: 'prose', markdown }] },
    said,
    page,
  })
  const markup = /report-is-harmless Unexpected HTML/
  const refused = /report-is-harmless Cannot use the stored result/
  return [
    {
      name: 'cells, values and claims that are code',
      body: `\`\`\`ts exec #code\n${code}\nimport '../secret.ts'\n\`\`\`\n\n\`{ts} (() => {${code}})()\`\n\n:claim[a]{that="(() => {${code}})()"}\n`,
      files: { 'package.json': '{"type":"module"}', 'tsconfig.json': '{"extends":"../secret.json"}' },
      said: /value-resolves the lock has none[\s\S]*result-is-current Cannot show `#code`|result-is-current[\s\S]*value-resolves/,
      page: /weft-missing/,
    },
    {
      name: 'text of a value that ends its wrapper',
      body: 'It is `{ts} x`.',
      values: [{ text: breaking }],
      said: /^$/,
      page: /&lt;\/span>|&#x3C;\/span>/,
      computed: 1,
    },
    {
      name: 'text of a value that turns the text after it',
      body: 'It is `{ts} x`.',
      values: [{ text: '\u202e%19' }],
      said: /^$/,
      page: /\[U\+202E\]%19/,
      never: /\u202e/,
      computed: 1,
    },
    {
      name: 'values of names that every object has',
      body: '`{ts} constructor` `{ts} __proto__` `{ts} toString`',
      values: [{ source: 'constructor', text: 'a', read: JSON.parse('{"__proto__":{"canary":1}}') }],
      said: /value-resolves/,
      page: /weft-value"[^>]*>a</,
      computed: 1,
    },
    {
      name: 'lock with keys that are paths',
      shown: { plain: ['words'] },
      changeLock: (lock) => ({
        ...lock,
        profiles: { full: { ...lock.profiles.full, cells: { plain: '../../secret' } } },
      }),
      said: /report-is-harmless Cannot use the stored result .*64 hexadecimal digits/,
      page: /<body/,
    },
    {
      name: 'lock of another shape',
      body: '`{ts} x`',
      files: {
        'report.lock.json': '{"format":2,"profiles":{"full":{"cells":{"a":{}},"shown":[{"text":{}}]}}}',
      },
      said: /report-is-harmless Cannot read/,
      page: /\[x\]/,
    },
    {
      name: 'lock with prototypes',
      body: '`{ts} x`',
      files: { 'report.lock.json': '{"format":2,"profiles":{"__proto__":{"full":{}},"constructor":1}}' },
      said: /value-resolves|report-is-harmless/,
      page: /\[x\]/,
    },
    {
      name: 'cells with names that every object has',
      body: '```ts exec #constructor\n1\n```\n\n```ts exec #tostring\n1\n```\n',
      said: /Cannot show `#constructor` as it is/,
      page: /<body/,
    },
    {
      name: 'result with a forged digest',
      shown: { plain: [{ kind: 'prose', markdown: 'true words' }] },
      change: (stored) => ({ ...stored, shown: [{ kind: 'prose', markdown: 'forged words' }] }),
      said: /report-is-harmless Cannot use the stored result .*expected content/,
      page: /<body/,
      never: /forged words/,
    },
    {
      name: 'result under the key of another',
      shown: { plain: ['words'] },
      change: (stored) => ({ ...stored, parts: { ...stored.parts, bundle: '0'.repeat(64) } }),
      said: refused,
      page: /<body/,
    },
    {
      name: 'result with a provenance of another shape',
      shown: { plain: [{ kind: 'prose', markdown: 'words' }] },
      change: (stored) => ({
        ...stored,
        provenance: { jobs: ['../../secret'], job: { module: '../secret.ts' } },
      }),
      said: refused,
      page: /<body/,
    },
    {
      name: 'result that is deep',
      shown: { plain: [{ kind: 'scalar', text: 'a', raw: 1 }] },
      change: (stored) =>
        JSON.stringify(stored).replace(
          '"measured":{',
          `"measured":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}`,
        ),
      said: /expected JSON at most 100 deep/,
      page: /<body/,
    },
    {
      name: 'result with prototypes',
      shown: {
        plain: [
          JSON.parse(
            '{"kind":"prose","markdown":"words","__proto__":{"canary":1},"constructor":{"prototype":{"canary":1}}}',
          ),
        ],
      },
      said: /^$/,
      page: /words/,
    },
    {
      name: 'outputs of kinds that every object has',
      shown: { plain: [{ kind: 'constructor' }, { kind: '__proto__' }] },
      said: refused,
      page: /<body/,
    },
    prose('script', `<script>${code}</script>`, markup),
    prose('drawing', `<svg onload="${code}"></svg>`, markup),
    prose('value that is none', '<span class="weft-value">91 %</span>', markup, /91 %/),
    prose('link', '[a](javascript:alert(1))', /Unexpected link/),
    prose('value of its own', 'It is `{ts} process.exit()`.', /value-resolves/, /weft-missing/),
    prose('brackets without end', '['.repeat(3000), /report-is-harmless Cannot use the stored result .*deep/),
    {
      name: 'caption and headings of a table',
      shown: {
        'tbl-a': [
          {
            ...table([{ a: breaking }], [{ key: 'a', title: `<script>${code}</script>`, align: 'left' }]),
            caption: `<img src=x onerror="${code}"> [a](javascript:alert(1)) ![b](../secret.png)`,
          },
        ],
      },
      said: /Unexpected link[\s\S]*Cannot embed the image/,
      page: /figcaption/,
    },
    {
      name: 'table of a hundred thousand rows',
      shown: { 'tbl-a': [table(Array.from({ length: 100_000 }, (_, index) => ({ a: String(index) })))] },
      said: /expected a table of at most 5000 rows, found 100000/,
      page: /<body/,
    },
    {
      name: 'table in Markdown of a hundred thousand rows',
      body: `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(100_000)}`,
      said: /report\.md:\d+:1 report-is-harmless Cannot read the Markdown, .*lines without a blank one/,
      page: 'none',
    },
    {
      name: 'table with formulas for a spreadsheet',
      shown: {
        'tbl-a': [
          table([{ a: '=HYPERLINK("http://a.b","c")' }, { a: '@SUM(1)' }, { a: '+cmd' }, { a: '\t=1' }]),
        ],
      },
      said: /^$/,
      page: /data:text\/csv[^"]*%22&#x27;=HYPERLINK/,
      never: /%0D%0A(?:=|@|\+|%09)/,
    },
    {
      name: 'table of columns that every object has',
      shown: { 'tbl-a': [table([{ a: '1' }], [{ key: 'constructor', title: 'A', align: 'left' }])] },
      said: refused,
      page: /<body/,
    },
    {
      name: 'numbers beyond all numbers',
      shown: { plain: [{ kind: 'scalar', text: '9'.repeat(400), raw: 1e308 }] },
      values: [{ source: 'y', text: '1e999' }],
      body: '`{ts} y`',
      said: /^$/,
      page: /9{400}/,
      computed: 1,
    },
    {
      name: 'title, subtitle and author with markup',
      front: {
        title: '</title><script>alert(1)</script> a</style>',
        subtitle: '<img src=x onerror=alert(1)>',
        author: ['"><script>alert(1)</script>', '</style><script>alert(1)</script>'],
        lang: 'en',
        date: '2026-01-01',
      },
      said: /^$/,
      page: /weft-title/,
    },
    {
      name: 'title that turns',
      front: { title: 'Report \u202efdp.exe' },
      said: /^$/,
      page: /Report \[U\+202E\]fdp/,
      never: /\u202e/,
    },
    {
      name: 'authors, keywords and an abstract with markup',
      front: {
        author: [
          {
            name: '<img src=x onerror=alert(1)>',
            affiliation: '</p><script>alert(1)</script>',
            email: 'a@b.c"onclick=alert(1)',
            url: 'https://example.org/"onclick="alert(1)',
          },
          { name: 'A\u202eB' },
        ],
        keywords: ['"><script>alert(1)</script>', '\u202efdp'],
        abstract:
          'Short <script>alert(1)</script> <b onclick="alert(1)">words</b> [link](javascript:alert(1))',
      },
      said: /report-is-harmless/,
      page: /Short/,
      never: /\u202e/,
    },
    {
      name: 'style sheet',
      front: { css: ['own.css', '/etc/passwd'], date: 'last-modified' },
      files: { 'own.css': '.weft-notice{inset:-7777px}' },
      said: /report-is-harmless Cannot use the style sheets of a report that is not trusted/,
      page: /Words|weft/,
      never: /-7777px/,
    },
    {
      name: 'abstract elsewhere',
      front: { abstract: '../secret.md' },
      said: /report-is-harmless|chapter-exists/,
      page: 'none',
    },
    {
      name: 'title of a million characters',
      front: { title: 'a'.repeat(1e6) },
      said: /report-is-harmless/,
      page: 'none',
    },
    {
      name: 'front matter that grows',
      files: {
        'report.md': `---\ntitle: a\nparams:\n  full:\n    a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
          .split('')
          .map(
            (name, index) => `    ${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(', ')}]`,
          )
          .join('\n')}\n---\nWords.\n`,
      },
      said: /front-matter-holds Cannot read the YAML, expected aliases that grow to at most 100000 values, found \d+/,
      page: 'none',
    },
    {
      name: 'front matter that is deep',
      files: { 'report.md': `---\ntitle: a\nparams: ${'['.repeat(20_000)}\n---\nWords.\n` },
      said: /front-matter-holds|report-is-harmless/,
      page: 'none',
    },
    {
      name: 'front matter with tags and prototypes',
      files: {
        'report.md': `---\ntitle: !!js/function "function(){${code.replaceAll('"', '')}}"\nparams: {full: {__proto__: {canary: 1}, a: !!js/regexp /a/}}\n---\nWords.\n`,
      },
      said: /^$|report-is-harmless|front-matter-holds/,
      page: /Words|weft/,
    },
    {
      name: 'quotes without end',
      body: `${'>'.repeat(50_000)} a`,
      said: /report-is-harmless Cannot read the Markdown/,
      page: 'none',
    },
    {
      name: 'lists without end',
      body: Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'),
      said: /quotes and lists \d+ deep/,
      page: 'none',
    },
    { name: 'emphasis without end', body: '*a _b '.repeat(950), said: /^$/, page: /<em>|\*a/ },
    {
      name: 'brackets without end',
      body: '[a '.repeat(10_000),
      said: /report-is-harmless Cannot read the Markdown/,
      page: 'none',
    },
    {
      name: 'line without end',
      body: 'a'.repeat(500_000),
      said: /a line of 500000 characters/,
      page: 'none',
    },
    {
      name: 'entry of the bibliography with markup',
      body: 'See [@a] and [@b].',
      front: { bibliography: 'own.bib' },
      files: {
        'own.bib': `@misc{a, title={<img src=x onerror="alert(1)"> <span class="weft-value">91</span> <script>alert(1)</script>}, author={<b onclick=alert(1)>A</b>}, year={2020}, url={javascript:alert(1)}}\n@misc{b, title={</span></li><svg onload=alert(1)>}, note={<a href="javascript:alert(1)">n</a>}}\n`,
      },
      said: /^$|bibliography-reads/,
      page: /ref-a/,
      never: /<a [^>]*href="javascript/,
    },
    {
      name: 'bibliography that grows',
      body: 'See [@a].',
      front: { bibliography: 'own.bib' },
      files: {
        'own.bib': `@string{a = "xx"}\n${Array.from({ length: 40 }, (_, index) => `@string{a${index + 1} = a${index || ''} # a${index || ''}}`).join('\n')}\n@misc{a, title = a40}`,
      },
      said: /report-is-harmless Unexpected `#`/,
      page: /See/,
    },
    {
      name: 'NUL and other controls in words',
      files: { 'report.md': reportOf('A\u0000B\u0008C \u2066D\u2069 `\u202ecode`') },
      said: /character-prints|^$/,
      page: /A\ufffdB\[U\+0008\]C/,
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
      never: /[\u0000\u0008\u202e\u2066]/,
    },
  ]
}
