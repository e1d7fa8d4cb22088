/** One comparison of a claim, or a part of it that compares nothing. */
export interface Part {
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
