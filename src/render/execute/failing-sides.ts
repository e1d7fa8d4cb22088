import { compiledBody } from '../bundle/compile-expression.ts'
import type { Expression } from '../model/types.ts'
import type { Evaluated, Failing } from '../worker/evaluated.ts'
import type { Part } from './split-claim.ts'
import { splitClaim } from './split-claim.ts'

type Run = (bodies: ReadonlyMap<number, string>) => Promise<ReadonlyMap<number, Evaluated> | string>

/**
 * Finds the first comparison of each false claim that does not hold, and what its sides come to.
 * Gives nothing for a claim that is not put together of comparisons.
 *
 * @param claims false ones, by their number
 * @param run evaluates bodies, or says why it cannot
 */
export async function failingSides(
  claims: ReadonlyMap<number, Expression>,
  run: Run,
): Promise<ReadonlyMap<number, Failing>> {
  const parts = [...claims].flatMap(([number, { source }]) =>
    splitClaim(source).map((part) => ({ number, ...part })),
  )
  const bodies = await Promise.all(parts.flatMap(sourcesOf).map(bodyOf))
  if (bodies.length === 0) return new Map()
  const results = await run(
    new Map(bodies.flatMap((body, index) => (body === undefined ? [] : [[index, body]]))),
  )
  if (typeof results === 'string') return new Map()
  const found = new Map<number, Failing>()
  const told = new Set<number>()
  for (const [index, { number, sides }] of parts.entries()) {
    const [whole, left, right] = [0, 1, 2].map((offset) => results.get(3 * index + offset))
    const isFalse = whole?.ok === true && !whole.isTrue
    if (!isFalse || told.has(number)) continue
    told.add(number)
    if (sides && left && right) found.set(number, { ...sides, ...valuesOf(sides, left, right) })
  }
  return found
}

// Three for each part, so that a result is found by its place.
function sourcesOf({ source, sides }: Part): readonly (string | undefined)[] {
  return [source, sides?.left, sides?.right]
}

async function bodyOf(source: string | undefined): Promise<string | undefined> {
  if (source === undefined) return undefined
  try {
    return await compiledBody(source)
  } catch {
    return undefined
  }
}

function valuesOf(
  sides: NonNullable<Part['sides']>,
  left: Evaluated,
  right: Evaluated,
): Pick<Failing, 'leftValue' | 'rightValue'> {
  const leftValue = isConstant(sides.left) ? undefined : valueText(left)
  const rightValue = isConstant(sides.right) ? undefined : valueText(right)
  return {
    ...(leftValue === undefined ? {} : { leftValue }),
    ...(rightValue === undefined ? {} : { rightValue }),
  }
}

function isConstant(source: string): boolean {
  return /^(-?[\d.]+(e[+-]?\d+)?|true|false|null|undefined|'[^']*'|"[^"]*")$/i.test(source)
}

// As JSON, but for a text that nothing was printed for.
function valueText(result: Evaluated): string | undefined {
  if (!result.ok) return undefined
  const { text, printed } = result
  const last = printed.at(-1)
  if (last?.text === text) return JSON.stringify(last.raw)
  return text === 'true' || text === 'false' ? text : JSON.stringify(text)
}
