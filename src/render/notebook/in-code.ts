import jsTokens from 'js-tokens'

const texts: ReadonlySet<string> = new Set([
  ...['StringLiteral', 'NoSubstitutionTemplate', 'TemplateHead', 'TemplateMiddle', 'TemplateTail'],
  ...['RegularExpressionLiteral', 'SingleLineComment', 'MultiLineComment'],
])

/** Replaces in code what matches a pattern, unless it begins within a string, a template, a comment or a pattern. */
export function replaceInCode(
  code: string,
  pattern: RegExp,
  by: (match: readonly (string | undefined)[]) => string,
): string {
  const isCode = codeIn(code)
  let made = ''
  let at = 0
  for (const match of code.matchAll(pattern)) {
    if (!isCode(match.index)) continue
    made += code.slice(at, match.index) + by(match)
    at = match.index + match[0].length
  }
  return made + code.slice(at)
}

/** Gives what says of an offset whether code stands there. */
function codeIn(code: string): (offset: number) => boolean {
  const ranges: [from: number, to: number][] = []
  let at = 0
  for (const { type, value } of jsTokens(code)) {
    if (texts.has(type)) ranges.push([at, at + value.length])
    at += value.length
  }
  return (offset) => !ranges.some(([from, to]) => from <= offset && offset < to)
}
