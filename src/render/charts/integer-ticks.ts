/** Lists the epochs to mark on an axis from 1 to `last`: 1, then multiples of 1, 2, 5, 10, …, at most six. */
export function integerTicks(last: number): number[] {
  const step = stepFor(last)
  const multiples = Array.from({ length: Math.floor(last / step) }, (_, index) => (index + 1) * step)
  return multiples[0] === 1 ? multiples : [1, ...multiples]
}

function stepFor(last: number): number {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].map((factor) => factor * power).find((candidate) => last / candidate <= 6)
    if (step !== undefined) return step
  }
}
