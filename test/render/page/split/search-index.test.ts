import assert from 'node:assert/strict'
import test from 'node:test'
import type { ElementContent } from 'hast'
import { h } from '../../../../src/render/page/hast.ts'
import { searchIndex } from '../../../../src/render/page/split/search-index.ts'

const text = (value: string): ElementContent => ({ type: 'text', value })
const raw = (value: string, tex?: string): ElementContent => ({ type: 'raw', value, data: { tex } })

function entriesOf(...children: ElementContent[]): readonly (readonly string[])[] {
  const script = searchIndex([
    { name: 'a.html', isFront: false, title: 'A', sections: [h('section', {}, children)] },
  ])
  return JSON.parse(script.replace('globalThis.weftSearch=', ''))
}

test('searchIndex should list the words of each section, without drawings', () => {
  const entries = entriesOf(
    text('\n'),
    h('h2', { id: 'a' }, [text('A')]),
    h('p', {}, [text('One '), raw('<span>&lt;two&gt; &#x26; three</span>'), raw('<math/>', 'x^2')]),
    h('figure', {}, [raw('<svg><text>mark</text></svg>'), h('figcaption', {}, [text('Caption')])]),
    h('section', {}, [
      h('h3', { id: 'b' }, [text('B </script>')]),
      h('ul', {}, [h('li', {}, [text('c')]), h('li', {}, [text('d')])]),
    ]),
  )
  assert.deepEqual(entries, [
    ['a.html', 'a', 'A', 'A', 'One <two> & threex^2 Caption'],
    ['a.html', 'b', 'B </script>', 'A', 'c d'],
  ])
})

test('searchIndex should have what stands before the first heading, and end no script', () => {
  assert.deepEqual(entriesOf(h('p', {}, [text('Alone')])), [['a.html', '', 'A', 'A', 'Alone']])
  const page = { name: 'a.html', isFront: false, title: '</script>', sections: [h('section', {}, [])] }
  assert.doesNotMatch(searchIndex([page]), /</)
})

test('searchIndex should cut long sections where all are too long', () => {
  const long = (id: string) => [h('h2', { id }, [text(id)]), h('p', {}, [text('word '.repeat(250_000))])]
  const entries = entriesOf(
    ...long('a'),
    ...long('b'),
    h('h2', { id: 'c' }, [text('c')]),
    h('p', {}, [text('short')]),
  )
  assert.ok(JSON.stringify(entries).length < 2_100_000)
  assert.equal(entries.at(-1)!.at(-1), 'short')
  assert.equal(entries[0]!.at(-1)!.length, entries[1]!.at(-1)!.length)
})
