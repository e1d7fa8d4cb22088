import assert from 'node:assert/strict'
import test from 'node:test'
import { reasonToCompute } from '../../../src/render/cache/reason.ts'
import type { Json, StoredResult } from '../../../src/render/model/types.ts'

const parts = { format: '1', bundle: 'b', 'param:epochs': 'e', 'export:binary': 'x', 'package:zod': 'z' }
const previous = (
  changes: Record<string, string | undefined>,
  params: Record<string, Json> = { epochs: 20 },
) =>
  ({
    parts: Object.fromEntries(
      Object.entries({ ...parts, ...changes }).filter(([, value]) => value !== undefined),
    ),
    provenance: { params },
  }) as unknown as StoredResult

const cases: [StoredResult | undefined, string][] = [
  [undefined, 'new'],
  [previous({}), 'asked to'],
  [previous({ bundle: 'other' }), 'code changed'],
  [previous({ 'param:epochs': 'other' }), 'params.epochs changed 20 -> 40'],
  [previous({ 'param:epochs': 'other' }, { epochs: 'x'.repeat(99) }), 'params.epochs changed'],
  [previous({ 'param:epochs': undefined }, {}), 'params.epochs changed'],
  [previous({ 'param:gone': 'g' }, { gone: 1 }), 'params.gone changed'],
  [previous({ 'export:binary': 'other' }), 'binary changed'],
  [previous({ 'package:zod': 'other' }), 'package zod changed'],
  [previous({ format: '0' }), 'format changed'],
  [
    previous({ bundle: 'o', 'export:binary': 'o', 'package:zod': 'o' }),
    'code changed, binary changed, package zod changed',
  ],
  [
    previous({ bundle: 'o', 'export:binary': 'o', 'package:zod': 'o', 'param:epochs': 'o' }),
    'code changed, binary changed and 2 more',
  ],
]

test('reasonToCompute should say in a few words what changed', () => {
  for (const [before, words] of cases) assert.equal(reasonToCompute(parts, { epochs: 40 }, before), words)
})

test('a file that was read should be named where it has changed', () => {
  const stored = { parts: { bundle: 'a' }, provenance: {} } as unknown as StoredResult
  const reason = (parts: Record<string, string>, ...changed: string[]) =>
    reasonToCompute(parts, {}, stored, undefined, changed)
  assert.equal(reason({ bundle: 'a' }, 'data/a.csv'), 'data/a.csv changed')
  assert.equal(reason({ bundle: 'b' }, 'data/a.csv'), 'code changed, data/a.csv changed')
})
