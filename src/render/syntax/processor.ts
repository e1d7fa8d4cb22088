import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types'
import remarkDirective from 'remark-directive'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import remarkParse from 'remark-parse'
import type { Processor } from 'unified'
import { unified } from 'unified'
import { remarkFencedBlocks } from './fenced-blocks.ts'
import { remarkInlineMarks } from './inline-marks.ts'

const dollar = 36
const brace = 123

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
  // One tilde on each side lowers.
  .use(remarkGfm, { singleTilde: false })
  .use(remarkInlineMarks)
  .use(remarkMath)
  .use(remarkDollarMath)
  .use(remarkEquationFence)
  .use(remarkDirective)
  .use(remarkFencedBlocks)
  .freeze()

/** Gives the parser for the Markdown of reports: CommonMark, GFM, mathematics and directives. */
export function markdownProcessor() {
  return processor
}

/**
 * Allows a label after the closing fence of a display formula, `$$ {#eq-adam}`: remark-math treats such a line, and
 * everything below it, as part of the formula. Use it after remark-math; otherwise it does nothing.
 */
export function remarkEquationFence(this: Processor): undefined {
  const extensions = (this.data() as { micromarkExtensions?: Extension[] }).micromarkExtensions ?? []
  const index = extensions.findIndex((extension) => extension.flow && dollar in extension.flow)
  const original = extensions[index]?.flow?.[dollar] as Construct | undefined
  if (!original) return
  extensions[index] = {
    ...extensions[index],
    flow: { ...extensions[index]!.flow, [dollar]: labelled(original) },
  }
}

function labelled(original: Construct): Construct {
  return {
    ...original,
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      // The formula attempts its closing fence, a construct of its own, at each line.
      const attempt: Effects['attempt'] = (construct, whenOk, whenNok) =>
        effects.attempt(isPartial(construct) ? withLabel(construct) : construct, whenOk, whenNok)
      return original.tokenize.call(this, { ...effects, attempt }, ok, nok)
    },
  }
}

function isPartial(construct: unknown): construct is Construct {
  return (construct as Construct).partial === true
}

function withLabel(construct: Construct): Construct {
  return {
    ...construct,
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      return construct.tokenize.call(this, effects, ok, (code) =>
        code === brace && isAfterFence(this) ? readLabel(this, effects, ok, nok)(code) : nok(code),
      )
    },
  }
}

function isAfterFence({ events }: TokenizeContext): boolean {
  const last = events.findLast(([, token]) => token.type !== 'whitespace')
  return last?.[0] === 'exit' && (last[1].type as string) === 'mathFlowFenceSequence'
}

function readLabel(context: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const label = 'weftEquationLabel' as never
  const inside: State = (code) => {
    if (!isEnd(code)) {
      effects.consume(code)
      return inside
    }
    const token = effects.exit(label)
    if (!/^\{#eq-[a-z0-9-]+\}\s*$/.test(context.sliceSerialize(token))) return nok(code)
    effects.exit('mathFlowFence' as never)
    return ok(code)
  }
  return (code) => {
    effects.enter(label)
    return inside(code)
  }
}

function isEnd(code: Code): boolean {
  return code === null || (code < 0 && code >= -5 && code <= -3)
}
