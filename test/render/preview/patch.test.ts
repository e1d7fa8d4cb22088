import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { PageParts, Region } from '../../../src/render/page/page-parts.ts'
import { openLayouts } from '../../../src/render/preview/layout.ts'
import { isBalanced, makePatch, regionOfLine } from '../../../src/render/preview/patch.ts'
import { markedPage } from '../../../src/render/preview/preview-page.ts'
import type { Patch } from '../../../src/render/preview/protocol.ts'

const head = '<head><meta http-equiv="Content-Security-Policy" content="x"></head><body><main>'
const foot = '</main><script>first()</script></body>'
const block = (html: string, line?: number): Region => ({
  id: html,
  html,
  ...(line ? { source: { file: 'a.md', line, endLine: line + 1 } } : {}),
})
const page = (...blocks: readonly (string | Region)[]): PageParts => [
  head,
  ...blocks.map((one) => (typeof one === 'string' && one.startsWith('<p') ? block(one) : one)),
  foot,
]

const layoutOf = openLayouts()
const patch = (before: PageParts, after: PageParts) =>
  makePatch(layoutOf(before), layoutOf(after), { from: 'a', to: 'b' })

/** Does to the regions of a page what a patch says. */
function applied(before: PageParts, { runs }: Patch): string[][] {
  const all = layoutOf(before).runs.map((regions) => regions.map(({ html }) => html))
  for (const { run, hunks } of runs)
    for (const { at, removed, added } of [...hunks].reverse())
      all[run]!.splice(at, removed, ...added.map(({ html }) => html))
  return all
}

describe('a patch', () => {
  it('should name the one block that changed, and the one that it was', () => {
    const made = patch(page('<p>1', '<p>2</p>', '<p>3'), page('<p>1', '<p>two</p>', '<p>3'))
    assert.deepEqual(made?.runs, [
      { run: 0, hunks: [{ at: 1, removed: 1, added: [{ html: '<p>two</p>', from: 1 }] }] },
    ])
    assert.deepEqual([made?.from, made?.to, made?.pieces], ['a', 'b', {}])
  })

  it('should put in and take out blocks, and leave those between alone', () => {
    const before = page('<p>1</p>', '<p>2</p>', '<p>3</p>', '<p>4</p>')
    const after = page('<p>1</p>', '<p>new</p>', '<p>2</p>', '<p>3</p>')
    const made = patch(before, after)!
    assert.deepEqual(made.runs[0]!.hunks, [
      { at: 1, removed: 0, added: [{ html: '<p>new</p>' }] },
      { at: 3, removed: 1, added: [] },
    ])
    assert.deepEqual(applied(before, made), [['<p>1</p>', '<p>new</p>', '<p>2</p>', '<p>3</p>']])
  })

  it('should turn any run of blocks into any other', () => {
    let seed = 7
    const next = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % most
    }
    for (let round = 0; round < 300; round++) {
      const blocks = () => Array.from({ length: 1 + next(7) }, () => `<p>${next(5)}</p>`)
      const [one, other] = [blocks(), blocks()]
      const made = patch(page(...one), page(...other))!
      assert.deepEqual(applied(page(...one), made), [other])
      for (const { hunks } of made.runs)
        for (const { at, removed, added } of hunks)
          for (const { from = at } of added) assert.ok(from >= at && from <= at + removed)
    }
  })

  it('should pair blocks by their ids when their number changes', () => {
    const made = patch(
      page('<p id="a">1</p>', '<p id="b">2</p>'),
      page('<p>0</p>', '<p id="a">one</p>', '<p id="b">two</p>'),
    )
    assert.deepEqual(
      made!.runs[0]!.hunks[0]!.added.map(({ from }) => from),
      [undefined, 0, 1],
    )
  })

  it('should not fit if the frame changed, a run came or an element stays open', () => {
    assert.equal(patch(page('<p>1</p>'), ['<head>other', block('<p>1</p>'), foot]), undefined)
    assert.equal(patch(page('<p>1</p>'), page('<p>1</p>', '</section>', '<p>2</p>')), undefined)
    assert.equal(patch(page('<p>1</p>'), page('<p><b>1</p>')), undefined)
    assert.ok(isBalanced('<p>1<br><img alt="a > b"><svg><path d="M0"/></svg></p>'))
    assert.ok(!isBalanced('</p><p>'))
  })

  it('should fit if only programs and their policy differ, and say which programs the page needs', () => {
    const before = page('<p>1</p>')
    const more = [
      head.replace('"x"', '"y"'),
      block('<p>2</p>'),
      foot.replace('</body>', '<script>second()</script></body>'),
    ]
    const programs = layoutOf(before).programs
    assert.equal(programs.length, 1)
    assert.deepEqual(patch(more, before)?.programs, programs)
    assert.deepEqual(patch(before, more)?.programs.length, 2)
    const packed = '<script type="text/plain" class="weft-program">AAAA</script>'
    const charts = [head, block('<p>2</p>'), foot.replace('</body>', `${packed}</body>`)]
    assert.deepEqual(patch(charts, before)?.programs, programs)
    assert.deepEqual(patch(before, charts)?.programs.length, 2)
  })

  it('should bring the data of each figure by itself, and its drawing even if that is the same', () => {
    const spec = (id: string, value: number) =>
      `<script type="application/json" class="weft-spec" data-figure="${id}">${value}</script>`
    const figures = (...values: number[]): PageParts => [
      head,
      block('<figure id="f-a"></figure>'),
      block('<figure id="f-b"></figure>'),
      '</main>',
      {
        id: 'specs',
        html: values.map((value, index) => spec(index === 0 ? 'f-a' : 'f-b', value)).join('\n'),
      },
      foot,
    ]
    const made = patch(figures(1, 2), figures(1, 3))!
    assert.deepEqual(made.pieces, { 'spec:f-b': spec('f-b', 3) })
    assert.deepEqual(made.runs[0]!.hunks, [
      { at: 1, removed: 1, added: [{ html: '<figure id="f-b"></figure>', from: 1 }] },
    ])
    assert.deepEqual(patch(figures(1, 2), figures(1))?.pieces, { 'spec:f-b': '' })
  })
})

it('a patch should leave the cards alone where a draft has none, and bring others', () => {
  const cards = (html: string): PageParts => [head, block('<p>1</p>'), '</main>', { id: 'cards', html }, foot]
  const bare: PageParts = [head, block('<p>1</p>'), '</main>', foot]
  assert.deepEqual(patch(cards('a'), bare)?.pieces, {})
  assert.deepEqual(patch(bare, cards('a'))?.pieces, { cards: 'a' })
  assert.deepEqual(patch(cards('a'), cards('b'))?.pieces, { cards: 'b' })
})

describe('a page in parts', () => {
  it('should have marks round its regions, also across the lines between them', () => {
    assert.equal(
      markedPage([head, block('<p>1</p>'), '\n', block('<p>2</p>'), foot]),
      `${head}<!--weft-run--><!--weft-region--><p>1</p>\n<!--weft-region--><p>2</p><!--weft-end-->${foot}`,
    )
  })

  it('should have a mark at each of the rules that a patch brings', () => {
    const running = { id: 'running', html: '<style>\na{}\n</style><style>\nb{content:"<style>"}\n</style>' }
    assert.equal(
      markedPage(['<head>', running, '</head>']),
      '<head><style data-preview="running">\na{}\n</style><style data-preview="running">\nb{content:"<style>"}\n</style></head>',
    )
  })

  it('should find the block of a line, or the last one before it', () => {
    const layout = layoutOf([head, block('<p>1</p>', 3), block('<p>2</p>', 6), foot])
    const found = [1, 3, 5, 6, 90].map((line) => regionOfLine(layout, 'a.md', line)?.index)
    assert.deepEqual(found, [undefined, 0, 0, 1, 1])
    assert.equal(regionOfLine(layout, 'b.md', 3), undefined)
  })
})
