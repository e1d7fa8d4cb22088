import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { bundleReport } from '../../../src/render/bundle/bundle-report.ts'
import { messagesOf } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject } from '../execute/temporary-project.ts'
import { codeAlone, read } from './bundle-only.ts'

const shared = {
  'sizes.json': '{ "width": 28, "height": 14, "own-name": 1 }',
  'old.cjs': 'exports.found = 3; exports.classes = (n) => n + exports.found',
  'lazy.ts': 'export const found = 5, tally = 6; globalThis.lazy = found',
  'main.ts':
    "import { found } from './lazy.ts'\nexport const classes = (found2: number) => found + found2\nconsole.log('main')",
  'again.ts':
    "import * as lazy from './lazy.ts'\nexport * from './main.ts'\nexport default function found() { return lazy }",
  'notes.txt': 'found',
  'rows.csv': 'found,classes\n1,2\n',
}

// Each is a complete cell. It mentions `found`, `classes` or `tally` of #names without using these exports, or imports
// in its own way what other cells import too.
const bodies = [
  'export default [1].map((found) => found + base)',
  'export default ((classes: number) => { const found = classes; return () => found * base })(1)()',
  'export default { found: base, classes() { return base }, get tally() { return base } }',
  'found: for (;;) { if (base > 1) break found }\nexport default base',
  'class K { static found = base; #classes = 1; tally() { return this.#classes } }\nexport default new K().tally()',
  'try { throw base } catch (found) { console.log(found) }\nexport default base',
  'const { found: one, ...classes_ } = { found: base, classes: 2 }\nexport default [one, classes_]',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
  'export default `found ${base} classes ${((tally) => `${tally}`)(1)}`',
  'export default /found|classes/.test("tally") ? base : "found"',
  'namespace N { export const found = base }\nenum E { classes = 1 }\nexport default [N.found, E.classes]',
  'type found = number\ninterface classes { tally: found }\nconst one: classes = { tally: base }\nexport default one',
  'export default (function found(classes: number): number { return classes ? base : found(1) })(1)',
  "import sizes from './sizes.json'\nexport default sizes['own-name'] + base",
  "import { width } from './sizes.json'\nexport default width + base",
  "import { height as found2 } from './sizes.json'\nexport default ((classes) => found2 + classes)(base)",
  "import old from './old.cjs'\nexport default old.classes(base)",
  "import { classes as rename } from './old.cjs'\nexport default rename(base)",
  "const { found: one } = await import('./lazy.ts')\nexport default one + base",
  "import './lazy.ts'\nexport default base",
  "import { tally as one } from './lazy.ts'\nexport default one + base",
  "import { classes as rename } from './main.ts'\nexport default rename(base)",
  "import make, { classes as rename } from './again.ts'\nexport default [make, rename(base)]",
  "import * as all from './again.ts'\nexport default [all, base]",
  "import notes from './notes.txt'\nimport rows from './rows.csv'\nexport default [notes, rows, base]",
  "import { table } from 'weft/output'\nexport default table([{ found: base }], { caption: 'found' })",
  "import { scalarOf } from 'weft/output'\nimport { lineChart } from 'weft/charts'\nexport default [scalar(base), lineChart]",
  "import * as g from 'weft/graph'\nexport default g.placeholder('found', [base]).name",
  "import { relu } from 'weft/graph'\nimport { fit } from 'weft/keras'\nexport default [relu, fit, base]",
  "import { run } from 'weft/experiment'\nexport default [run, base]",
  'export default [params.found, params.classes, base]',
  'export default { ...params, base }',
  'export default ((params: number) => params + base)(1)',
]

const params = { params: { full: { found: 1, classes: 2 } } }
const names = cell('names', 'export const found = 1, classes = 2, tally = 3')
const base = cell('base', 'export const base = 2')
const cells = bodies.map((body, index) => cell(`cell-${index}`, body))

test('a bundle should be the same alone, with all other cells, and in another order', async (t) => {
  const report = (...parts: string[]) => ({ ...shared, 'report.md': reportOf(parts.join(''), params) })
  const path = join(temporaryProject(t, report(names, base, ...cells)), 'report.md')
  const tree = read(path)
  const all = await bundleReport(tree)
  assert.deepEqual(messagesOf(tree.report.files), [])
  const turned = temporaryProject(t, report(base, ...cells.toReversed(), names))
  const others = await bundleReport(read(join(turned, 'report.md')))
  for (const [index, body] of bodies.entries()) {
    const label = `cell-${index}`
    const { code, needs } = all.cells.get(label)!
    assert.deepEqual(needs, ['base'], body)
    assert.equal(await codeAlone(tree, label, all), code, body)
    assert.equal(others.cells.get(label)!.code, code, body)
  }
})

test('a bundle should keep the names of its author even if an earlier cell exports the same names', async (t) => {
  const root = temporaryProject(t, { 'report.md': reportOf(names + base + cells[0]!, params) })
  const { cells: bundles } = await bundleReport(read(join(root, 'report.md')))
  const code =
    'var $weft_earlier_base=__weft.earlier("base");' +
    'var cell_0_default=[1].map(found=>found+$weft_earlier_base);export{cell_0_default as default};\n'
  assert.equal(bundles.get('cell-0')!.code, code)
})

test('a bundle should need what its cell uses, not what its strings mention', async (t) => {
  const text = cell('text', 'export default \'__weft.earlier("found") and __weft.param("found")\'')
  const root = temporaryProject(t, { 'report.md': reportOf(names + base + text, params) })
  const { needs, params: used } = (await bundleReport(read(join(root, 'report.md')))).cells.get('text')!
  assert.deepEqual([needs, used], [[], []])
})
