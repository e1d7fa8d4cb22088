import { compiledBody } from '../bundle/compile-expression.ts'
import type { Expression } from '../model/types.ts'
import type { Evaluated, Failing } from '../worker/evaluated.ts'

type Run = (bodies: ReadonlyMap<string, string>) => Promise<ReadonlyMap<string, Evaluated>>

/**
 * Finds, for each false claim, the first comparison that does not hold, and the values of its sides; by the claim's
 * id. Leaves out a claim that is not made of comparisons.
 *
 * @param claims false ones
 * @param run evaluates bodies
 */
export async function failingSides(
  claims: readonly Expression[],
  run: Run,
): Promise<ReadonlyMap<string, Failing>> {
  const parts = claims.flatMap(({ id, source }) => splitClaim(source).map((part) => ({ id, ...part })))
  const bodies = await Promise.all(parts.flatMap(sourcesOf).map(bodyOf))
  const results = await run(
    new Map(bodies.flatMap((body, index) => (body === undefined ? [] : [[String(index), body]]))),
  )
  const found = new Map<string, Failing>()
  const told = new Set<string>()
  for (const [index, { id, sides }] of parts.entries()) {
    const [whole, left, right] = [0, 1, 2].map((offset) => results.get(String(3 * index + offset)))
    const isFalse = whole?.ok === true && !whole.isTrue
    if (!isFalse || told.has(id)) continue
    told.add(id)
    if (sides && left && right) found.set(id, { ...sides, ...valuesOf(sides, left, right) })
  }
  return found
}

// Three a part, so that the place of a result says whose it is.
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

// As JSON; a string for which nothing was printed is quoted.
function valueText(result: Evaluated): string | undefined {
  if (!result.ok) return undefined
  const { text, printed } = result
  const last = printed.at(-1)
  if (last?.text === text) return JSON.stringify(last.raw)
  return text === 'true' || text === 'false' ? text : JSON.stringify(text)
}

/** One comparison of a claim, or a part of it that compares nothing. */
interface Part {
  readonly source: string
  readonly sides?: { readonly left: string; readonly operator: string; readonly right: string }
}

const operators = ['===', '!==', '==', '!=', '<=', '>=', '<', '>']

/**
 * Cuts the expression of a claim at `&&` and each part at its comparison, outside of brackets, strings and comments.
 * Gives nothing for any other expression: it serves messages, and need not know all of TypeScript.
 */
export function splitClaim(source: string): Part[] {
  const tokens = outerTokens(source)
  if (tokens.some(({ text }) => ['||', '??', '?', ',', '=>'].includes(text))) return []
  const parts = cut(source, tokens, ['&&'])
  return parts.map(({ from, to }) => {
    const part = source.slice(from, to).trim()
    const inside = tokens.filter(({ at }) => at >= from && at < to)
    const compared = inside.filter(({ text }) => operators.includes(text))
    if (compared.length !== 1) return { source: part }
    const { at, text } = compared[0]!
    const [left, right] = [source.slice(from, at).trim(), source.slice(at + text.length, to).trim()]
    return left === '' || right === ''
      ? { source: part }
      : { source: part, sides: { left, operator: text, right } }
  })
}

interface Token {
  readonly text: string
  readonly at: number
}

const skipped = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/
const pattern = new RegExp(
  `${skipped.source}|===|!==|=>|==|!=|<=|>=|&&|\\|\\||\\?\\?|\\?\\.|[<>?,()[\\]{}]`,
  'g',
)

function outerTokens(source: string): Token[] {
  let depth = 0
  const tokens: Token[] = []
  for (const { 0: text, index } of source.matchAll(pattern)) {
    if ('([{'.includes(text)) depth++
    else if (')]}'.includes(text)) depth--
    else if (depth === 0 && !/^["'`/]/.test(text) && text !== '?.') tokens.push({ text, at: index })
  }
  return tokens
}

function cut(
  source: string,
  tokens: readonly Token[],
  at: readonly string[],
): { from: number; to: number }[] {
  const cuts = tokens.filter(({ text }) => at.includes(text))
  const starts = [0, ...cuts.map(({ at: place, text }) => place + text.length)]
  const ends = [...cuts.map(({ at: place }) => place), source.length]
  return starts.map((from, index) => ({ from, to: ends[index]! }))
}
