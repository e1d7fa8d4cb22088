import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FrontMatter, Target } from '../../../src/render/model/types.ts'
import { element, renderedOf, text } from './rendered-of.ts'
import { toPages } from './to-pages.ts'

const svg = { type: 'raw', value: '<svg role="img" aria-label="x" width="9" height="9"></svg>' }

function captioned(
  id: string,
  kind: 'weft-figure' | 'weft-table',
  number: string,
  caption: readonly unknown[],
) {
  const name = element('span', { className: ['weft-number'] }, [text(number)])
  return [
    element('figure', { className: [kind], id }, [
      svg,
      element('figcaption', {}, [name, text(' '), ...caption]),
    ]),
  ]
}

function target(label: string, kind: Target['kind'], number: string): Target {
  const place = { line: 1, column: 1 }
  return { label, kind, number, file: 'a.md', position: { start: place, end: place } }
}

/** Gives the contents of a page, without classes that only styles need. */
async function contentsOf(
  chapters: readonly string[],
  options: Parameters<typeof renderedOf>[1] & { targets?: readonly Target[] } = {},
): Promise<string> {
  const front = { contents: true, ...options.front }
  const whole = { ...renderedOf(chapters, { ...options, front }), targets: options.targets ?? [] }
  const { screen } = await toPages(whole)
  const [found = ''] = /<div class="weft-navigation">[\s\S]*?<\/nav><\/div>/.exec(screen) ?? []
  return found
    .replaceAll('<span class="weft-leader"></span><span class="weft-page"></span>', '')
    .replace(/<span class="weft-entry[^"]*">([\s\S]*?)<\/span><\/a>/g, '$1</a>')
}

describe('contentsOf', () => {
  test('should list the sections of chapters to depth three, nested and linked', async () => {
    const contents = await contentsOf(['In short.', '# A\n\n## B\n\n### C\n\n#### D\n\n## E', '# F'])
    assert.equal(
      contents,
      '<div class="weft-navigation"><nav class="weft-contents" aria-labelledby="weft-contents">' +
        '<h2 id="weft-contents" class="weft-navigation-title">Contents</h2>' +
        '<ol><li><a href="#a">A</a><ol><li><a href="#b">B</a><ol><li><a href="#c">C</a></li></ol></li>' +
        '<li><a href="#e">E</a></li></ol></li><li><a href="#f">F</a></li></ol></nav></div>',
    )
  })

  test('should go as deep as the front matter says', async () => {
    const contents = await contentsOf(['x', '# A\n\n## B'], { front: { contents: true, contentsDepth: 1 } })
    assert.match(contents, /<ol><li><a href="#a">A<\/a><\/li><\/ol>/)
  })

  test('should have the lists that the front matter asks for', async () => {
    const targets = [target('fig-a', 'figure', '1'), target('tbl-a', 'table', '1')]
    const nodes = {
      figure: captioned('fig-a', 'weft-figure', 'Figure 1.', [text('F.')]),
      table: captioned('tbl-a', 'weft-table', 'Table 1.', [text('T.')]),
    }
    const listsOf = async (front: Partial<FrontMatter>) => {
      const found = await contentsOf(['x', 'figure\n\ntable'], { front, nodes, targets })
      return [...found.matchAll(/id="weft-(\w+)"/g)].map(([, name]) => name)
    }
    assert.deepEqual(await listsOf({}), ['contents'])
    assert.deepEqual(await listsOf({ lof: true, lot: true }), ['contents', 'figures', 'tables'])
    assert.deepEqual(await listsOf({ contents: false, lot: true }), ['tables'])
    assert.deepEqual(await listsOf({ contents: false }), [])
  })

  test('should say headings as they are, without links and notes in links', async () => {
    const contents = await contentsOf(['x', '# A *b* `c` [d](#e)[^1]\n\n[^1]: Note.'])
    assert.match(contents, /<li><a href="#[^"]*">A <em>b<\/em> <code>c<\/code> d<\/a><\/li>/)
  })

  test('should say the values of headings as they are, also what looks like a citation', async () => {
    const value = element('span', { className: 'weft-value' }, [text('a [@doe] 1')])
    const heading = { type: 'heading', depth: 1, children: [value, text(' [@doe]')] }
    const contents = await contentsOf(['x', 'VALUE\n\n# Of B'], { nodes: { VALUE: [heading] } })
    assert.match(contents, /a \[@doe\] 1/)
    assert.doesNotMatch(contents, /doe\].*doe\]/)
  })

  test('should list a heading that skips a level below the one before', async () => {
    const contents = await contentsOf(['x', '# A\n\n### B\n\n## C'])
    assert.match(contents, /A<\/a><ol><li><a href="#b">B<\/a><\/li><li><a href="#c">C<\/a>/)
  })

  test('should list figures and tables with the first sentence of their captions', async () => {
    const citation = element('span', { className: ['weft-citation'] }, [text('[1]')])
    const link = element('a', { href: '#tbl-a', className: 'weft-reference' }, [text('Table 1')])
    const nodes = {
      F: captioned('fig-a', 'weft-figure', 'Figure 1.', [
        text('Loss by D. Kingma, e.g. 0.5, of '),
        link,
        text(' '),
        citation,
        text('. Left: more.'),
      ]),
      G: captioned('fig-b', 'weft-figure', 'Figure 2.', [element('em', {}, [text('Bold. Not this.')])]),
      T: captioned('tbl-a', 'weft-table', 'Table 1.', [text('Rates')]),
    }
    const targets = [
      target('fig-a', 'figure', '1'),
      target('tbl-a', 'table', '1'),
      target('fig-b', 'figure', '2'),
      target('fig-gone', 'figure', '3'),
    ]
    const contents = await contentsOf(['x', '# A\n\nF\n\nT\n\nG'], {
      ...{ nodes, targets },
      front: { lof: true, lot: true },
    })
    const lists = contents.slice(contents.indexOf('<nav class="weft-lists"'))
    assert.equal(
      lists.replaceAll('\u00a0', '~'),
      '<nav class="weft-lists" aria-labelledby="weft-figures"><h2 id="weft-figures" class="weft-navigation-title">Figures</h2><ol>' +
        '<li><a href="#fig-a"><span class="weft-number">Figure~1. </span>Loss by D. Kingma, e.g. 0.5, of Table 1</a></li>' +
        '<li><a href="#fig-b"><span class="weft-number">Figure~2. </span><em>Bold</em></a></li></ol></nav>' +
        '<nav class="weft-lists" aria-labelledby="weft-tables"><h2 id="weft-tables" class="weft-navigation-title">Tables</h2><ol>' +
        '<li><a href="#tbl-a"><span class="weft-number">Table~1. </span>Rates</a></li></ol></nav></div>',
    )
  })

  test('should stand between the title page and the first chapter, which the rest of report.md is', async () => {
    const { screen } = await toPages(renderedOf(['Abstract.\n\n# Own', '# A'], { front: { contents: true } }))
    const order = screen.match(/class="(weft-(?:front|abstract|navigation|text|chapter weft-chapter-\d))"/g)
    assert.deepEqual(order, [
      'class="weft-front"',
      'class="weft-abstract"',
      'class="weft-navigation"',
      'class="weft-chapter weft-chapter-1"',
      'class="weft-chapter weft-chapter-2"',
    ])
  })

  test('should not be there unless it is asked for', async () => {
    const { screen } = await toPages(renderedOf(['x', '# A']))
    assert.doesNotMatch(screen, /<nav|class="weft-navigation"/)
  })

  test('should give every id once, and lead every link to one', async () => {
    const nodes = { F: captioned('fig-a', 'weft-figure', 'Figure 1.', [text('A.')]) }
    const whole = {
      ...renderedOf(['x', '# A\n\nF\n\n## Contents\n\n## Figures\n\n## Weft contents'], {
        nodes,
        front: { contents: true },
      }),
      targets: [target('fig-a', 'figure', '1')],
    }
    const { screen } = await toPages(whole)
    const ids = [...screen.matchAll(/<[a-z0-9]+ [^>]*\bid="([^"]*)"/g)].map(([, id]) => id)
    assert.equal(new Set(ids).size, ids.length)
    for (const [, id] of screen.matchAll(/href="#([^"]*)"/g)) assert.ok(ids.includes(id), id)
  })
})
