import type {
  Event,
  Extension,
  Resolver,
  State,
  Token,
  TokenizeContext,
  Tokenizer,
} from 'micromark-util-types'
import type { Processor } from 'unified'

/** A pair of marks round some words of a line. */
interface Mark {
  readonly type: 'subscript' | 'superscript' | 'mark'
  readonly tagName: string
  readonly character: string
  /** How many characters begin it, and end it. */
  readonly size: number
  /** Whether the words between are one word, without white space. */
  readonly isWord: boolean
}

const marks: readonly Mark[] = [
  { type: 'subscript', tagName: 'sub', character: '~', size: 1, isWord: true },
  { type: 'superscript', tagName: 'sup', character: '^', size: 1, isWord: true },
  { type: 'mark', tagName: 'mark', character: '=', size: 2, isWord: false },
]

/**
 * Reads `H~2~O`, `x^2^` and `==marked==`, as Pandoc does: what is raised or lowered has no white space, and no digit
 * behind it, so that `~5 and ~6`, `~5~6` and `2^8` stay as they are.
 */
export function remarkInlineMarks(this: Processor): undefined {
  const data = this.data() as { micromarkExtensions?: Extension[]; fromMarkdownExtensions?: unknown[] }
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), ...marks.map(syntaxOf)]
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), ...marks.map(nodesOf)]
}

interface Sequence extends Token {
  _open?: boolean
  _close?: boolean
}

function syntaxOf(mark: Mark): Extension {
  const code = mark.character.charCodeAt(0)
  const sequence = `${mark.type}Sequence` as never
  const resolveAll = pairing(mark, sequence)
  const tokenize: Tokenizer = function (this: TokenizeContext, effects, ok, nok): State {
    const before = this.previous
    const isFree = before !== code || this.events.at(-1)?.[1].type === 'characterEscape'
    let size = 0
    const more: State = (next) => {
      if (next === code) {
        if (size === mark.size) return nok(next)
        effects.consume(next)
        size += 1
        return more
      }
      if (size < mark.size) return nok(next)
      const token = effects.exit(sequence) as Sequence
      const isAfterSpace = isBlank(before)
      token._open = !isBlank(next) && (mark.isWord || !isLetter(before)) && before !== bracket
      token._close = !isAfterSpace && (mark.isWord ? !isDigit(next) : !isLetter(next)) && before !== bracket
      return ok(next)
    }
    return (next) => {
      if (!isFree) return nok(next)
      effects.enter(sequence)
      return more(next)
    }
  }
  const construct = { name: mark.type, tokenize, resolveAll }
  return {
    text: { [code]: construct },
    insideSpan: { null: [construct] },
    attentionMarkers: { null: [code] },
  }
}

const bracket = '['.charCodeAt(0)

/** Joins each closing sequence with the nearest opening one before it; sequences without another become text. */
function pairing({ type, isWord }: Mark, sequence: never): Resolver {
  return (events, context) => {
    for (let close = 0; close < events.length; close += 1) {
      if (events[close]![0] !== 'enter' || !isSequence(events[close]!, sequence, '_close')) continue
      for (let open = close - 1; open > 0; open -= 1) {
        if (events[open]![0] !== 'exit' || !isSequence(events[open]!, sequence, '_open')) continue
        const [from, to] = [events[open]![1].end, events[close]![1].start]
        if (
          from.offset === to.offset ||
          (isWord && hasSpace(context.sliceSerialize({ start: from, end: to })))
        )
          break
        const made = joined(type, { events, open, close, context })
        events.splice(open - 1, close - open + 3, ...made)
        close = open + made.length - 2
        break
      }
    }
    for (const event of events) if ((event[1].type as string) === sequence) event[1].type = 'data'
    return events
  }
}

interface Pair {
  readonly events: Event[]
  readonly open: number
  readonly close: number
  readonly context: TokenizeContext
}

function joined(type: string, { events, open, close, context }: Pair): Event[] {
  const [first, last] = [events[open]![1], events[close]![1]]
  first.type = `${type}Marks` as never
  last.type = `${type}Marks` as never
  const span = { type: type as never, start: { ...first.start }, end: { ...last.end } }
  let inside = events.slice(open + 1, close)
  const called = new Set<Resolver>()
  for (const { resolveAll } of context.parser.constructs.insideSpan.null ?? [])
    if (resolveAll && !called.has(resolveAll)) {
      called.add(resolveAll)
      inside = resolveAll(inside, context)
    }
  return [
    ['enter', span, context],
    ['enter', first, context],
    ['exit', first, context],
    ...inside,
    ['enter', last, context],
    ['exit', last, context],
    ['exit', span, context],
  ]
}

function isSequence([, token]: Event, sequence: string, side: '_open' | '_close'): boolean {
  return (token.type as string) === sequence && (token as Sequence)[side] === true
}

// A backslash before a space keeps the word together.
function hasSpace(text: string): boolean {
  return /(?<!\\)\s/.test(text)
}

function isBlank(code: number | null): boolean {
  return code === null || code < 0 || code === 32
}

function isLetter(code: number | null): boolean {
  return code !== null && code > 0 && /[\p{L}\p{N}=]/u.test(String.fromCharCode(code))
}

function isDigit(code: number | null): boolean {
  return code !== null && code >= 48 && code <= 57
}

type Handler = (
  this: { enter(node: object, token: Token): void; exit(token: Token): void },
  token: Token,
) => void

function nodesOf({ type, tagName }: Mark): {
  canContainEols: string[]
  enter: Record<string, Handler>
  exit: Record<string, Handler>
} {
  return {
    canContainEols: [type],
    enter: {
      [type](token) {
        this.enter({ type, data: { hName: tagName }, children: [] }, token)
      },
    },
    exit: {
      [type](token) {
        this.exit(token)
      },
    },
  }
}
