import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packTexts, unpackTexts } from '../../../src/render/bundle/pack-texts.ts'

const shared = Array.from({ length: 400 }, (_, index) => `const name${index} = ${index};`).join('')

test('packTexts should keep what texts begin with once', () => {
  const texts = Array.from({ length: 50 }, (_, index) => `${shared}export const own = ${index}`)
  assert.ok(JSON.stringify(packTexts(texts)).length < 1.5 * shared.length + 50 * 400)
  assert.deepEqual(unpackTexts(packTexts(texts)), texts)
})

test('packTexts should give back any texts', () => {
  const other = shared.replaceAll('name', 'word')
  const texts = [
    ...[
      '',
      'short',
      shared,
      shared,
      '',
      `${shared}more`,
      shared.slice(0, 5_000),
      other,
      `${other}😀`,
      shared,
    ],
    ...[shared.slice(0, 2_560), shared.slice(0, 2_561), `${shared.slice(0, 2_560)}x`, `x${shared}`],
  ]
  assert.deepEqual(unpackTexts(packTexts(texts)), texts)
  assert.deepEqual(unpackTexts(packTexts([...texts].reverse())), [...texts].reverse())
  assert.deepEqual(unpackTexts(packTexts([])), [])
})
