import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { COLUMN_WIDTH_PX } from '../../../src/render/charts/theme.ts'
import { figureToSvg } from '../../../src/render/output/draw/figure-to-svg.ts'
import { figureOf } from './chart-call.ts'
import { clashesIn, strayIn } from './drawn-boxes.ts'

// Each folder has a figure, or the call of a chart, and its drawing. The test leaves a changed drawing there, to
// inspect and to rename.
const folder = new URL('../../fixtures/charts/', import.meta.url)

for (const name of await readdir(folder)) {
  test(`figureToSvg should draw ${name} as before`, async () => {
    const here = new URL(`${name}/`, folder)
    const changed = new URL('expected-changed.svg', here)
    const svg = await drawn(name)
    const expected = await readFile(new URL('expected.svg', here), 'utf8').catch(() => undefined)
    if (svg !== expected) await writeFile(changed, svg)
    else await rm(changed, { force: true })
    assert.ok(expected !== undefined, `${name} has no expected.svg: look at ${fileURLToPath(changed)}`)
    assert.ok(svg === expected, `${name} is drawn otherwise: look at ${fileURLToPath(changed)}`)
  })

  test(`figureToSvg should draw ${name} within the column, without overlapping texts`, async () => {
    const svg = await drawn(name)
    assert.ok(Number(/ width="(\d+)"/.exec(svg)?.[1]) <= COLUMN_WIDTH_PX)
    assert.deepEqual(await strayIn(svg), [])
    assert.deepEqual(await clashesIn(svg), [])
  })
}

async function drawn(name: string): Promise<string> {
  const input = JSON.parse(await readFile(new URL(`${name}/input.json`, folder), 'utf8'))
  return `${await figureToSvg(figureOf(input, name), `fig-${name}`)}\n`
}
