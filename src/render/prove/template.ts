import { foldMarked, gap } from './fold.ts'

const open = '\uE00E'
const close = '\uE00F'

/** What is looked for: a text, and what stands on both sides of it, with marks. */
export interface Sought {
  readonly before?: string
  readonly text: string
  readonly after?: string
  /** The text is a block of its own, or its beginning or its end. */
  readonly isLine?: boolean | 'begun' | 'ended'
}

/** The same, ready to be compared with what is printed. */
export interface Template {
  readonly characters: readonly string[]
  /** Of the text itself, without what stands beside it. */
  readonly from: number
  readonly to: number
  /** Whether nothing may go on before its beginning and behind its end: no digit, letter or sign. */
  readonly isBegun: boolean
  readonly isEnded: boolean
  /** Whether a line of the print must begin with it, and one must end with it. */
  readonly beginsLine: boolean
  readonly endsLine: boolean
}

/** Makes the template of a text in its surroundings. */
export function templateOf({ before = '', text, after = '', isLine = false }: Sought): Template {
  // A formula at its own end is none of the text.
  const [, first = '', words = '', last = ''] =
    /^([\uE000\uE001\uE003 ]*)([\s\S]*?)([\uE000\uE001\uE003 ]*)$/.exec(text)!
  const [left, right] = [`${before}${first}`, `${last}${after}`]
  const whole = foldMarked(`${left}${open}${words}${close}${right}`)
    .replace(/^[\uE000\uE001\uE003 ]+/, '')
    .replace(/[\uE000\uE001\uE003 ]+$/, '')
  const characters = [...whole]
  const [from, to] = [characters.indexOf(open), characters.indexOf(close) - 1]
  const isBegun = from === 0 && left.trim().at(-1) !== gap
  const isEnded = to === characters.length - 2 && right.trim().at(0) !== gap
  return {
    characters: characters.filter((character) => character !== open && character !== close),
    from,
    to,
    isBegun,
    isEnded,
    beginsLine: isBegun && isLine !== false && isLine !== 'ended',
    endsLine: isEnded && isLine !== false && isLine !== 'begun',
  }
}
