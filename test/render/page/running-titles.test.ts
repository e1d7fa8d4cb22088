import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'hast'
import { h } from '../../../src/render/page/hast.ts'
import { runningTitles } from '../../../src/render/page/running-titles.ts'
import { toPages } from '../../../src/render/page/to-pages.ts'
import { renderedOf } from './rendered-of.ts'

const text = (value: string) => ({ type: 'text', value }) as const
const chapter = (...children: Parameters<typeof h>[2][number][]) =>
  h('section', { className: ['weft-chapter'] }, children)

test('runningTitles should give the first heading of each chapter, as words', () => {
  const number = h('span', { className: ['weft-section-number'] }, [text('1')])
  const formula = { type: 'raw', value: '<span class="katex">drawn</span>', data: { tex: 'x^2' } } as const
  const note = h('sup', {}, [h('a', { dataFootnoteRef: '', href: '#n' }, [text('1')])])
  const body: Root = {
    type: 'root',
    children: [
      chapter(
        text('\n'),
        h('h2', {}, [number, text(' Adam  of '), formula, note]),
        h('h2', {}, [text('No')]),
      ),
      chapter(h('p', {}, [text('Without one.')])),
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
  const { print } = await toPages(renderedOf(['x', "# It's", 'No heading.']))
  assert.match(
    print,
    /@page chapter-1\{@top-left\{content:'It\\27 s';[^}]*\}\}\.weft-chapter-1\{page:chapter-1\}/,
  )
  assert.match(print, /@page chapter-2\{\}\.weft-chapter-2\{page:chapter-2\}/)
})
