/**
 * Computes the quantile t of Student's distribution: the share below t is `p`. It halves an interval around t and is
 * accurate to about 12 digits.
 *
 * @param p in (0, 1)
 * @param degrees of freedom, above 0; need not be whole
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new Error(`Unexpected share ${p}, expected one between 0 and 1`)
  if (p === 0.5) return 0
  if (p < 0.5) return -studentQuantile(1 - p, degrees)
  let [low, high] = [0, 1]
  while (studentShare(high, degrees) < p) [low, high] = [high, 2 * high]
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (studentShare(middle, degrees) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Computes the share of Student's distribution below t (Abramowitz and Stegun, 1964, 26.7.1 and 26.5.27). */
export function studentShare(t: number, degrees: number): number {
  if (!(degrees > 0)) throw new Error(`Unexpected ${degrees} degrees of freedom, expected more than 0`)
  const tail = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2
  return t < 0 ? tail : 1 - tail
}

// Computes the regularized incomplete beta function by its continued fraction (DLMF, 8.17.22).
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  // The fraction converges fast only on this side; the other follows by symmetry (8.17.4).
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

// Evaluates the fraction from the front by Lentz's method, as modified by Thompson and Barnett (1986).
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let product = d
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let factor = 1
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d)
      c = away(1 + term / c)
      factor = c * d
      product *= factor
    }
    if (Math.abs(factor - 1) < 1e-15) break
  }
  return product
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

// Computes log gamma of x > 0 by Lanczos' approximation (1964) with g = 7 and nine terms, to about 15 digits.
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const sum = lanczos.reduce((all, term, index) => all + (index === 0 ? term : term / (x - 1 + index)), 0)
  const base = x + 6.5
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}
