import type { Code, Construct, Effects, Extension, State, TokenizeContext } from 'micromark-util-types'
import type { Processor } from 'unified'

const colon = 58
const brace = 123
const space = 32

/**
 * Lets blocks between `:::` have Pandoc's forms too: `::: {.callout-note}` and `:::{lang=de}`, which have no name, and
 * `::: warning` with a space. Blocks may stand in each other with equally many colons, and lines of code in them are
 * code. Use it right after remark-directive.
 */
export function remarkFencedBlocks(this: Processor): undefined {
  const extensions = (this.data() as { micromarkExtensions?: Extension[] }).micromarkExtensions ?? []
  for (const extension of extensions) {
    const constructs = extension.flow?.[colon]
    const [container, ...others] = [constructs ?? []].flat() as Construct[]
    if (container?.concrete) extension.flow = { ...extension.flow, [colon]: [widened(container), ...others] }
  }
}

function widened(original: Construct): Construct {
  return {
    ...original,
    tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
      let isMissing = false
      const attempt = nestedAttempt(effects)
      const consume: Effects['consume'] = (code) => {
        if (!isMissing) effects.consume(code)
      }
      const start = original.tokenize.call(this, { ...effects, consume, attempt }, ok, nok)
      const afterMarks =
        (state: State, size = 0): State =>
        (code) => {
          if (code === colon) return afterMarks(state(code) as State, size + 1)
          if (size < 3 || (code !== brace && !isSpace(code))) return state(code)
          // The name that is not there: a letter which is read, but not consumed.
          isMissing = true
          const name = state('x'.charCodeAt(0)) as State
          isMissing = false
          return typeof name === 'function' ? beforeName(name)(code) : nok(code)
        }
      const beforeName =
        (name: State): State =>
        (code) => {
          if (!isSpace(code)) return isEnd(code) ? nok(code) : name(code)
          effects.consume(code)
          return beforeName(name)
        }
      return afterMarks(start)
    },
  }
}

/**
 * Skips the ends of blocks that begin within this one: it attempts to end at each line, by a construct of its own, and
 * between lines by another that it uses first.
 */
function nestedAttempt(effects: Effects): Effects['attempt'] {
  const open: number[] = []
  let fence = ''
  let betweenLines: unknown
  return (construct, whenOk, whenNok) => {
    const attempt = effects.attempt(construct, whenOk, whenNok)
    return (code) => {
      if (betweenLines === undefined && isEnd(code)) betweenLines = construct
      if (betweenLines === undefined || construct === betweenLines) return attempt(code)
      let text = ''
      const decide: State = (next) => (isOwnEnd(text) ? attempt(next) : whenNok!(next))
      return effects.check(
        lineReader((line) => (text = line)),
        decide,
        decide,
      )(code)
    }
  }

  function isOwnEnd(line: string): boolean {
    const [, marks] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (fence !== '') {
      if (marks?.startsWith(fence) && line.trim() === marks) fence = ''
      return false
    }
    if (marks !== undefined) fence = marks
    const [, colons, rest] = /^ {0,3}(:{3,})[ \t]*(.*)$/.exec(line) ?? []
    if (colons === undefined) return true
    if (rest!.trim() === '') {
      if (open.length === 0) return true
      if (colons.length >= open.at(-1)!) open.pop()
      return false
    }
    if (opening.test(rest!)) open.push(colons.length)
    return true
  }
}

const opening = /^(?:\{[^{}]*\}|[\p{L}][\p{L}\p{N}_-]*(?:\[.*\])?(?:\{.*\})?)[ \t]*$/u

function lineReader(read: (line: string) => void): Construct {
  return {
    partial: true,
    tokenize(this: TokenizeContext, effects: Effects, ok: State): State {
      const line = 'weftLine' as never
      const inside: State = (code) => {
        if (!isEnd(code)) {
          effects.consume(code)
          return inside
        }
        read(this.sliceSerialize(effects.exit(line)))
        return ok(code)
      }
      return (code) => {
        if (isEnd(code)) {
          read('')
          return ok(code)
        }
        effects.enter(line)
        return inside(code)
      }
    },
  }
}

function isSpace(code: Code): boolean {
  return code === space || code === -1 || code === -2
}

function isEnd(code: Code): boolean {
  return code === null || (code < 0 && code >= -5 && code <= -3)
}
