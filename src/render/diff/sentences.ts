import { wordsAround } from '../check/judge-printed.ts'
import type { Shown } from '../check/judgement.ts'
import type { Place } from '../check/outcome.ts'
import { type Passage, passageIn, passagesOf } from '../check/sentences.ts'
import { matchAccepted } from '../model/lock.ts'
import type { Cell, Expression } from '../model/types.ts'
import { fewestCharacters } from './match-shown.ts'
import { resultOf, type Version } from './version.ts'

/** What a version says around its values and claims, and where. */
export interface Sentences {
  /** The sentence of a value or claim, with its place in it; undefined if the chapters of the version are unknown. */
  of(shown: Shown): Passage | undefined
  /** Its place in the report; only the file if the chapters of the version are unknown. */
  placeOf(shown: Shown): Place
  /**
   * The sentence without any number, by which an expression that changed is found again: around a value, or with its
   * text if that is most of the sentence.
   */
  wordsOf(shown: Shown): string | undefined
  /** The value or claim as it is written in the chapters. */
  expressionOf(shown: Shown): Expression | undefined
}

/** Finds the sentence of every value and claim of a version, in its chapters and in the captions of its cells. */
export function sentencesIn(version: Version): Sentences {
  const { tree, locked } = version
  const matched = tree ? matchAccepted(tree.expressions, locked.shown) : new Map<Expression, Shown>()
  const expressions = new Map([...matched].map(([expression, shown]) => [shown, expression]))
  const texts = new Map([...matched].map(([{ id }, { text }]) => [id, text]))
  const passages = tree ? passagesOf(tree, (id) => texts.get(id)) : new Map<string, Passage>()
  const cells = new Map(tree?.cells.map((cell) => [cell.label, cell]))
  const cellOf = ({ id = '' }: Shown): Cell | undefined => cells.get(/\/#([^/]+)\/[^/]*$/.exec(id)?.[1] ?? '')
  const whole = (shown: Shown): Passage | undefined => {
    const expression = expressions.get(shown)
    const inChapter = expression && passages.get(expression.id)
    const cell = inChapter ? undefined : cellOf(shown)
    return inChapter ?? (cell && passageIn(cell, resultOf(version, cell.label)?.shown ?? [], shown))
  }
  return {
    of: (shown) => {
      const passage = whole(shown)
      return passage && oneSentence(passage, tree?.report.front.lang)
    },
    placeOf(shown) {
      const position = expressions.get(shown)?.position ?? cellOf(shown)?.position
      if (!position) return { file: shown.file }
      return { file: shown.file, line: position.start.line, column: position.start.column }
    },
    wordsOf(shown) {
      const passage = whole(shown)
      if (!passage || passage.end === 0) return undefined
      const { text, start, end } = oneSentence(passage, tree?.report.front.lang)
      const around = wordsAround(`${text.slice(0, start)}#${text.slice(end)}`)
      return shown.kind === 'value' && around.length >= fewestCharacters ? around : wordsAround(text)
    },
    expressionOf: (shown) => expressions.get(shown),
  }
}

/** Most characters of one sentence that are shown. */
const widest = 400

/** Cuts a paragraph to the sentences that something in it touches. */
export function oneSentence({ text, start, end }: Passage, lang = 'en'): Passage {
  const parts = [...new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text)]
  const touched = parts.filter(
    ({ index, segment }) => index < Math.max(end, start + 1) && index + segment.length > start,
  )
  const from = touched[0]?.index ?? 0
  const last = touched.at(-1)
  const to = last ? last.index + last.segment.trimEnd().length : text.length
  const left = Math.max(from, start - widest)
  const right = Math.min(to, Math.max(end, start) + widest)
  const before = left > from ? '…' : ''
  return {
    text: `${before}${text.slice(left, right)}${right < to ? '…' : ''}`,
    start: start - left + before.length,
    end: Math.max(end, start) - left + before.length,
  }
}
