import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import type { Root } from 'hast'
import type { RenderedReport } from '../../../src/render/model/types.ts'
import { h } from '../../../src/render/page/hast.ts'
import { runningTitles } from '../../../src/render/page/running-titles.ts'
import { runFlags, runnable } from '../../as-run.ts'
import { element, toHtml as pageOf, renderedOf, text } from './rendered-of.ts'
import { toPages } from './to-pages.ts'

const svg = '<svg role="img" aria-label="a curve" width="20" height="20"><text>loss → 0</text></svg>'
const figure = element('figure', { className: 'weft-figure', id: 'fig-loss' }, [
  { type: 'raw', value: svg },
  element('figcaption', {}, [
    element('span', { className: 'weft-number' }, [text('Figure 1.')]),
    text(' Loss.'),
  ]),
])

// The fonts are long and tell nothing.
async function toHtml(rendered: RenderedReport): Promise<string> {
  return (await pageOf(rendered)).replace(/(src:url\(data:font\/woff2;base64,)[^)]*/g, '$1')
}

describe('toHtml', () => {
  test('should give one page that asks for nothing', async () => {
    const html = await toHtml(
      renderedOf(['Abstract', '# Part\n\n$x^2$ and `code`\n\nFIG'], { nodes: { FIG: [figure] } }),
    )
    assert.match(html, /^<!doctype html>\n<html lang="en">/)
    assert.deepEqual(html.match(/(src|href)="(?!#|data:)[^"]*"|url\((?!data:)[^)]*\)|@import/g), null)
    assert.doesNotMatch(html, /<script[^>]* src=/)
  })

  test('should make the title the only h1, and set chapters one level down', async () => {
    const html = await toHtml(renderedOf(['Abstract', '# Part\n\n###### Deep']))
    assert.deepEqual(html.match(/<h\d[^>]*>/g), [
      '<h1 class="weft-title">',
      '<h2 id="part">',
      '<h6 id="deep">',
    ])
  })

  test('should leave headings where a report has no title', async () => {
    const html = await toHtml(renderedOf(['# Part'], { front: { title: '' } }))
    assert.match(html, /<h1 id="part">Part<\/h1>/)
  })

  test('should give every heading an id of its own, and keep one that is given', async () => {
    const rendered = renderedOf(['# Same\n\n# Same', '# Same\n\n# Given'])
    const given = rendered.chapters[1]!.tree.children[1]!
    given.data = { hProperties: { id: 'same-1' } } as typeof given.data
    const html = await toHtml(rendered)
    assert.deepEqual(html.match(/<h2 id="[^"]*"/g), [
      '<h2 id="same"',
      '<h2 id="same-2"',
      '<h2 id="same-3"',
      '<h2 id="same-1"',
    ])
  })

  test('should keep the footnotes of two chapters apart', async () => {
    const html = await toHtml(renderedOf(['a[^1]\n\n[^1]: A note.', 'b[^1]\n\n[^1]: B note.']))
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    assert.equal(new Set(ids).size, ids.length)
    for (const [, target] of html.matchAll(/ href="#([^"]*)"/g)) assert.ok(ids.includes(target), target)
  })

  test('should take what stands before the first heading as the abstract', async () => {
    const html = await toHtml(renderedOf(['In short.\n\n# Part\n\nAt length.']))
    assert.match(html, /<section class="weft-abstract"><p>In short\.<\/p>\s*<\/section>/)
    assert.match(html, /<section class="weft-text"><h2 id="part">Part<\/h2>/)
  })

  test('should write title, subtitle, authors and date, in the language of the report', async () => {
    const front = {
      title: 'A & <b>',
      subtitle: 'Sub',
      author: [
        { name: 'É. One', affiliations: [] },
        { name: 'Two', affiliations: [] },
      ],
      date: '2026-03-01',
      lang: 'de',
    }
    const html = await toHtml(renderedOf(['x'], { front }))
    assert.match(html, /<title>A &amp; &lt;b&gt;<\/title>/)
    assert.match(html, /<p class="weft-author">É\. One, Two<\/p>/)
    assert.match(html, /<p class="weft-date">1\. März 2026<\/p>/)
  })

  test('should show the notice in a band and on every printed page', async () => {
    const html = await toHtml(renderedOf(['x'], { notice: `Stand-in "data" \\ it's` }))
    assert.match(html, /<aside class="weft-notice" aria-label="Notice">Stand-in "data" \\ it's<\/aside>/)
    assert.match(html, /@top-right\{content:'Stand-in \\22 data\\22 {2}\\5c {2}it\\27 s'/)
    assert.doesNotMatch(await toHtml(renderedOf(['x'])), /@top-right|<p class="weft-notice"/)
  })

  test('should pass on outputs as they were made', async () => {
    const html = await toHtml(renderedOf(['FIG'], { nodes: { FIG: [figure] } }))
    assert.ok(html.includes(svg))
    assert.match(html, /<figure class="weft-figure" id="fig-loss">/)
  })

  test('should box tables, and keep the alignment of their columns', async () => {
    const html = await toHtml(renderedOf(['| a | b |\n|:--|--:|\n| x | 1 |']))
    assert.match(
      html,
      /<div class="weft-scroll"><table[^>]*>[\s\S]*<td align="right">1<\/td>[\s\S]*<\/table><\/div>/,
    )
  })

  test('should leave its input as it was', async () => {
    const rendered = renderedOf(['# A\n\n$x$'])
    const before = JSON.stringify(rendered.chapters[0]!.tree)
    await toHtml(rendered)
    assert.equal(JSON.stringify(rendered.chapters[0]!.tree), before)
  })

  test('should report a formula that cannot be drawn, at its place', async () => {
    const rendered = renderedOf(['fine\n\nbad $\\frobnicate$'])
    const html = await toHtml(rendered)
    const [message] = rendered.chapters[0]!.file.messages
    assert.match(message!.reason, /Cannot draw `\\frobnicate`, Undefined control sequence/)
    assert.deepEqual(
      [message!.ruleId, message!.line, message!.column, message!.fatal],
      ['math-renders', 3, 5, true],
    )
    assert.match(html, /<code class="weft-bad-math"/)
  })

  test('should embed an image that lies beside its chapter', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weft-test-'))
    try {
      writeFileSync(join(folder, 'dot.png'), 'dot')
      const html = await toHtml(renderedOf(['![a dot](../dot.png)'], { cwd: folder }))
      assert.match(html, /<img src="data:image\/png;base64,ZG90" alt="a dot">/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  for (const [what, markdown, reason] of [
    ['an image on the network', '![x](https://example.org/x.png)', /found an address/],
    ['an image that is not there', '![x](none.png)', /there is no such file/],
    ['a file that is no image', '![x](x.pdf)', /expected one of \.png/],
    ['markup that asks for a file', 'a <img src="x.png">', /expected an image written in Markdown/],
  ] as const) {
    test(`should report ${what}`, async () => {
      const rendered = renderedOf([markdown])
      const html = await toHtml(rendered)
      const [message] = rendered.chapters[0]!.file.messages
      assert.equal(message!.ruleId, 'page-is-self-contained')
      assert.match(message!.reason, reason)
      assert.equal(message!.line, 1)
      assert.doesNotMatch(html, /src="https:/)
    })
  }

  test('should warn of a character that no font has, where it first stands', async () => {
    const rendered = renderedOf(['plain', 'with 日 in it'])
    await toHtml(rendered)
    assert.deepEqual(rendered.chapters[0]!.file.messages, [])
    assert.match(rendered.chapters[1]!.file.messages[0]!.reason, /`日` \(U\+65E5\)/)
  })

  test('should give the same bytes in any folder, time zone and locale', async () => {
    const page = runnable(new URL('./print-sample-page.ts', import.meta.url))
    const run = async (env: NodeJS.ProcessEnv, cwd: string) => {
      const { stdout } = await promisify(execFile)(process.execPath, [...runFlags, page], {
        cwd,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
      })
      return stdout
    }
    const here = await run({ TZ: 'UTC', LC_ALL: 'C.UTF-8' }, process.cwd())
    const there = await run({ TZ: 'Pacific/Auckland', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' }, tmpdir())
    assert.match(here, /^[0-9a-f]{64}\n$/)
    assert.equal(there, here)
  })
})

const words = (value: string) => ({ type: 'text', value }) as const
const chapter = (...children: Parameters<typeof h>[2][number][]) =>
  h('section', { className: ['weft-chapter'] }, children)

test('runningTitles should give the first heading of each chapter, as words', () => {
  const number = h('span', { className: ['weft-section-number'] }, [words('1')])
  const formula = { type: 'raw', value: '<span class="katex">drawn</span>', data: { tex: 'x^2' } } as const
  const note = h('sup', {}, [h('a', { dataFootnoteRef: '', href: '#n' }, [words('1')])])
  const body: Root = {
    type: 'root',
    children: [
      chapter(
        words('\n'),
        h('h2', {}, [number, words(' Adam  of '), formula, note]),
        h('h2', {}, [words('No')]),
      ),
      chapter(h('p', {}, [words('Without one.')])),
    ],
  }
  assert.deepEqual(runningTitles(body), ['1 Adam of x^2', ''])
})

test('the printed page should have the font of each running title', async () => {
  const regular = /font-family:'Source Sans 3';font-weight:400;font-style:normal;unicode-range:([^;]*)/g
  const greek = async (heading: string) => {
    const { print } = await toPages(renderedOf(['x', heading]))
    return [...print.matchAll(regular)].some(([, range]) => /U\+0?370/i.test(range!))
  }
  assert.equal(await greek('# Omega'), false)
  assert.equal(await greek('# Ω'), true)
})

test('the printed page should name the pages of each chapter', async () => {
  const { print } = await toPages(
    renderedOf(['x', "# It's", 'No heading.'], { front: { chapterbreak: 'page' } }),
  )
  assert.match(
    print,
    /@page chapter-1\{@top-left\{content:'It’s';[^}]*\}\}\.weft-chapter-1\{page:chapter-1\}/,
  )
  assert.match(print, /@page chapter-2\{\}\.weft-chapter-2\{page:chapter-2\}/)
})
