import assert from 'node:assert/strict'
import test from 'node:test'
import { changesOf } from '../../../src/render/check/changes.ts'
import type { Numbers } from '../../../src/render/check/numbers.ts'
import type { LockedProfile } from '../../../src/render/model/lock.ts'

type Shown = LockedProfile['shown'][number]

function shownOf(source: string, text: string, kind: Shown['kind'] = 'value', id?: string): Shown {
  return { id, file: 'part-b.md', kind, source, text, read: {}, printed: [] }
}

function lockedOf(own: Partial<LockedProfile>): LockedProfile {
  const none = {
    cells: {},
    jobs: {},
    figures: [],
    shown: [],
    tables: {},
    drawings: {},
    sources: {},
    seals: {},
    measured: {},
    environments: [],
  }
  return { ...none, kept: true, ...own }
}

function numbersOf({ shown, tables }: LockedProfile): Numbers {
  const position = (line: number) => ({ start: { line, column: 1 }, end: { line, column: 2 } })
  const columns = [{ key: 'accuracy', title: 'Accuracy', align: 'right' as const }]
  return {
    shown: new Map(
      shown.map(({ id = '', ...one }, number) => [
        id,
        { expression: { ...one, id, position: position(88 + number) } },
      ]),
    ),
    tables,
    columns: new Map(Object.keys(tables).map((id) => [id, columns])),
    figures: new Map(),
    labels: new Map(),
    outputs: new Map(),
  }
}

function changes(before: Partial<LockedProfile> | undefined, after: Partial<LockedProfile>): string[] {
  const shown = after.shown?.map((one, number) => ({ ...one, id: one.id ?? `of ${number}` })) ?? []
  const now = lockedOf({ ...after, shown })
  return changesOf(before && lockedOf(before), now, numbersOf(now))
}

test('changesOf should list the old and new texts with their places', () => {
  const before = {
    shown: [shownOf('a', '91.2 %'), shownOf('a', '91.2 %'), shownOf('b > a', 'true', 'claim')],
  }
  const after = {
    shown: [shownOf('a', '91.2 %'), shownOf('a', '91.4 %'), shownOf('b > a', 'false', 'claim')],
  }
  assert.deepEqual(changes(before, after), [
    '91.2 % becomes 91.4 % in part-b.md:89',
    'the claim `b > a` becomes false in part-b.md:90',
  ])
  assert.deepEqual(changes(after, after), [])
})

test('changesOf should match a value by its id, and a value with a new id by its source', () => {
  const before = {
    shown: [
      shownOf('a', '1', 'value', 'one/v-a'),
      shownOf('a', '2', 'value', 'two/v-a'),
      shownOf('b', '3', 'value', 'old/v-b'),
      shownOf('c', '4', 'value', 'old/v-c'),
    ],
  }
  const after = {
    shown: [
      shownOf('a', '9', 'value', 'new/v-a'),
      shownOf('b', '3', 'value', 'renamed/v-b'),
      shownOf('a', '2', 'value', 'two/v-a'),
      shownOf('a', '1', 'value', 'one/v-a'),
    ],
  }
  assert.deepEqual(changes(before, after), ['new: 1 value', 'gone: 1 value'])
})

test('changesOf should sum up tables and figures, and count new and missing ones', () => {
  const cell = (raw: number) => ({ raw, text: String(raw) })
  const before = {
    tables: { 'tbl-depth': { '[0].accuracy': cell(1), '[1].accuracy': cell(0.912) }, plain: { '': cell(3) } },
    drawings: { 'fig-a': 'x', 'fig-b': 'y' },
    shown: [shownOf('gone', '1')],
  }
  const after = {
    tables: { 'tbl-depth': { '[0].accuracy': cell(1), '[1].accuracy': cell(0.914) }, plain: { '': cell(4) } },
    drawings: { 'fig-a': 'z', 'fig-c': 'y' },
    shown: [shownOf('new', '1'), shownOf('newer', '1')],
  }
  assert.deepEqual(changes(before, after), [
    '#tbl-depth: 1 of 2 numbers changes, 0.912 becomes 0.914 in row 2, Accuracy',
    '#plain: 3 becomes 4',
    '#fig-a: the figure changes',
    'new: 2 values, 1 figure',
    'gone: 1 value, 1 figure',
  ])
})

test('changesOf should stop after forty lines, and count everything as new at first', () => {
  const list = (text: string) => Array.from({ length: 43 }, (_, index) => shownOf(`a${index}`, text))
  const lines = changes({ shown: list('1') }, { shown: list('2') })
  assert.equal(lines.length, 41)
  assert.equal(lines.at(-1), 'and 3 more changes')
  assert.deepEqual(changes(undefined, { shown: list('1') }), ['new: 43 values'])
})
