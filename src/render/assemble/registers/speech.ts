import { type Formatter, formatterFor } from '../../model/formatter.ts'
import type { Json } from '../../model/types.ts'
import type { Count, RegisterWords } from '../../model/words/registers/types.ts'
import type { Words } from '../../model/words.ts'
import { count, seconds } from '../../output/format.ts'
import { printValue } from '../../output/print-value.ts'

/** How a register says what it lists: words and numbers in the language of its place. */
export interface Speech {
  readonly words: Words
  readonly say: RegisterWords
  /** Writes a whole number. */
  number(value: number): string
  /** Writes a count with its noun. */
  counted(noun: Count, value: number): string
  /** Writes a duration in seconds. */
  seconds(value: number): string
  /** Writes a value as the text does. */
  value(value: Json): string
}

/** Gives the speech of a language. */
export function speechOf(words: Words): Speech {
  const formatter = formatterFor(words.lang)
  const number = (value: number) => formatter.numbers(count(value))
  return {
    words,
    say: words.registers,
    number,
    counted: (noun, value) => noun(value, number(value)),
    seconds: (value) => formatter.numbers(seconds(value)),
    value: (value) => valueIn(formatter, value),
  }
}

function valueIn({ truth, numbers }: Formatter, value: Json): string {
  if (typeof value === 'boolean') return truth[value ? 0 : 1]
  const printed = printValue(value, 'value')
  return typeof value === 'string' ? printed : numbers(printed)
}
