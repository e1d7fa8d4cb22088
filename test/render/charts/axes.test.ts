import assert from 'node:assert/strict'
import test from 'node:test'
import { settledChannel } from '../../../src/render/charts/channel.ts'
import { numberAxis, thinned } from '../../../src/render/charts/number-axis.ts'
import { numberLabels, ownLabels, unitOf } from '../../../src/render/charts/number-label.ts'
import { textRoom, wrapped } from '../../../src/render/charts/text-room.ts'
import { linearTicks, logTicks, niceDomain } from '../../../src/render/charts/ticks.ts'
import { openTextWidth } from '../../../src/render/output/draw/text-width.ts'

test('textRoom should never be narrower than the text', async () => {
  const textWidth = await openTextWidth()
  const texts = [
    'T-shirt/top',
    '60,000',
    '97.5\u00a0%',
    '\u22120.35',
    'WAVE Ändern größer',
    'Batch size (log)',
    '…±×',
  ]
  for (const text of texts)
    for (const fontWeight of [400, 600])
      assert.ok(
        textRoom(text, 10) >= textWidth(text, { fontSize: 10, fontWeight }) - 0.2,
        `${text} ${fontWeight}`,
      )
})

test('wrapped should break at spaces, after slashes, and words that are too long', () => {
  assert.deepEqual(wrapped('Ankle boot', 30), ['Ankle', 'boot'])
  assert.deepEqual(wrapped('Ankle boot', 100), ['Ankle boot'])
  assert.deepEqual(wrapped('T-shirt/top', 40), ['T-shirt/', 'top'])
  assert.deepEqual(wrapped('aaaaaaaaaa', 30).join(''), 'aaaaaaaaaa')
  assert.ok(wrapped('aaaaaaaaaa', 30).length > 1)
})

test('ticks should be round numbers', () => {
  assert.deepEqual(linearTicks([0, 1], 5), [0, 0.2, 0.4, 0.6, 0.8, 1])
  assert.deepEqual(linearTicks([13, 87], 4), [20, 40, 60, 80])
  assert.deepEqual(niceDomain([11, 91], 5), [0, 100])
  assert.deepEqual(logTicks([16, 60000], 4), [100, 1000, 10000])
  assert.deepEqual(logTicks([1e-5, 1], 6), [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1])
})

test('labels should have the decimals and the unit they need', () => {
  assert.deepEqual(numberLabels([0, 0.5, 1], unitOf('number', 1)), ['0.0', '0.5', '1.0'])
  assert.deepEqual(ownLabels([0.001, 1024, -5], unitOf('number', 1)), ['0.001', '1,024', '\u22125'])
  assert.deepEqual(numberLabels([97, 98], unitOf('percent', 1)), ['97\u00a0%', '98\u00a0%'])
  assert.deepEqual(
    [0.05, 60, 600, 9000].map((most) => unitOf('seconds', most).suffix.trim()),
    ['ms', 's', 'min', 'h'],
  )
})

test('the labels of an axis should be alike, and zero a plain 0 among powers of ten', () => {
  const one = unitOf('number', 1)
  assert.deepEqual(numberLabels([0, 1e-9, 2e-9], one), ['0', '1e\u22129', '2e\u22129'])
  assert.deepEqual(numberLabels([0, 5e-5, 1e-4, 1.5e-4], one), ['0', '5e\u22125', '1e\u22124', '1.5e\u22124'])
  assert.deepEqual(numberLabels([-2e21, 0, 2e21], one), ['\u22122e21', '0', '2e21'])
  assert.deepEqual(numberLabels([0, 5e6, 1e7], unitOf('count', 1)), ['0', '5e6', '1e7'])
  assert.deepEqual(numberLabels([0, 1000, 2000], one), ['0', '1,000', '2,000'])
  assert.deepEqual(ownLabels([0, 1e-9, 1], one), ['0', '1e\u22129', '1'])
})

test('an axis should leave out labels that would collide, and keep the last', () => {
  const values = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 60000]
  const channel = settledChannel({ field: 'b', scale: 'log', format: 'count', values }, 'x')
  const axis = numberAxis(values, channel, { count: 4, isNice: false })
  assert.deepEqual(axis.ticks, values)
  assert.deepEqual(
    thinned(axis, 225).labels.filter((label) => label !== ''),
    ['16', '64', '256', '1,024', '4,096', '60,000'],
  )
})
