import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import ts from 'typescript'
import { FaultMemory } from '../../../../src/render/bundle/types/fault-memory.ts'
import { findFaults } from '../../../../src/render/bundle/types/find-faults.ts'
import { TypedReport } from '../../../../src/render/bundle/types/typed-report.ts'
import { type Fault, typedSource } from '../../../../src/render/bundle/types/typed-source.ts'
import { seededRandom } from '../../../../src/statistics/random.ts'
import {
  cell,
  type Files,
  reportOf,
  temporaryProject,
  values,
  writeFiles,
} from '../../execute/temporary-project.ts'
import { treeOf } from './typescript-project.ts'

// What each place of the report may hold; the first is right with the first of all others.
const variants = {
  one: [
    'export const one = 1',
    "export const one = 'text'",
    'export const uno = 1',
    'export const one: number =',
  ],
  two: [
    "import { shape } from './shape.ts'\nexport const two = shape(one)",
    "import { shape } from './shape.ts'\nconst more = 1\nexport const two = shape(one)",
    'export const two = { size: one }',
    "import { lost } from './lost.ts'\nexport const two = lost",
  ],
  three: [
    'export const three = two.size.toFixed(1)',
    'export const three = two.side',
    'export const three = two',
    'export function three() { return two }',
  ],
  value: ['three.length', 'two.size * 2', 'one + nothing', 'params.n.length'],
  params: [{ n: 1 }, { n: 'text' }, { m: 1 }],
  shape: [
    "import type { Shape } from './deep.ts'\nexport const shape = (size: number): Shape => ({ size })\n",
    "import type { Shape } from './deep.ts'\nexport const shape = (side: string): Shape => ({ size: 2, side })\n",
    'export const shape = (n: number) => ({ size: String(n) })\nconst wrong: string = 1\n',
  ],
  deep: [
    'export interface Shape { size: number }\n',
    'export interface Shape { size: number; side: string }\n// Longer.\n',
    'export type Shape = { size: string }\n',
    '',
  ],
  lost: ['', 'export const lost = { size: 1 }\n'],
  global: ['// None.\n', 'declare const nothing: number\n'],
} as const

type Place = keyof typeof variants
const places = Object.keys(variants) as Place[]

function filesOf(chosen: Readonly<Record<Place, number>>) {
  const of = (place: Place) => variants[place][chosen[place]]
  const first = [
    'Words.\n'.repeat(chosen.one),
    cell('one', "import './global.d.ts'", of('one') as string),
    cell('two', of('two') as string),
  ]
  return {
    'report.md': reportOf(first.join(''), { chapters: ['next.md'], params: { full: of('params') } }),
    'next.md': `${cell('three', of('three') as string)}${values(of('value') as string)}`,
    'shape.ts': of('shape') as string,
    'deep.ts': of('deep') as string,
    'lost.ts': of('lost') as string,
    'global.d.ts': of('global') as string,
  }
}

function open(t: Parameters<typeof temporaryProject>[0]) {
  const chosen = Object.fromEntries(places.map((place) => [place, 0])) as Record<Place, number>
  const root = temporaryProject(t, filesOf(chosen))
  let written: Files = {}
  const read = () => {
    const files = filesOf(chosen)
    // An absent file is one that is empty here.
    for (const [path, text] of Object.entries(files))
      if (text === '') rmSync(join(root, path), { force: true })
      else if (text !== written[path]) writeFiles(root, { [path]: text })
    written = files
    return typedSource(treeOf(root))
  }
  const report = new TypedReport(ts, read())
  return { chosen, report, memory: new FaultMemory(report), update: () => report.update(read()) }
}

test('declarations that stay the same, but name others that change, should be followed', (t) => {
  const { chosen, report, memory, update } = open(t)
  assert.deepEqual(memory.check(), [])
  while (memory.prepare());
  chosen.deep = 2
  update()
  const found = sorted(memory.check())
  assert.match(found.join(), /`toFixed` does not exist on type `string`/)
  assert.deepEqual(found, sorted(findFaults(report)))
})

test('what is remembered should be what a check of everything finds, whatever is edited in between', (t) => {
  const { below: pick } = seededRandom(7)
  const { chosen, report, memory, update } = open(t)
  assert.deepEqual(memory.check(), [])
  let found = 0
  for (let step = 1; step <= 200; step++) {
    for (let edits = pick(2) + 1; edits > 0; edits--) {
      const place = places[pick(places.length)]!
      chosen[place] = pick(variants[place].length)
    }
    update()
    if (pick(4) === 0) {
      // Another edit comes before the check has ended.
      memory.checkSteps([]).next()
      continue
    }
    if (pick(3) === 0) while (memory.prepare());
    const remembered = sorted(memory.check())
    assert.deepEqual(remembered, sorted(findFaults(report)), `step ${step}: ${JSON.stringify(chosen)}`)
    if (step % 10 === 0)
      assert.deepEqual(
        remembered,
        sorted(findFaults(new TypedReport(ts, report.source))),
        `fresh, step ${step}`,
      )
    found += remembered.length
  }
  assert.ok(found > 100, `${found} faults`)
})

function sorted(faults: readonly Fault[]): string[] {
  return faults.map((fault) => JSON.stringify(fault)).sort()
}
