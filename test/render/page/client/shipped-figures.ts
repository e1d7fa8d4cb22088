import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { theme } from '../../../../src/render/charts/theme.ts'
import { interactiveSpec } from '../../../../src/render/page/client/interactive-spec.ts'
import type { Spec } from '../../../../src/render/page/client/spec.ts'
import { type VegaSpec, zoomableVega, zoomScales } from '../../../../src/render/page/client/zoomable-vega.ts'

const folder = fileURLToPath(new URL('../../../../figures/', import.meta.url))
/** The names of the specifications of the shipped report's figures. */
export const figures = readdirSync(folder).filter((name) => name.endsWith('.vl.json'))

/** Reads one of them. */
export function readSpec(name: string): Spec {
  return JSON.parse(readFileSync(folder + name, 'utf8'))
}

/** Compiles a specification, and gives what vega-lite complains of. */
export function compiled(spec: Spec): { vega: VegaSpec; complaints: string[] } {
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

/** Gives the first figure of each kind: those of one kind have the same marks, put together in the same ways. */
export function firstOfKinds(): string[] {
  const kinds = new Map<string, string>()
  for (const name of figures.toReversed()) kinds.set(kindOf(readSpec(name)), name)
  return [...kinds.values()]
}

const composing = ['layer', 'hconcat', 'vconcat', 'concat', 'facet', 'repeat', 'transform']

function kindOf(spec: Spec): string {
  const parts = new Set<string>()
  JSON.stringify(spec, (key, value) => {
    if (composing.includes(key)) parts.add(key)
    if (key === 'mark') parts.add(typeof value === 'string' ? value : value.type)
    return key === 'data' || key === 'datasets' ? undefined : value
  })
  return [...parts].sort().join()
}

/** Tests that the live form of a figure draws what its printed form draws, and zooms. */
export async function checkFigure(name: string): Promise<void> {
  const spec = readSpec(name)
  const before = JSON.stringify(spec)
  const result = interactiveSpec(spec)
  const { vega, complaints } = compiled(result.spec)
  assert.deepEqual(complaints, [])
  assert.equal(JSON.stringify(spec), before)
  const vegaSpec = zoomableVega(vega)
  const [was, is] = [await drawn(compiled(spec).vega), await drawn(vegaSpec)]
  assert.deepEqual(is.texts, was.texts)
  for (const [index, px] of is.sizePx.entries()) assert.ok(Math.abs(px - was.sizePx[index]!) <= 2, `${px} px`)
  for (const path of was.paths) assert.ok(is.paths.includes(path), `lost ${path.slice(0, 80)}`)
  // What is cut off would be missing in part: nothing is that was not before.
  assert.equal(clips(vegaSpec), clips(compiled(spec).vega) + hoverLayers(vegaSpec))
  assert.equal(zoomScales(zoomableVega(vega)).length, 2 * result.zooms)
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
