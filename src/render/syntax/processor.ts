import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types'
import remarkDirective from 'remark-directive'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import type { Processor } from 'unified'
import { unified } from 'unified'
import { remarkEquationFence } from './equation-fence.ts'

const dollar = 36

/**
 * Restricts remark-math's `$...$` to Pandoc's rule, so that `$5 and $6` stays text: no white space just inside the
 * dollars, and no digit after the closing one. Use it right after remark-math.
 */
function remarkDollarMath(this: Processor): undefined {
  const extensions = (this.data() as { micromarkExtensions?: Extension[] }).micromarkExtensions ?? []
  const index = extensions.findIndex((extension) => extension.text && dollar in extension.text)
  const original = extensions[index]?.text?.[dollar] as Construct | undefined
  if (!original) throw new Error('Cannot narrow mathematics, expected remark-math before, found none')
  extensions[index] = {
    ...extensions[index],
    text: { ...extensions[index]!.text, [dollar]: narrowed(original) },
  }
}

function narrowed(original: Construct): Construct {
  return {
    ...original,
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      const closed: State = (code) => (isMath(this, code) ? ok(code) : nok(code))
      return original.tokenize.call(this, effects, closed, nok)
    },
  }
}

function isMath(context: TokenizeContext, next: Code): boolean {
  const exit = context.events.findLast(
    ([kind, token]) => kind === 'exit' && (token.type as string) === 'mathText',
  )
  if (!exit) return true
  const text = context.sliceSerialize(exit[1], true)
  const fence = /^\$+/.exec(text)?.[0].length ?? 1
  if (fence > 1) return true
  const inner = text.slice(fence, -fence)
  const isDigit = next !== null && next >= 48 && next <= 57
  return inner !== '' && !/^\s|\s$/.test(inner) && !isDigit
}

const processor = unified()
  .use(remarkParse)
  .use(remarkFrontmatter, ['yaml'])
  .use(remarkGfm)
  .use(remarkMath)
  .use(remarkDollarMath)
  .use(remarkEquationFence)
  .use(remarkDirective)
  .freeze()

/** Gives the parser for the Markdown of reports: CommonMark, GFM, mathematics and directives. */
export function markdownProcessor() {
  return processor
}
