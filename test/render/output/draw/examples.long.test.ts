import assert from 'node:assert/strict'
import test from 'node:test'
import { parse, View, Warn } from 'vega'
import { compile } from 'vega-lite'
import { expectedLines, outcomeOf, readExamples } from './examples.ts'

const examples = Object.entries(readExamples())

test('figureToSvg should draw all specifications, or say why not', async () => {
  const { lines, keep } = expectedLines()
  const found = new Map<string, string>()
  for (const [name, spec] of examples) found.set(name, (await outcomeOf(spec)).line)
  keep(found)
  assert.deepEqual(found, lines)
})

test('figureToSvg should draw all specifications alike without making code of them', async () => {
  for (const [name, spec] of examples) {
    const [made, read] = [await outcomeOf(spec), await outcomeOf(spec, { isInterpreted: true })]
    assert.equal(read.line.startsWith('drawn'), made.line.startsWith('drawn'), `${name}: ${read.line}`)
    assert.equal(read.svg, made.svg, name)
  }
})

test('what vega draws and figureToSvg refuses should be named in the reason', async () => {
  const named =
    /found (?:[`"]|field "|\d+ values for)|expected data in the specification|no mark that could be drawn/
  for (const [name, spec] of examples) {
    const { line } = await outcomeOf(spec)
    if (line.startsWith('refused') && (await isDrawnByVega(spec))) assert.match(line, named, name)
  }
})

async function isDrawnByVega(spec: object): Promise<boolean> {
  try {
    const { spec: vegaSpec } = compile(structuredClone(spec) as never)
    const view = new View(parse(vegaSpec), { renderer: 'none', logLevel: Warn - 1 })
    const svg = await view.toSVG()
    view.finalize()
    return svg.startsWith('<svg')
  } catch {
    return false
  }
}
