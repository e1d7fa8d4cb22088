import assert from 'node:assert/strict'
import test from 'node:test'
import { bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { bundleOnly, codeAlone, read } from './bundle-only.ts'

// All cells of the shipped report take minutes, so by default this uses some of them.
const isWhole = process.env.WEFT_BUNDLES !== undefined

// The bundles of these once depended on a cell that they do not need.
const once = ['model', 'baseline', 'fig-confusion', 'norm-facts']

test('a cell of the shipped report should have the same bundle alone, with all others, and without one of them', async () => {
  const tree = read('report-src/report.md')
  const all = await bundleReport(tree)
  const labels = [...all.cells.keys()]
  const sample = labels.filter((label, index) => isWhole || index % 20 === 0 || once.includes(label))
  // We do not use equal(), since it would print both bundles.
  for (const label of sample)
    assert.ok((await codeAlone(tree, label, all)) === all.cells.get(label)!.code, `#${label} alone`)
  for (const off of isWhole ? labels : ['graph', 'model']) {
    const { cells: left } = await bundleOnly(tree, (label) => label !== off)
    const moved = [...left.keys()].filter((label) => left.get(label)!.code !== all.cells.get(label)!.code)
    const needs = (label: string) => all.cells.get(label)!.needs.map((name) => all.owners.get(name))
    assert.deepEqual(
      moved.filter((label) => !needs(label).includes(off)),
      [],
      `without #${off}`,
    )
  }
})
