import assert from 'node:assert/strict'
import test from 'node:test'
import type { Diagrams } from '../../../src/render/output/draw/draw-once.ts'
import { injectText } from './inject-text.ts'

const body =
  '```mermaid {#fig-flow caption="A flow" alt="From a to b"}\nflowchart LR\n  a --> b\n```\n\nSee @fig-flow.\n'
const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'

function drawingsWith(diagrams: Diagrams | undefined) {
  const kept = new Map<string, string>()
  return {
    get: (key: string) => kept.get(key),
    set: (key: string, svg: string) => void kept.set(key, svg),
    diagrams,
  }
}

test('a diagram should be drawn once, as a figure with a number and words for those who do not see it', async (t) => {
  let count = 0
  const drawings = drawingsWith({
    version: () => '11',
    async draw(source) {
      count += 1
      assert.equal(source, 'flowchart LR\n  a --> b')
      return drawing
    },
  })
  for (const _ of [1, 2]) {
    const { html, said } = await injectText(t, body, { drawings })
    assert.deepEqual(said, [])
    assert.match(
      html[0]!,
      /^<figure class="weft-figure weft-diagram" id="fig-flow"><svg role="img" aria-label="From a to b" [^>]*><path/,
    )
    assert.ok(
      html[0]!.includes(
        '<figcaption><span class="weft-number">Figure\u00a01.</span> A flow</figcaption></figure>',
      ),
    )
    assert.ok(html[0]!.includes('Figure\u00a01</a>'))
  }
  assert.equal(count, 1)
})

test('a diagram that cannot be drawn should show its source, with the reason at its place', async (t) => {
  const failing: Diagrams = {
    version: () => '11',
    draw: () => Promise.reject(new Error('Parse error on line 2')),
  }
  const missing: Diagrams = {
    version() {
      throw new Error('expected the package `mermaid`, found none')
    },
    draw: () => Promise.resolve(drawing),
  }
  const cases: [Diagrams | undefined, string][] = [
    [failing, 'Parse error on line 2'],
    [missing, 'expected the package `mermaid`, found none'],
    [undefined, 'expected a report that is trusted: its source is shown'],
  ]
  for (const [diagrams, reason] of cases) {
    const { html, said } = await injectText(t, body, { drawings: drawingsWith(diagrams) })
    assert.deepEqual(said, [`report.md:4:1 output-renders Cannot draw the diagram \`#fig-flow\`, ${reason}`])
    assert.match(html[0]!, /<pre><code class="language-mermaid">flowchart LR\n {2}a --> b\n<\/code><\/pre>/)
  }
})
