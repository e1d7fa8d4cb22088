import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parse, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { interactiveSpec } from '../../../../src/render/page/client/interactive-spec.ts'
import type { Spec } from '../../../../src/render/page/client/spec.ts'
import { checkFigure, compiled, firstOfKinds, readSpec } from './shipped-figures.ts'

const line: Spec = {
  data: {
    values: [
      { x: 1, y: 0.25, s: 'a' },
      { x: 2, y: 0.5, s: 'b' },
    ],
  },
  mark: 'line',
  encoding: {
    x: { field: 'x', type: 'quantitative', title: 'Epoch', axis: { values: [1, 2] } },
    y: { field: 'y', type: 'quantitative', title: ['Test', 'accuracy'] },
    color: { field: 's', type: 'nominal' },
  },
}

describe('interactiveSpec', () => {
  test('should find figures of many kinds', () => assert.ok(firstOfKinds().length >= 8))

  // The others are in interactive-spec.long.test.ts.
  for (const name of firstOfKinds())
    test(`should compile ${name} without a warning, to the same drawing`, () => checkFigure(name))

  test('should have a complaint to tell of where a specification is wrong', () => {
    const wrong = { ...line, encoding: { ...(line.encoding as Spec), nowhere: { field: 'x' } } }
    assert.notDeepEqual(compiled(wrong).complaints, [])
  })

  test('should let every panel of a learning curve zoom, and know its series', () => {
    const { zooms, series } = interactiveSpec(readSpec('fig-binary-curve.vl.json'))
    assert.equal(zooms, 2)
    assert.deepEqual(series, { field: 'split', names: ['Training', 'Validation'] })
  })

  test('should leave a grid of images as it is', () => {
    const spec = readSpec('fig-units.vl.json')
    const { spec: result, zooms, series } = interactiveSpec(spec)
    const { params, ...rest } = result
    assert.deepEqual(rest, spec)
    assert.equal(zooms, 0)
    assert.equal(series, undefined)
  })

  test('should give a line points to hover, with titles and readable numbers', () => {
    const { spec } = interactiveSpec(line)
    const [own, hover] = spec.layer as [Spec, Spec]
    assert.deepEqual(own.mark, { clip: false, type: 'line' })
    assert.deepEqual((hover.encoding as Spec).tooltip, [
      { field: 's', type: 'nominal' },
      { field: 'x', title: 'Epoch', type: 'quantitative', format: ',d' },
      { field: 'y', title: 'Test accuracy', type: 'quantitative', format: '.4~g' },
    ])
    assert.match(JSON.stringify((hover.transform as Spec[])[0]), /weftShown === null/)
    assert.deepEqual(compiled(spec).complaints, [])
  })

  test('should fade what is not shown, from the opacity that it has', () => {
    const marked = { ...line, mark: { type: 'area', opacity: 0.4 } }
    const { spec } = interactiveSpec(marked)
    const { opacity } = spec.encoding as { opacity: { condition: Spec; value: number } }
    assert.equal(opacity.condition.value, 0.4)
    assert.match(String(opacity.condition.test), /indexof\(weftShown, '' \+ datum\["s"\]\)/)
    assert.ok(opacity.value < 0.1)
  })

  for (const [what, names] of Object.entries({
    numbers: [1, 10],
    booleans: [true, false],
    nothing: [null, 'a'],
  }))
    test(`should show the series that are chosen where their names are ${what}`, async () => {
      const values = names.flatMap((s) => [1, 2].map((x) => ({ x, y: x, s })))
      const { spec, series } = interactiveSpec({ ...line, data: { values }, mark: 'point' })
      assert.deepEqual(series?.names, names.map(String))
      const { vega } = compiled(spec)
      const view = new View(parse(vega as never, undefined, { ast: true }), {
        renderer: 'none',
        expr: expressionInterpreter,
      })
      const faded = async (shown: readonly string[] | null) => {
        await view.signal('weftShown', shown).runAsync()
        return (await view.toSVG()).match(/ opacity="0\.06"/g)?.length ?? 0
      }
      assert.equal(await faded(null), 0)
      assert.equal(await faded([String(names[0])]), 2)
      view.finalize()
    })

  test('should not zoom where an axis has no numbers', () => {
    const bars = {
      data: { values: [{ k: 'a', v: 3 }] },
      mark: 'bar',
      encoding: { x: { field: 'k', type: 'nominal' }, y: { field: 'v', type: 'quantitative' } },
    }
    const { spec, zooms } = interactiveSpec(bars)
    assert.equal(zooms, 0)
    assert.deepEqual((spec.encoding as Spec).tooltip, [
      { field: 'k', type: 'nominal' },
      { field: 'v', type: 'quantitative', format: ',d' },
    ])
    assert.deepEqual(compiled(spec).complaints, [])
  })

  test('should keep the parameters and tooltips that an author wrote', () => {
    const own = {
      ...line,
      params: [{ name: 'mine', value: 1 }],
      encoding: { ...(line.encoding as Spec), tooltip: null },
    }
    const { spec } = interactiveSpec(own)
    assert.equal((spec.encoding as Spec).tooltip, null)
    assert.ok((spec.params as Spec[]).some(({ name }) => name === 'mine'))
  })
})

test('a panel of fields that are paths should not zoom, since vega names no signal after a path', () => {
  const data = { values: [{ p: { q: 1 }, 'r.s': 2, t: 3 }] }
  const q = (field: string) => ({ field, type: 'quantitative' })
  const zoomsOf = (x: string, y: string) =>
    interactiveSpec({ data, mark: 'point', encoding: { x: q(x), y: q(y) } }).zooms
  assert.equal(zoomsOf('t', 't'), 1)
  for (const field of ['p.q', "p['q']", 'r\\.s']) {
    assert.equal(zoomsOf(field, 't'), 0)
    assert.equal(zoomsOf('t', field), 0)
  }
})
