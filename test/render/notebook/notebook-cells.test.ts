import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cell } from '../../../src/render/model/types.ts'
import { freeName } from '../../../src/render/notebook/notebook-cells.ts'

const taken = (...sources: string[]) =>
  freeName(['shown', 'output'], { cells: sources.map((source) => ({ source }) as Cell) })

test('freeName should give the first name that no cell has, or the last one with a number', () => {
  assert.equal(taken('const showns = 1'), 'shown')
  assert.equal(taken('const shown = 1'), 'output')
  assert.equal(taken('const shown = 1', 'output(shown)'), 'output2')
  assert.equal(taken('shown + output + output2'), 'output3')
})
