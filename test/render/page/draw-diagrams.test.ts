import assert from 'node:assert/strict'
import test from 'node:test'
import { authorSvg } from '../../../src/render/output/draw/author-svg.ts'
import { openDiagrams } from '../../../src/render/page/draw-diagrams.ts'

test('Mermaid should draw a diagram in the browser that prints, equal each time and with rules of its own', async () => {
  const diagrams = openDiagrams(process.cwd())
  try {
    assert.match(diagrams.version(), /^11\./)
    const source = 'sequenceDiagram\n  Alice->>Bob: Grüße'
    const drawing = await diagrams.draw(source)
    assert.match(drawing, /Grüße/)
    assert.doesNotMatch(drawing, /foreignObject|@keyframes|#d[ {.]/)
    assert.equal(await diagrams.draw(source), drawing)
    // It is one drawing without HTML, as an author's own is.
    assert.match(authorSvg(drawing, { id: 'fig-a', alt: 'Two' }), /^<svg role="img" aria-label="Two"/)
    await assert.rejects(
      diagrams.draw('flowchart LR\n  A -->\n  ->'),
      /^Error: Parse error on line \d.*, found '/,
    )
  } finally {
    await diagrams.close()
  }
})
