import assert from 'node:assert/strict'
import test from 'node:test'
import { fillWithBits, seededRandom } from '../../src/statistics/random.ts'

/** PractRand's sfc32 and the finaliser of MurmurHash3, written again in unbounded integers. */
function* oracle(seed: bigint, stream: bigint) {
  const bits = (value: bigint) => BigInt.asUintN(32, value)
  const mix = (value: bigint) => {
    let hash = bits((value ^ (value >> 16n)) * 0x85ebca6bn)
    hash = bits((hash ^ (hash >> 13n)) * 0xc2b2ae35n)
    return hash ^ (hash >> 16n)
  }
  const fill = (start: bigint, step: bigint) => mix(bits(start + step * 0x9e3779b9n))
  let a = fill(seed, 1n)
  let b = fill(seed, 2n)
  let c = fill(seed, 3n) ^ fill(stream, 1n)
  let counter = 1n
  for (let step = 0; ; step++) {
    const sum = bits(a + b + counter)
    counter = bits(counter + 1n)
    a = b ^ (b >> 9n)
    b = bits(c + (c << 3n))
    c = bits(bits((c << 21n) | (c >> 11n)) + sum)
    if (step >= 15) yield Number(sum)
  }
}

test('seededRandom', async (t) => {
  await t.test('should give the stream of sfc32', () => {
    for (const [seed, stream] of [
      [1, 0],
      [2, 0],
      [4294967295, 7],
    ] as const) {
      const random = seededRandom(seed, stream)
      const expected = oracle(BigInt(seed), BigInt(stream))
      for (let step = 0; step < 1000; step++) assert.equal(random.next(), expected.next().value)
    }
  })

  await t.test('should give different numbers for different seeds and streams', () => {
    const firsts = [
      seededRandom(1),
      seededRandom(2),
      seededRandom(1, 1),
      seededRandom(-1),
      seededRandom(2 ** 32 + 1),
    ]
    assert.equal(new Set(firsts.map((random) => random.next())).size, firsts.length)
  })

  await t.test('should give uniform numbers: mean 1/2, variance 1/12, all in [0, 1)', () => {
    const random = seededRandom(3)
    const values = Array.from({ length: 100_000 }, () => random.uniform())
    const { mean, variance } = moments(values)
    assert.ok(values.every((value) => value >= 0 && value < 1))
    assert.ok(Math.abs(mean - 1 / 2) < 0.004, `${mean}`)
    assert.ok(Math.abs(variance - 1 / 12) < 0.001, `${variance}`)
  })

  await t.test('should give normal numbers with a mean and a deviation', () => {
    const random = seededRandom(4)
    const values = Array.from({ length: 100_000 }, () => random.normal(5, 2))
    const { mean, variance } = moments(values)
    assert.ok(Math.abs(mean - 5) < 0.03, `${mean}`)
    assert.ok(Math.abs(variance - 4) < 0.08, `${variance}`)
    const within = values.filter((value) => Math.abs(value - 5) < 2).length / values.length
    assert.ok(Math.abs(within - 0.6827) < 0.006, `${within}`)
  })

  await t.test('should shuffle a copy, with every order about equally often', () => {
    const random = seededRandom(5)
    const list = ['a', 'b', 'c']
    const orders = new Map<string, number>()
    for (let trial = 0; trial < 6000; trial++) {
      const order = random.shuffle(list).join('')
      orders.set(order, (orders.get(order) ?? 0) + 1)
    }
    assert.deepEqual(list, ['a', 'b', 'c'])
    assert.equal(orders.size, 6)
    for (const [order, count] of orders) assert.ok(Math.abs(count - 1000) < 150, `${order}: ${count}`)
  })

  await t.test('should give integers below a bound', () => {
    const random = seededRandom(6)
    const seen = new Set(Array.from({ length: 500 }, () => random.below(5)))
    assert.deepEqual([...seen].sort(), [0, 1, 2, 3, 4])
  })

  await t.test('should refuse a seed that is not an integer', () => {
    assert.throws(() => seededRandom(0.5), { message: 'Unexpected seed 0.5 of stream 0, expected integers' })
    assert.throws(() => seededRandom(Number.NaN), /Unexpected seed NaN/)
  })
})

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, variance }
}

test('fillWithBits', async (t) => {
  await t.test('should compare 16 bits of the stream with the rate, the lower ones first', () => {
    for (const [seed, stream, length, rate] of [
      [1, 2 ** 33, 1000, 0.5],
      [7, 3, 77, 0.25],
      [4294967296, 0, 1, 0.9],
      [2, 1, 64, 0],
      [2, 1, 64, 1],
    ] as const) {
      const bits = new Uint8Array(length).fill(9)
      fillWithBits(bits, rate, { seed, stream })
      const random = seededRandom(seed, stream)
      const expected = Array.from({ length: Math.ceil(length / 2) }, () => random.next()).flatMap((word) =>
        [word % 65_536, Math.floor(word / 65_536)].map((half) => (half < Math.round(rate * 65_536) ? 0 : 1)),
      )
      assert.deepEqual([...bits], expected.slice(0, length))
    }
  })

  await t.test('should refuse what is no seed', () => {
    assert.throws(() => fillWithBits(new Uint8Array(2), 0.5, { seed: 0.5, stream: 0 }), {
      message: 'Unexpected seed 0.5 of stream 0, expected integers',
    })
  })
})
