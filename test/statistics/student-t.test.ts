import assert from 'node:assert/strict'
import test from 'node:test'
import { studentQuantile, studentShare } from '../../src/statistics/student-t.ts'

// Fisher and Yates, Statistical Tables, table III: two-sided 5 %, 1 % and one-sided 5 %.
const published: [number, number, number][] = [
  [0.975, 1, 12.706],
  [0.975, 2, 4.303],
  [0.975, 3, 3.182],
  [0.975, 4, 2.776],
  [0.975, 5, 2.571],
  [0.975, 9, 2.262],
  [0.975, 10, 2.228],
  [0.975, 30, 2.042],
  [0.975, 120, 1.98],
  [0.995, 1, 63.657],
  [0.995, 4, 4.604],
  [0.995, 20, 2.845],
  [0.95, 1, 6.314],
  [0.95, 2, 2.92],
  [0.95, 7, 1.895],
]

test('studentQuantile', async (t) => {
  await t.test('should have the values of published tables', () => {
    for (const [p, degrees, value] of published)
      assert.ok(Math.abs(studentQuantile(p, degrees) - value) <= 0.0005001, `${p}, ${degrees}`)
  })

  await t.test('should have the closed forms of one and two degrees, and the normal limit', () => {
    for (const p of [0.001, 0.2, 0.5, 0.9, 0.9999]) {
      const cauchy = Math.tan(Math.PI * (p - 0.5))
      const two = (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p)))
      assert.ok(Math.abs(studentQuantile(p, 1) - cauchy) <= 1e-9 * Math.max(1, Math.abs(cauchy)), `1, ${p}`)
      assert.ok(Math.abs(studentQuantile(p, 2) - two) <= 1e-9 * Math.max(1, Math.abs(two)), `2, ${p}`)
    }
    assert.ok(Math.abs(studentQuantile(0.975, 1e7) - 1.959964) < 1e-5)
  })

  await t.test('should take degrees that are not whole, and undo studentShare', () => {
    for (const degrees of [0.5, 1.5, 3.7, 12.25, 250.1]) {
      for (const p of [0.01, 0.3, 0.7, 0.975])
        assert.ok(
          Math.abs(studentShare(studentQuantile(p, degrees), degrees) - p) < 1e-11,
          `${p}, ${degrees}`,
        )
      assert.equal(studentQuantile(0.1, degrees), -studentQuantile(0.9, degrees))
    }
    const between = studentQuantile(0.975, 3.7)
    assert.ok(between < 3.182 && between > 2.776)
  })

  await t.test('should refuse what is no share or no degree', () => {
    for (const p of [0, 1, Number.NaN, 2])
      assert.throws(() => studentQuantile(p, 3), /^Error: Unexpected share .*, expected one between 0 and 1$/)
    for (const degrees of [0, -1, Number.NaN])
      assert.throws(() => studentQuantile(0.9, degrees), /degrees of freedom, expected more than 0$/)
  })
})
