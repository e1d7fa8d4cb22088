import assert from 'node:assert/strict'
import test from 'node:test'
import type { Root } from 'hast'
import { markCode } from '../../../src/render/page/code-marks.ts'
import { h } from '../../../src/render/page/hast.ts'
import { toHtml } from '../../../src/render/page/regions.ts'

const codeOf = (value: string, properties: object, isRaw = false): Root => ({
  type: 'root',
  children: [
    h('pre', {}, [h('code', { ...properties }, [isRaw ? { type: 'raw', value } : { type: 'text', value }])]),
  ],
})

function marked(value: string, properties: object, isRaw = false): string {
  const tree = codeOf(value, properties, isRaw)
  markCode(tree)
  return toHtml(tree.children)
}

test('lines that are listed should be marked, in highlighted code and in any other', () => {
  assert.equal(
    marked('a\n<b>\nc\nd\n', { dataLines: '2-3,9' }),
    '<pre class="weft-with-marks"><code><span class="line">a</span>\n<span class="line weft-marked">&lt;b&gt;</span>\n<span class="line weft-marked">c</span>\n<span class="line">d</span></code></pre>',
  )
  const line = (text: string) => `<span class="line"><span class="t-string">${text}</span></span>`
  assert.equal(
    marked([line('a'), line('b')].join('\n'), { dataLines: '1' }, true),
    `<pre class="weft-with-marks"><code>${line('a').replace('line', 'line weft-marked')}\n${line('b')}</code></pre>`,
  )
})

test('the name of a file should stand above its code, and code without marks stay as it is', () => {
  assert.equal(
    marked('a', { dataTitle: 'x & y.ts' }),
    '<div class="weft-code"><div class="weft-file">x &#x26; y.ts</div><pre><code>a</code></pre></div>',
  )
  assert.equal(marked('a', { className: ['language-ts'] }), '<pre><code class="language-ts">a</code></pre>')
})
