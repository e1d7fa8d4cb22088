import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkImports } from './check-imports.ts'

test('imports that point down should pass', () => {
  assert.deepEqual(
    check({
      'src/cli/cli.ts':
        "import { build } from '../render/pipeline/build.ts'\nimport { fit } from '../experiments/keras/fit.ts'",
      'src/render/pipeline/build.ts': "export * from '../model/types.ts'\nexport const build = 1",
      'src/render/model/types.ts':
        "import { mean } from '../../statistics/spread.ts'\nimport ts from 'typescript'",
      'src/experiments/keras/fit.ts': "import { node } from '../graph/node.ts'\nexport const fit = 1",
      'src/experiments/graph/node.ts': "export type Engine = typeof import('weft/engine')",
      'src/statistics/spread.ts': 'export const mean = 1',
      'test/cli/cli.test.ts': "import '../../src/cli/cli.ts'",
    }),
    [],
  )
})

test('a circle of two files should be reported with the names that tie it, types included', () => {
  assert.deepEqual(
    check({
      'src/render/page/a.ts': "import { type One, two as second } from './b.ts'\nexport type Three = 3",
      'src/render/page/b.ts':
        "export type One = 1\nexport const two = 2\nexport type Own = import('./a.ts').Three",
      'src/render/page/c.ts': "import './a.ts'",
    }),
    [
      [
        'Files import each other in a circle; move what ties it to a file below both:',
        '  src/render/page/a.ts takes One, two from src/render/page/b.ts',
        '  src/render/page/b.ts takes Three from src/render/page/a.ts',
      ].join('\n'),
    ],
  )
})

test('each knot should be reported once, by a shortest circle', () => {
  const faults = check({
    'src/render/page/a.ts': "import type { B } from './b.ts'",
    'src/render/page/b.ts': "import * as c from './c.ts'\nexport { A as default } from './a.ts'",
    'src/render/page/c.ts': "export * from './a.ts'",
    'src/render/print/d.ts': "await import('./e.ts')",
    'src/render/print/e.ts': "import d from './d.ts'",
    'src/render/print/f.ts': "import { f } from './f.ts'",
  })
  assert.deepEqual(
    faults.map((fault) => fault.split('\n').slice(1)),
    [
      [
        '  src/render/page/a.ts takes B from src/render/page/b.ts',
        '  src/render/page/b.ts takes A from src/render/page/a.ts',
      ],
      [
        '  src/render/print/d.ts takes import() from src/render/print/e.ts',
        '  src/render/print/e.ts takes default from src/render/print/d.ts',
      ],
      ['  src/render/print/f.ts takes f from src/render/print/f.ts'],
    ],
  )
})

test('an import of a room above should be reported at its line, also from a nested folder', () => {
  assert.deepEqual(
    check({
      'src/render/syntax/problem-of.ts': "\nimport type { Kinds } from '../assemble/registers/kinds.ts'",
      'src/render/assemble/registers/kinds.ts':
        "import { problemOf } from '../../syntax/problem-of.ts'\nexport type Kinds = 1",
      'src/render/model/types.ts': "import { test } from '../../../test/house/rooms.ts'",
    }).filter((fault) => !fault.startsWith('Files')),
    [
      'src/render/syntax/problem-of.ts:2: takes Kinds from ../assemble/registers/kinds.ts: imports point down, and src/render/assemble is above src/render/syntax',
      'src/render/model/types.ts:1: takes test from ../../../test/house/rooms.ts: imports point down, and test is above src/render/model',
    ],
  )
})

test('publishing and computing should not know each other, nor statistics either', () => {
  assert.deepEqual(
    check({
      'src/experiments/part-a/binary.ts': "import '../../render/charts/index.ts'",
      'src/render/charts/index.ts': '',
      'src/render/output/index.ts': "import type { Binary } from '#experiments/part-a/binary'",
      'src/statistics/spread.ts': "import { spread } from '../render/model/spread.ts'",
    }),
    [
      'src/experiments/part-a/binary.ts:1: takes effects from ../../render/charts/index.ts: computing and publishing do not know each other',
      'src/render/output/index.ts:1: takes Binary from #experiments/part-a/binary: publishing and computing do not know each other',
      'src/statistics/spread.ts:1: takes spread from ../render/model/spread.ts: imports point down, and src/render/model is above src/statistics',
    ],
  )
})

test('the public entries should be for cells, and every file should lie in a room', () => {
  assert.deepEqual(
    check({
      'src/render/assemble/inject.ts': "import { figure } from 'weft/output'",
      'test/fixtures/cell.ts': "import { figure } from 'weft/output'",
      'src/render/loose.ts': '',
      'src/experiments/part-d/new.ts': '',
      'src/experiments/experiment.ts': '',
    }),
    [
      'src/render/assemble/inject.ts:1: takes figure from weft/output: src imports its own files by their paths',
      'src/render/loose.ts: lies in no room of test/house/rooms.ts',
      'src/experiments/part-d/new.ts: lies in no room of test/house/rooms.ts',
    ],
  )
})

function check(texts: Readonly<Record<string, string>>): string[] {
  return checkImports(new Map(Object.entries(texts)))
}
