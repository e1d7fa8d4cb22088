import assert from 'node:assert/strict'
import test from 'node:test'
import { isSpread, spread } from '../../src/statistics/spread.ts'

test('spread', async (t) => {
  await t.test('should give mean and sample deviation: 2, 4, 4, 4, 5, 5, 7, 9 has sqrt(32 / 7)', () => {
    const found = spread([2, 4, 4, 4, 5, 5, 7, 9], 'x')
    assert.deepEqual(found, { mean: 5, std: Math.sqrt(32 / 7), n: 8, min: 2, max: 9 })
  })

  await t.test('should give no deviation for one value', () => {
    assert.deepEqual(spread([3], 'x'), { mean: 3, std: 0, n: 1, min: 3, max: 3 })
  })

  await t.test('should fold arrays and records leaf by leaf', () => {
    const found = spread(
      [
        { a: [1, 2], b: { c: 3 } },
        { a: [3, 2], b: { c: 5 } },
      ],
      'x',
    )
    const of = (low: number, high: number) => ({
      mean: (low + high) / 2,
      std: Math.abs(high - low) / Math.SQRT2,
      n: 2,
      min: Math.min(low, high),
      max: Math.max(low, high),
    })
    const { a, b } = found as { a: { std: number }[]; b: { c: unknown } }
    assert.ok(Math.abs(a[0]!.std - Math.SQRT2) < 1e-12)
    assert.deepEqual({ ...a[0], std: 0 }, { ...of(1, 3), std: 0 })
    assert.deepEqual(a[1], of(2, 2))
    assert.deepEqual({ ...(b.c as object), std: 0 }, { ...of(3, 5), std: 0 })
  })

  await t.test('should combine at each place the runs that reached it', () => {
    // Three runs that stop after 4, 2 and 1 epochs, by hand.
    const loss = [[4, 2, 1, 0.5], [2, 4], [6]]
    const found = spread(
      loss.map((each) => ({ loss: each })),
      'r',
    ) as { loss: unknown[] }
    assert.deepEqual(found.loss, [
      { mean: 4, std: 2, n: 3, min: 2, max: 6 },
      { mean: 3, std: Math.SQRT2, n: 2, min: 2, max: 4 },
      { mean: 1, std: 0, n: 1, min: 1, max: 1 },
      { mean: 0.5, std: 0, n: 1, min: 0.5, max: 0.5 },
    ])
    // Whichever run is the longest, and where one has none at all.
    assert.deepEqual(spread(loss.toReversed(), 'r'), found.loss)
    assert.deepEqual(spread([[], [3, 5]], 'r'), [
      { mean: 3, std: 0, n: 1, min: 3, max: 3 },
      { mean: 5, std: 0, n: 1, min: 5, max: 5 },
    ])
  })

  await t.test('should combine records and lists of numbers of runs that reached their place', () => {
    const one = { mean: 3, std: 0, n: 1, min: 3, max: 3 }
    const both = { mean: 2, std: Math.SQRT2, n: 2, min: 1, max: 3 }
    const epochs = [
      [{ loss: 1, unit: 's' }],
      [
        { loss: 3, unit: 's' },
        { loss: 3, unit: 's' },
      ],
    ]
    assert.deepEqual(spread(epochs, 'r'), [
      { loss: both, unit: 's' },
      { loss: one, unit: 's' },
    ])
    assert.deepEqual(spread([[[1]], [[3, 3], [3]]], 'r'), [[both, one], [one]])
  })

  await t.test('should keep other leaves that agree', () => {
    assert.deepEqual(
      spread(
        [
          { a: 'x', b: null, c: [true] },
          { a: 'x', b: null, c: [true] },
        ],
        'r',
      ),
      { a: 'x', b: null, c: [true] },
    )
  })

  await t.test('should name the path of leaves that do not', () => {
    const message = 'Cannot average `r.list[1].name`, expected one value over all seeds, found "a", "b"'
    assert.throws(() => spread([{ list: [1, { name: 'a' }] }, { list: [1, { name: 'b' }] }], 'r'), {
      message,
    })
    assert.throws(() => spread([{ a: 1 }, { a: 'one' }], 'r'), /`r\.a`, .* found 1, "one"/)
    assert.throws(() => spread([null, 1], 'r'), /found null, 1/)
  })

  await t.test('should name the path of shapes that differ', () => {
    const lengths = /`r\.a`, expected one length over all seeds, or numbers, found 1, 2/
    for (const tail of ['x', true, null, [], {}, ['y'], { name: 'z' }])
      assert.throws(() => spread([{ a: ['x'] }, { a: ['x', tail] }], 'r'), lengths)
    // Equally long lists of other things must agree, as before.
    assert.deepEqual(spread([{ a: ['x', []] }, { a: ['x', []] }], 'r'), { a: ['x', []] })
    assert.throws(
      () => spread([{ a: 1 }, { b: 1 }], 'r'),
      /`r`, expected the same members over all seeds, found \{a\} and \{b\}/,
    )
  })
})

test('isSpread', async (t) => {
  await t.test('should know one by its shape', () => {
    assert.equal(isSpread(spread([1, 2], 'x')), true)
    for (const other of [null, 1, [], {}, { mean: 1 }, { mean: 1, std: 1, n: 1, min: 1, max: 1, more: 1 }]) {
      assert.equal(isSpread(other), false)
    }
  })
})
