import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import test from 'node:test'
import { figureToSvg } from '../../../src/render/output/figure-to-svg.ts'
import { toOutputs } from '../../../src/render/output/to-outputs.ts'
import type { Figure } from '../../../src/render/types.ts'

// Each folder has a figure beside its drawing; a changed one is left there, to look at and to rename.
const folder = new URL('../../fixtures/charts/', import.meta.url)

for (const name of await readdir(folder)) {
  test(`figureToSvg should draw ${name} as before`, async () => {
    const here = new URL(`${name}/`, folder)
    const changed = new URL('expected-changed.svg', here)
    const [figure] = toOutputs(JSON.parse(await readFile(new URL('input.json', here), 'utf8')), name)
    const svg = `${await figureToSvg(figure as Figure, `fig-${name}`)}\n`
    const expected = await readFile(new URL('expected.svg', here), 'utf8').catch(() => undefined)
    if (svg !== expected) await writeFile(changed, svg)
    else await rm(changed, { force: true })
    assert.ok(expected !== undefined, `${name} has no expected.svg: look at ${changed.pathname}`)
    assert.ok(svg === expected, `${name} is drawn otherwise: look at ${changed.pathname}`)
  })
}
