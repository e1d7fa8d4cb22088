import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import * as plain from '../../../../src/render/charts/index.ts'
import * as charts from '../../../../src/render/notebook/kernel/charts.ts'
import { show } from '../../../../src/render/notebook/kernel/index.ts'
import { openDisplay } from '../../../../src/render/notebook/kernel/jupyter.ts'
import { setNotebookHere } from '../../../../src/render/notebook/kernel/notebook-here.ts'
import { figure, markdown, table } from '../../../../src/render/notebook/kernel/output.ts'
import { fakeDisplay } from './fake-display.ts'

const method = Symbol.for('Jupyter.display')
const bars = {
  data: { values: [{ a: 1 }, { a: 2 }] },
  mark: 'bar',
  encoding: { x: { field: 'a', type: 'ordinal' } },
}
const chart = () => figure(bars, { alt: 'Two bars.', caption: 'Bars.' })

afterEach(() => {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for('weft.notebook')]
})

describe('outputs in a notebook', () => {
  it('should show themselves, and be the same plain data as before', async () => {
    const made = table([{ a: 1 }])
    assert.deepEqual(Object.keys(made), ['kind', 'columns', 'rows'])
    assert.equal(JSON.stringify(made).includes('isplay'), false)
    const looks = (output: object) => (output as { [method](): Promise<Record<string, unknown>> })[method]()
    assert.deepEqual(Object.keys(await looks(made)), ['text/html', 'text/plain'])
    assert.deepEqual(await looks(markdown('*so*')), { 'text/markdown': '*so*', 'text/plain': '*so*' })
    const drawn = await looks(chart())
    assert.equal(drawn['text/plain'], 'Two bars.')
    assert.match(String(drawn['image/svg+xml']), /^<svg[^>]*aria-label="Two bars\."/)
    const { $schema, ...spec } = drawn['application/vnd.vegalite.v5+json'] as Record<string, unknown>
    assert.match(String($schema), /vega-lite\/v5/)
    assert.deepEqual(spec.data, bars.data)
    const isPlain = new Set<unknown>(Object.values(plain))
    assert.deepEqual(
      Object.values(charts).filter((make) => isPlain.has(make)),
      [],
    )
  })
})

describe('show', () => {
  it('should show what a cell of a report shows, and wait until it has left the kernel', async () => {
    const { display, shown, bundles } = fakeDisplay()
    setNotebookHere({ root: '/', display })
    await show([chart(), table([{ a: 1 }]), 'done'], 'fig-bars')
    assert.deepEqual(shown, ['show: Two bars.', 'show: a\n1', 'show: done', 'settle'])
    assert.deepEqual(Object.keys(bundles[0]!), [
      'image/svg+xml',
      'application/vnd.vegalite.v5+json',
      'text/plain',
    ])
    await assert.rejects(show(new Map()), /^Error: default: /)
  })
})

describe('openDisplay', () => {
  it('should send one thing after the other, and nothing where there is no kernel', async () => {
    const sent: string[] = []
    const display = openDisplay({
      async broadcast(type, content) {
        if (sent.length === 0) await new Promise((go) => setTimeout(go, 20))
        sent.push(`${type} ${JSON.stringify(content.transient)}`)
      },
    })
    void display.show({ 'text/plain': 'a' }, 'one')
    void display.update({ 'text/plain': 'b' }, 'one')
    void display.show({ 'text/plain': 'c' })
    await display.settle()
    assert.deepEqual(sent, [
      'display_data {"display_id":"one"}',
      'update_display_data {"display_id":"one"}',
      'display_data {}',
    ])
    await openDisplay().show({ 'text/plain': 'nobody sees it' })
  })
})
