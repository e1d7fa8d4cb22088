import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'
import { compile, type TopLevelSpec } from 'vega-lite'
import { theme } from '../../../../src/render/charts/theme.ts'
import { interactiveSpec } from '../../../../src/render/page/client/interactive-spec.ts'
import type { Spec } from '../../../../src/render/page/client/spec.ts'
import { type VegaSpec, zoomScales, zoomableVega } from '../../../../src/render/page/client/zoomable-vega.ts'

const folder = fileURLToPath(new URL('../../../../figures/', import.meta.url))
const figures = readdirSync(folder).filter((name) => name.endsWith('.vl.json'))

function readSpec(name: string): Spec {
  return JSON.parse(readFileSync(folder + name, 'utf8'))
}

function compiled(spec: Spec): { vega: VegaSpec; complaints: string[] } {
  const complaints: string[] = []
  const keep = (...words: readonly unknown[]) => {
    complaints.push(words.join(' '))
    return logger
  }
  const drop = () => logger
  const logger = { level: drop as never, error: keep, warn: keep, info: drop, debug: drop }
  const { spec: vega } = compile(spec as unknown as TopLevelSpec, { config: theme as never, logger })
  return { vega: vega as unknown as VegaSpec, complaints }
}

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
  test('should find figures to try', () => assert.ok(figures.length > 20))

  for (const name of figures) {
    test(`should compile ${name} without a warning, and leave it as it is`, () => {
      const spec = readSpec(name)
      const before = JSON.stringify(spec)
      const result = interactiveSpec(spec)
      const { vega, complaints } = compiled(result.spec)
      assert.deepEqual(complaints, [])
      assert.equal(JSON.stringify(spec), before)
      assert.equal(zoomScales(zoomableVega(vega)).length, 2 * result.zooms)
    })
  }

  test('should have a complaint to tell of where a specification is wrong', () => {
    const wrong = { ...line, encoding: { ...(line.encoding as Spec), nowhere: { field: 'x' } } }
    assert.notDeepEqual(compiled(wrong).complaints, [])
  })

  test('should let every panel of a learning curve zoom, and know its series', () => {
    const { zooms, series } = interactiveSpec(readSpec('fig-baseline.vl.json'))
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
    const [drawn, hover] = spec.layer as [Spec, Spec]
    assert.equal((drawn.mark as string), 'line')
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
    assert.match(String(opacity.condition.test), /indexof\(weftShown, datum\["s"\]\)/)
    assert.ok(opacity.value < 0.1)
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
    const own = { ...line, params: [{ name: 'mine', value: 1 }], encoding: { ...(line.encoding as Spec), tooltip: null } }
    const { spec } = interactiveSpec(own)
    assert.equal((spec.encoding as Spec).tooltip, null)
    assert.ok((spec.params as Spec[]).some(({ name }) => name === 'mine'))
  })
})
