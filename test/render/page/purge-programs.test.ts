import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { scanMarkup } from '../../../src/render/page/scan-markup.ts'
import { buildProject } from '../execute/build-project.ts'
import { reportOf, temporaryProject } from '../execute/temporary-project.ts'
import { openReader, type Reader } from '../untrusted/open-page.ts'
import { renderedOf } from './rendered-of.ts'
import { toPages } from './to-pages.ts'

// [piece of HTML, what stays, what is told]; undefined: a browser could read it otherwise.
const pieces: readonly [string, string | undefined, ...string[]][] = [
  ['<b onclick=canary()>x</b>', '<b>x</b>', 'onclick='],
  ['<B\nONCLICK\n=\n"canary()" title="a > b">', '<B title="a > b">', 'onclick='],
  ["<img src=x alt='a' onerror='canary()'/>", "<img src=x alt='a' />", 'onerror='],
  ['<svg/onload=canary()>', '<svg/>', 'onload='],
  ['<script>canary("<b>")</script>after', 'after', '<script>'],
  ['<script src=x></SCRIPT >after', 'after', '<script>'],
  ['<iframe srcdoc="<script>canary()</script>"></iframe>', '', '<iframe>'],
  ['<object data=x></object><embed src=y>', '', '<object>', '<embed>'],
  [
    '<base href=x><meta http-equiv=refresh content=0><link rel=stylesheet href=x>',
    '',
    '<base>',
    '<meta>',
    '<link>',
  ],
  ['<a href="javascript:canary()">x</a>', '<a>x</a>', 'href='],
  ['<a href=" java\nscript:canary()">', '<a>', 'href='],
  ['<a href="&#106;avascript:canary()">', '<a>', 'href='],
  ['<a href="javascript&colon;canary()">', '<a>', 'href='],
  ['<a xlink:href=vbscript:x>', '<a>', 'xlink:href='],
  ['<a href="data:text/html,<script>canary()</script>">', '<a>', 'href='],
  ['<a href=java onclick="y"script:canary()>x', '<a href=java script:canary()>x', 'onclick='],
  [
    '<form action=javascript:x><button formaction="javascript:x">',
    '<form><button>',
    'action=',
    'formaction=',
  ],
  ['<animate attributeName=href values=javascript:canary() />', '', '<animate>'],
  ['<<iframe></iframe>img src=x onerror=canary()>', '&lt;img src=x onerror=canary()>', '<iframe>'],
  [
    '<noscript><p title="</noscript><img src=x onerror=canary()>">',
    '<p title="</noscript><img src=x onerror=canary()>">',
    '<noscript>',
  ],
  ['<template><b onclick=x></template>', '<b>', '<template>', 'onclick='],
  ['<title><a title="</title><img src=x onerror=canary()>">', undefined],
  ['<style><img src="</style><img src=x onerror=canary()>"></style>', undefined],
  ['<textarea><img title="</textarea><img src=x onerror=canary()>">', undefined],
  ['<div onclick=canary()', undefined],
  ['<div title="', undefined],
  ['<!-- never closed', undefined],
  ['<!--><img src=x onerror=canary()>-->', undefined],
  ['<!-- a --!><b onclick=x>-->', '<!-- a --!><b>-->', 'onclick='],
  ['<![CDATA[><img src=x onerror=canary()>]]>', undefined],
  ['<?php echo 1 ?>', undefined],
  ['<', undefined],
  // What stays as it is.
  ['<details open><summary>More</summary>', '<details open><summary>More</summary>'],
  [
    '<table><tr><td colspan=2 style="color: red">1 &lt; 2</td></tr></table>',
    '<table><tr><td colspan=2 style="color: red">1 &lt; 2</td></tr></table>',
  ],
  ['<style>b > i { color: red }</style>', '<style>b > i { color: red }</style>'],
  [
    '<a href="https://a.org/?x=1&amp;y=2#z" title=\'on\'>x</a><br/>',
    '<a href="https://a.org/?x=1&amp;y=2#z" title=\'on\'>x</a><br/>',
  ],
  ['<a href="mailto:a@b.org">', '<a href="mailto:a@b.org">'],
  ['<a href="doi:10.1/2">', '<a href="doi:10.1/2">'],
  ['<img src="data:image/png;base64,AA==">', '<img src="data:image/png;base64,AA==">'],
  [
    '<svg viewBox="0 0 1 1"><title>A dot</title><circle r=1 /></svg>',
    '<svg viewBox="0 0 1 1"><title>A dot</title><circle r=1 /></svg>',
  ],
  ['<!-- a <script> in a comment -->', '<!-- a <script> in a comment -->'],
  ['</b>', '</b>'],
]

test('scanMarkup should take programs, handlers and frames from HTML and leave all else as it is', () => {
  for (const [source, markup, ...removed] of pieces) {
    const harmless = scanMarkup(source)
    assert.deepEqual(
      harmless && { markup: harmless.markup, removed: harmless.removed },
      markup === undefined ? undefined : { markup, removed },
      source,
    )
  }
})

const chapter = [
  'Hello <script>canary = 1</script> <b onclick="canary = 1">bold</b> <a href="javascript:canary=1">a</a> end.',
  '<script>\ncanary = 1\n\n// two\n</script>',
  '<img src="data:image/png;base64,AA==" onerror="canary = 1">',
  '<div onmouseover="canary = 1"',
  '<iframe srcdoc="<script>parent.canary = 1</script>"></iframe>',
  '<details onTOGGLE="canary = 1" open><summary>More</summary>',
  'Words in it.',
  '</details>',
  '<svg onload="canary = 1"><title>Dot</title><circle r="3"/></svg>',
  'A <title>dot <i title="</title><b onmouseover=canary=1>"></i> on a line.',
].join('\n\n')

test('scanMarkup should find the same in a drawing whose tags are all plain as in one with others', () => {
  const drawing = (attribute: string) =>
    `<svg viewBox="0 0 1 1"><g class="a"><path d="M0,0h1"/><text x="1">a &lt; b</text><line${attribute}/></g></svg>`
  // A comment is not plain.
  const other = (markup: string) => `${markup}<!-- -->`
  const handlers = 'onclick onLoad srcdoc'.split(' ')
  const addresses =
    'href xlink:href src action formaction data poster background ping cite longdesc manifest codebase'
  for (const name of [...handlers, ...addresses.split(' ')]) {
    for (const value of ['javascript:canary()', '&#106;avascript:x', '#a']) {
      const markup = drawing(` stroke="red" ${name}="${value}"`)
      const [found, wanted] = [scanMarkup(markup), scanMarkup(other(markup))]
      assert.deepEqual({ ...found, markup: other(found!.markup) }, wanted, markup)
    }
    const harmful = scanMarkup(drawing(` ${name}="javascript:canary()"`))
    assert.equal(harmful?.removed.length, 1, name)
  }
  for (const attribute of [
    '',
    ' title="a > b"',
    ' title="<b>"',
    " title='a'",
    ' hidden',
    ' x = "1"',
    '\ny="1"',
  ]) {
    const markup = drawing(attribute)
    assert.deepEqual(scanMarkup(markup), { markup, removed: [] })
    assert.equal(scanMarkup(other(markup))?.markup, other(markup))
  }
  for (const markup of [
    '<svg><script>x</script></svg>',
    '<svg><style><b></style></svg>',
    '<svg',
    '<svg><a',
    'a < b',
    '<svg><!-- ',
  ])
    assert.notDeepEqual(scanMarkup(markup), { markup, removed: [] }, markup)
})

test('the page should have no program of prose that a cell made, which is told at the cell', async (t) => {
  const code =
    "import { markdown } from 'weft/output'\nexport default markdown('Hello <script>canary = 1</script> <b onclick=alert(1)>x</b>')"
  const root = temporaryProject(t, { 'report.md': reportOf(`\`\`\`ts exec #a\n${code}\n\`\`\`\n`) })
  const { tree, chapters } = await buildProject(root)
  const { front, files } = tree.report
  const { screen } = await toPages({ front, notice: '', targets: [], drawn: [], chapters })
  assert.match(screen, /<p data-cell="a">Hello {2}<b>x<\/b><\/p>/)
  assert.deepEqual(
    files[0]!.messages.map(({ line, ruleId, reason }) => `${line} ${ruleId} ${reason.split(',')[0]}`),
    [
      '4 report-is-harmless Unexpected `<script>` in HTML',
      '4 report-is-harmless Unexpected `onclick=` in HTML',
    ],
  )
})

describe('the page of a report that is trusted', () => {
  let reader: Reader
  before(async () => {
    reader = await openReader()
  })
  after(() => reader.close())
  const build = async (html?: 'trusted') => {
    const rendered = renderedOf([chapter], { front: { title: 'T', ...(html && { html }) } })
    const { screen, print } = await toPages(rendered)
    return { screen, print, said: rendered.chapters[0]!.file.messages.map(String) }
  }

  test('should have no program of its HTML, which is told at its place', async () => {
    const { screen, print, said } = await build()
    assert.match(
      said[0]!,
      /^report-src\/chapter-0\.md:1:7-1:15: Unexpected `<script>` in HTML, expected no program, event handler or frame: left out\. If the report needs it, write `html: trusted` in its front matter$/,
    )
    const told = said.map((one) => /:(\d+):\d+.*?Unexpected (HTML )?(`[^`]*`)/.exec(one)!)
    assert.deepEqual(
      told.map(([, line, , name]) => `${line} ${name}`),
      [
        '1 `<script>`',
        '1 `onclick=`',
        '1 `href=`',
        '3 `<script>`',
        '9 `onerror=`',
        '11 `<div onmouseover="canary = 1"`',
        '13 `<iframe>`',
        '15 `ontoggle=`',
        '21 `onload=`',
        '23 `<title>`',
      ],
    )
    for (const page of [screen, print]) {
      assert.match(page, /Hello {2}<b>bold<\/b> /)
      assert.match(page, /<details open><summary>More<\/summary>\s*<p>Words in it\.<\/p>\s*<\/details>/)
      assert.match(page, /<svg><title>Dot<\/title><circle r="3"\/><\/svg>/)
    }
    // Without its policy, the page still runs nothing of the report.
    const bare = screen.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    assert.notEqual(bare, screen)
    assert.equal((await reader.open(bare)).ran, false)
  })

  test('should have a policy that lets only the tool itself run', async () => {
    const { screen } = await build()
    const harmed = screen.replace(
      '</main>',
      '<script>canary = 1</script><img src=x onerror="canary = 1"></main>',
    )
    const { ran, told } = await reader.open(harmed)
    assert.equal(ran, false)
    assert.ok(
      told.some((one) => one.includes('Content Security Policy')),
      told.join('\n'),
    )
    const own = await reader.open(screen)
    assert.deepEqual(own.told, [])
  })

  test('should keep all of its HTML if its front matter says that it is trusted', async () => {
    const { screen, said } = await build('trusted')
    assert.deepEqual(
      said.filter((one) => !one.includes('Cannot embed')),
      [],
    )
    assert.doesNotMatch(screen, /Content-Security-Policy/)
    assert.equal((await reader.open(screen)).ran, true)
  })
})
