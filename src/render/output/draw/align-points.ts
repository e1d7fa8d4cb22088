import { escaped, formatterFor } from '../../model/formatter.ts'

/** A stretch of a cell: its text, or free room as wide as the text that another cell of the column has there. */
export type Stretch = string | { readonly pad: string }

const patterns = new Map<string, RegExp>()

// A sign, digits, a fraction, a standard deviation, the unit or power of ten of both, and the number of runs.
function patternOf(lang: string): RegExp {
  const known = patterns.get(lang)
  if (known) return known
  const { point, group } = formatterFor(lang)
  const whole = group === '' ? '\\d+' : `\\d(?:\\d|${escaped(group)}(?=\\d))*`
  const fraction = `${escaped(point)}\\d+`
  const made = new RegExp(
    `^(?<lead>[−+<>≤≥~≈(\\s]*)(?<whole>${whole})(?<fraction>${fraction})?(?:(?<plusMinus>\\s±\\s)(?<stdWhole>${whole})(?<stdFraction>${fraction})?)?(?<unit>(?:\\D.*?)??)(?<runs>\\s\\(n\\s=\\s\\d+\\))?$`,
    'u',
  )
  patterns.set(lang, made)
  return made
}

interface NumberText {
  readonly mean: string
  readonly fraction: string
  /** Empty if there is no standard deviation. */
  readonly plusMinus: string
  readonly stdWhole: string
  readonly stdFraction: string
  readonly unit: string
  /** ` (n = 2)`, or empty. */
  readonly runs: string
}

/**
 * Splits the texts of a column aligned to the right so that points, ± and units come one below the other: a text that
 * lacks a digit that another has leaves room for it. The texts themselves do not change, and those that are not
 * numbers are not split. Numbers of several units have no common place and are left alone.
 */
export function alignPoints(texts: readonly string[], lang = 'en'): Stretch[][] {
  const numbers = texts.map((text) => readNumber(text, lang))
  const all = numbers.filter((number) => number !== undefined)
  if (new Set(all.map(({ unit }) => unit)).size > 1) return texts.map((text) => [text])
  const longest = (part: keyof NumberText) =>
    all.map((number) => number[part]).reduce((a, b) => (b.length > a.length ? b : a), '')
  const widest: NumberText = {
    mean: '',
    fraction: longest('fraction'),
    plusMinus: longest('plusMinus'),
    stdWhole: longest('stdWhole'),
    stdFraction: longest('stdFraction'),
    unit: '',
    runs: longest('runs'),
  }
  return texts.map((text, index) => stretched(text, numbers[index], widest))
}

/** Says whether a text is a number, perhaps with its deviation and unit; such a text never wraps. */
export function isNumberText(text: string, lang = 'en'): boolean {
  return readNumber(text, lang) !== undefined
}

function stretched(text: string, number: NumberText | undefined, widest: NumberText): Stretch[] {
  if (number === undefined) return [text]
  const fraction = rest(widest.fraction, number.fraction)
  const stdFraction = rest(widest.stdFraction, number.stdFraction)
  const runs = [number.runs, { pad: rest(widest.runs, number.runs) }]
  // A unit stays with its number, and the free room comes after it.
  if (number.plusMinus === '') {
    const own = text.slice(0, text.length - number.runs.length)
    return joined([own, { pad: fraction + widest.plusMinus + widest.stdWhole + stdFraction }, ...runs])
  }
  return joined([
    number.mean,
    { pad: fraction },
    number.plusMinus,
    { pad: widest.stdWhole.slice(0, widest.stdWhole.length - number.stdWhole.length) },
    number.stdWhole + number.stdFraction + number.unit,
    { pad: stdFraction },
    ...runs,
  ])
}

function readNumber(text: string, lang: string): NumberText | undefined {
  const groups = patternOf(lang).exec(text)?.groups
  if (groups === undefined || text.length > 40) return undefined
  const { lead, whole, fraction = '', plusMinus = '', stdWhole = '', stdFraction = '' } = groups
  const { unit = '', runs = '' } = groups
  return { mean: `${lead}${whole}${fraction}`, fraction, plusMinus, stdWhole, stdFraction, unit, runs }
}

function rest(widest: string, own: string): string {
  return widest.slice(own.length)
}

// Joins texts without room between them.
function joined(stretches: readonly Stretch[]): Stretch[] {
  const parts: Stretch[] = []
  for (const stretch of stretches) {
    const last = parts.at(-1)
    if (typeof stretch !== 'string') {
      if (stretch.pad !== '') parts.push(stretch)
    } else if (stretch === '') continue
    else if (typeof last === 'string') parts[parts.length - 1] = last + stretch
    else parts.push(stretch)
  }
  return parts
}
