import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types'
import type { Processor } from 'unified'

const dollar = 36
const brace = 123

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
