import assert from 'node:assert/strict'
import test from 'node:test'
import { buildProject } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject } from '../execute/temporary-project.ts'

const spread = (mean: number, std: number, n = 5) =>
  `{ mean: ${mean}, std: ${std}, n: ${n}, min: ${mean - std}, max: ${mean + std} }`
const given = cell(
  'runs',
  `export const low = ${spread(0.9, 0.01)}, near = ${spread(0.905, 0.01)}, far = ${spread(0.99, 0.005)}`,
  `export const still = ${spread(0.5, 0)}, single = ${spread(0.5, 0, 1)}, pair = ${spread(0.99, 0.005, 2)}`,
  'export const list = [{ name: "a", share: low }, { name: "b", share: near }, { name: "c", share: far }]',
  'export const best = list[2]!.share, epochs = 40',
  'export const gain = { difference: { mean: 0.02, std: 0.002, n: 5, min: 0.018, max: 0.022 }, low: 0.0175, high: 0.0225, wins: 5, losses: 0, ties: 0, n: 5 }',
)

async function evaluated(t: Parameters<typeof temporaryProject>[0], claims: readonly string[]) {
  const prose = claims.map((source) => `:claim[Prose]{that="${source}"}`).join('\n\n')
  const built = await buildProject(temporaryProject(t, { 'report.md': reportOf(`${prose}\n${given}`) }))
  const results = claims.map((source, index) => {
    const result = built.values[index]
    assert.ok(result?.ok, `${source}: ${result && !result.ok ? result.message : 'absent'}`)
    return result
  })
  return { results, said: built.said }
}

const clear = [
  'far.mean > low.mean',
  'far.min > low.max',
  'isHigher(far, low)',
  'isHigher(low, 0.5) && isLower(0.5, low)',
  'gain.difference.mean > 0',
  'isHigher(gain)',
  // Just beyond noise, which must not count twice.
  'isHigher(low, 0.8875)',
  "list.sort((a, b) => b.share.mean - a.share.mean)[0].name === 'c'",
  // The same measurement by two names.
  'best.mean >= Math.max(...list.map(({ share }) => share.mean))',
  'low.n === 5',
]
const noisy = [
  'near.mean > low.mean',
  'near.mean - low.mean > 0 && epochs > 3',
  "list.toSorted((a, b) => a.share.mean - b.share.mean)[0].name === 'a'",
  'difference(near, low).mean > 0.002',
  'list.every(({ share }) => share.mean <= 0.9901)',
  // Two seeds leave much more room than five.
  'pair.mean > low.mean + 0.07',
]
const without = ['epochs > 3', 'still.mean > 0.4', 'single.mean > 0.4', 'isHigherOnEverySeed(gain)']

test('a claim within the noise of its seeds should be a warning, whatever its expression', async (t) => {
  const { results, said } = await evaluated(t, [...clear, ...noisy, ...without])
  const shares = results.map(({ noise }) => noise && noise.held / noise.redraws)
  for (const [index, source] of clear.entries())
    assert.ok(shares[index]! >= 0.95, `${source}: ${shares[index]}`)
  for (const [index, source] of noisy.entries()) {
    const share = shares[clear.length + index]!
    assert.ok(share > 0.3 && share < 0.95, `${source}: ${share}`)
  }
  assert.deepEqual(
    shares.slice(clear.length + noisy.length),
    without.map(() => undefined),
  )
  const first = 4 + 2 * clear.length
  assert.deepEqual(
    said.map((line) => line.replace(/ claim-is-clear .*/, '')),
    noisy.map((_, index) => `report.md:${first + 2 * index}:1`),
  )
  assert.match(
    said[0]!,
    /Claim is within noise: holds in \d\d % of 400 redraws of its means \(near 0\.905\u00a0±\u00a00\.010 of 5 seeds, low 0\.900\u00a0±\u00a00\.010 of 5 seeds\)$/,
  )
})

test('the share should be that of Student, and the same in every build and place', async (t) => {
  // One Spread against the bound one standard error below: t with 4 degrees of freedom is above -1 in 81.3 %.
  const claim = `low.mean > ${0.9 - 0.01 / Math.sqrt(5)}`
  const [one, two] = [await evaluated(t, [claim]), await evaluated(t, ['near.mean > low.mean', claim])]
  const noise = one.results[0]!.noise!
  assert.ok(Math.abs(noise.held / noise.redraws - 0.813) < 0.06, `${noise.held}`)
  assert.deepEqual(two.results[1]!.noise, noise)
  assert.deepEqual(noise.spreads, { low: { mean: 0.9, std: 0.01, n: 5, min: 0.89, max: 0.91 } })
})

test('a false claim should be no matter of noise, and a redraw that throws not hold', async (t) => {
  const { results, said } = await evaluated(t, [
    'low.mean > near.mean',
    'list.find(({ share }) => share.mean === near.mean).share.min > 0.1',
    'list.find(({ share }) => share.mean > 0.9899 && share.mean < 0.9901).share.min > 0.1',
  ])
  assert.equal(results[0]!.noise, undefined)
  assert.equal(results[1]!.noise!.held, 400)
  assert.ok(results[2]!.noise!.held < 100)
  assert.equal(said.filter((line) => line.includes('claim-is-clear')).length, 1)
})

test('claims over two seeds should be told of once, since hardly any could be clear', async (t) => {
  const { said } = await evaluated(t, ['low.n === 5', 'pair.mean > 0.98', 'pair.mean > 0.985'])
  assert.deepEqual(said, [
    'report.md:6:1 claim-is-clear 2 claims depend on fewer than 3 seeds, too few to tell a difference from noise: expected 3 or more',
  ])
})

test('what redraws change should not reach the values', async (t) => {
  const root = temporaryProject(t, {
    'report.md': reportOf(
      `:claim[Prose]{that="list.sort((a, b) => b.share.mean - a.share.mean).length === 3"} \`{ts} list[0].name + far.mean\`\n${given}`,
    ),
  })
  const { values, said } = await buildProject(root)
  const result = values[1]
  assert.ok(result?.ok)
  assert.deepEqual([result.text, said], ['a0.99', []])
})
