import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { compile, type TopLevelSpec } from 'vega-lite'
import { theme } from '../../../../src/render/charts/theme.ts'
import { interactiveSpec } from '../../../../src/render/page/client/interactive-spec.ts'
import type { Spec } from '../../../../src/render/page/client/spec.ts'
import { type VegaSpec, zoomableVega, zoomScales } from '../../../../src/render/page/client/zoomable-vega.ts'

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

interface Drawn {
  readonly texts: readonly string[]
  readonly paths: readonly string[]
  readonly sizePx: readonly number[]
}

async function drawn(vega: VegaSpec): Promise<Drawn> {
  const view = new View(parse(vega as never), { renderer: 'none' })
  const svg = await view.toSVG()
  view.finalize()
  const visible = svg.replace(/<path[^>]* opacity="0"[^>]*>/g, '')
  return {
    texts: Array.from(visible.matchAll(/<text[^>]*>([^<]*)/g), ([, text]) => text!).sort(),
    paths: Array.from(visible.matchAll(/<path[^>]* d="([^"]*)"/g), ([, path]) => path!).sort(),
    sizePx: /viewBox="([^"]*)"/.exec(svg)![1]!.split(' ').map(Number),
  }
}

// Marks that are always cut off at their panel.
function clips(vega: VegaSpec): number {
  return JSON.stringify(vega).split('"clip":true').length - 1
}

function hoverLayers(vega: VegaSpec): number {
  return JSON.stringify(vega).split('_voronoi"').length > 1
    ? (JSON.stringify(vega).match(/"name":"[^"]*_voronoi"/g)?.length ?? 0)
    : 0
}

describe('interactiveSpec', () => {
  test('should find figures to try', () => assert.ok(figures.length > 20))

  for (const name of figures) {
    test(`should compile ${name} without a warning, to the same drawing`, async () => {
      const spec = readSpec(name)
      const before = JSON.stringify(spec)
      const result = interactiveSpec(spec)
      const { vega, complaints } = compiled(result.spec)
      assert.deepEqual(complaints, [])
      assert.equal(JSON.stringify(spec), before)
      const vegaSpec = zoomableVega(vega)
      const [was, is] = [await drawn(compiled(spec).vega), await drawn(vegaSpec)]
      assert.deepEqual(is.texts, was.texts)
      for (const [index, px] of is.sizePx.entries())
        assert.ok(Math.abs(px - was.sizePx[index]!) <= 2, `${px} px`)
      for (const path of was.paths) assert.ok(is.paths.includes(path), `lost ${path.slice(0, 80)}`)
      // What is cut off would be missing in part: nothing is that was not before.
      assert.equal(clips(vegaSpec), clips(compiled(spec).vega) + hoverLayers(vegaSpec))
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
