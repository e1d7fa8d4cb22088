/** How a language writes numbers and dates. */
export interface Formatter {
  /** Between the whole and the decimals. */
  readonly point: string
  /** Between groups of digits; empty if there are none. */
  readonly group: string
  /** Writes the numbers of an English text, `1,234.5`, as the language does: `1.234,5`. */
  numbers(text: string): string
  /** Writes the numbers of a text in the language as English does: `1.234,5` -> `1,234.5`. */
  english(text: string): string
  /** Writes a day in a table: `31.01.2012`. */
  day(date: Date): string
  /** Writes a day in a sentence: `31. Januar 2012`. */
  longDay(date: Date): string
  /** The words for true and false. */
  readonly truth: readonly [string, string]
}

/** The language that is meant if none is named; its numbers are those that all printing starts from. */
const ENGLISH = 'en'

const formatters = /* @__PURE__ */ new Map<string, Formatter>()

/**
 * Gives how a language writes numbers and dates, by `Intl`: a BCP 47 tag such as `de` or `de-AT`. Digits are those of
 * English in every language, so that columns stay in line. `en` writes days in tables as `2012-01-31`.
 */
export function formatterFor(lang: string): Formatter {
  const known = formatters.get(lang)
  if (known) return known
  const made = lang === ENGLISH ? english() : byIntl(lang)
  formatters.set(lang, made)
  return made
}

/** Gives the formatter of the language in which the running cell or value stands. */
export function ownFormatter(): Formatter {
  return formatterFor((globalThis as { __weft?: { lang?: string } }).__weft?.lang ?? ENGLISH)
}

/** Says whether code asks for its language: then its result depends on it. */
export function asksLanguage(code: string): boolean {
  return code.includes('__weft?.lang') || /\bas default\b/.test(code)
}

function english(): Formatter {
  return {
    point: '.',
    group: ',',
    numbers: (text) => text,
    english: (text) => text,
    day: (date) => date.toISOString().slice(0, 10),
    longDay: (date) => dayFormat('en-GB', { dateStyle: 'long' }).format(date),
    truth: ['yes', 'no'],
  }
}

function byIntl(lang: string): Formatter {
  const tag = supported(`${lang}-u-nu-latn`)
  const digits = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
  const parts = new Intl.NumberFormat(tag, { minimumFractionDigits: 1 }).formatToParts(12_345_678.5)
  const partOf = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  const [point, group] = [partOf('decimal'), partOf('group')]
  const dayTag = supported(`${lang}-u-nu-latn-ca-gregory`)
  const day = dayFormat(dayTag, { year: 'numeric', month: '2-digit', day: '2-digit' })
  return {
    point,
    group,
    numbers: (text) =>
      text.replace(/(\d[\d,]*)(?:\.(\d+))?/g, (_, whole: string, fraction?: string) => {
        // An English number without a comma was not meant to be grouped, or is short.
        const written = whole.includes(',') ? digits.format(BigInt(whole.replaceAll(',', ''))) : whole
        return fraction === undefined ? written : written + point + fraction
      }),
    english: englishOf(point, group),
    day: (date) => plain(day.format(date)),
    longDay: (date) => plain(dayFormat(dayTag, { dateStyle: 'long' }).format(date)),
    truth: truths[lang.toLowerCase().split('-')[0]!] ?? ['yes', 'no'],
  }
}

function englishOf(point: string, group: string): (text: string) => string {
  const [between, decimals] = [point, group].map(escaped)
  const grouped = group === '' ? '' : `(?:${decimals}\\d{2,3})*`
  const number = new RegExp(`(\\d+${grouped})(?:${between}(\\d+))?`, 'g')
  return (text) =>
    text.replace(number, (_, whole: string, fraction?: string) => {
      const written = group === '' ? whole : whole.replaceAll(group, ',')
      return fraction === undefined ? written : `${written}.${fraction}`
    })
}

/** Writes a sign as a regular expression has it. */
export function escaped(sign: string): string {
  return sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

const truths: { readonly [language: string]: readonly [string, string] } = {
  de: ['ja', 'nein'],
  fr: ['oui', 'non'],
  es: ['sí', 'no'],
  it: ['sì', 'no'],
  pt: ['sim', 'não'],
  nl: ['ja', 'nee'],
  pl: ['tak', 'nie'],
  ja: ['はい', 'いいえ'],
  zh: ['是', '否'],
  ar: ['نعم', 'لا'],
}

function dayFormat(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' })
}

// Marks of direction have no glyph, and a date needs none.
function plain(text: string): string {
  return text.replace(/[\u200e\u200f]/g, '')
}

// A tag that is well formed but unknown gives English numbers; one that is not, too.
function supported(tag: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf([tag])[0] ?? 'en-GB'
  } catch {
    return 'en-GB'
  }
}
