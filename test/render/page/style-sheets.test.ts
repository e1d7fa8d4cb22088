import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { readStyleSheets } from '../../../src/render/page/style-sheets.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { messagesOf } from '../execute/build-project.ts'
import { type Files, reportOf, temporaryProject } from '../execute/temporary-project.ts'
import { renderedOf, toHtml } from './rendered-of.ts'

type Test = Parameters<typeof temporaryProject>[0]

function sheetsOf(t: Test, css: string | string[], files: Files) {
  const root = temporaryProject(t, { 'report.md': reportOf('Text.\n', { css }), ...files })
  const report = readReport(join(root, 'report.md'), undefined)
  return { css: readStyleSheets(report), said: messagesOf(report.files) }
}

test('style sheets should be one text with the files that they name', (t) => {
  const { css, said } = sheetsOf(t, ['a.css', 'sub/b.css'], {
    'a.css': 'h1{color:red}',
    'sub/b.css': `@font-face{src:url("own.woff2?v=1") format("woff2")} p{background:url( dot.png )} a{fill:url(#x)}`,
    'sub/own.woff2': 'font',
    'sub/dot.png': 'picture',
  })
  assert.deepEqual(said, [])
  assert.equal(
    css,
    `h1{color:red}\n@font-face{src:url("data:font/woff2;base64,${btoa('font')}") format("woff2")} p{background:url("data:image/png;base64,${btoa('picture')}")} a{fill:url(#x)}`,
  )
})

test('a style sheet should ask for nothing in comments and texts, and may write a space as %20', (t) => {
  const { css, said } = sheetsOf(t, 'a.css', {
    'a.css': `/* @import "old.css";\nb: url(gone.png) */ a{content:"url(x) \\" url(y)"; b: url(a%20dot.png)} p{c: url('%.png')}`,
    'a dot.png': 'picture',
  })
  assert.deepEqual(said, [
    'report.md:2:17 page-is-self-contained Cannot embed `%.png` of the style sheet `a.css`, expected an address whose `%` are followed by two hexadecimal digits',
  ])
  assert.equal(
    css,
    `/* @import "old.css";\nb: url(gone.png) */ a{content:"url(x) \\" url(y)"; b: url("data:image/png;base64,${btoa('picture')}")} p{c: url("data:,")}`,
  )
})

test('a style sheet should ask for nothing outside, and end no element', (t) => {
  const { css, said } = sheetsOf(t, 'a.css', {
    'a.css':
      '@import "b.css"; a{content:"</style><script>"; b: url(https://x.org/a.png); c: url(none.png); d: url(a.txt)}',
  })
  assert.doesNotMatch(css, /<\/style|https|none\.png/)
  assert.deepEqual(said, [
    'report.md:2:17 page-is-self-contained Cannot import `b.css` in `a.css`, expected all style sheets in the front matter: `css: [b.css, a.css]`',
    'report.md:2:17 page-is-self-contained Cannot embed `https://x.org/a.png` of the style sheet `a.css`, expected a file beside it, found an address',
    'report.md:2:17 page-is-self-contained Cannot embed `none.png` of the style sheet `a.css`, expected a file, found none',
    'report.md:2:17 page-is-self-contained Cannot embed `a.txt` of the style sheet `a.css`, expected one of .woff2, .woff, .ttf, .otf, .png, .jpg, .jpeg, .gif, .webp, .avif, .svg',
  ])
  assert.deepEqual(sheetsOf(t, ['a.css', 'b.css'], { 'a.css': '' }).said, [
    'report.md:2:32 page-is-self-contained Cannot read the style sheet `b.css`, expected a CSS file, found none',
  ])
})

test('the style sheets of a report should come last', async () => {
  const rendered = { ...renderedOf(['Text.']), css: 'h1{color:red}' }
  assert.match(await toHtml(rendered), /<\/style><style>\nh1\{color:red\}\n<\/style>\n<\/head>/)
})
