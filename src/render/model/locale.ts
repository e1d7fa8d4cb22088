import { formatterFor } from './formatter.ts'
import type { Figure } from './types.ts'

interface Locale {
  readonly number: object
  readonly time: object
}

/** Gives the locale that vega writes axes in: numbers as a report does, names of days and months; none for English. */
export function localeOf(lang: string): Locale | undefined {
  if (/^en\b/i.test(lang) || !isKnown(lang)) return undefined
  const { point, group } = formatterFor(lang)
  const named = (options: Intl.DateTimeFormatOptions, dates: readonly Date[]) => {
    const format = new Intl.DateTimeFormat(`${lang}-u-nu-latn-ca-gregory`, { ...options, timeZone: 'UTC' })
    return dates.map((date) => format.format(date).replace(/[\u200e\u200f]/g, ''))
  }
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2023, month, 1)))
  // The first of January 2023 was a Sunday.
  const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2023, 0, day + 1)))
  return {
    number: { decimal: point, thousands: group, grouping: [3], currency: ['', ''] },
    time: {
      dateTime: '%x, %X',
      date: patternOf(lang),
      time: '%H:%M:%S',
      periods: ['AM', 'PM'],
      days: named({ weekday: 'long' }, days),
      shortDays: named({ weekday: 'short' }, days),
      months: named({ month: 'long' }, months),
      shortMonths: named({ month: 'short' }, months),
    },
  }
}

/** Gives a figure whose axes are written in a language, unless its own configuration names another. */
export function inLanguage(figure: Figure, lang: string): Figure {
  const locale = typeof figure.spec.svg === 'string' ? undefined : localeOf(lang)
  if (locale === undefined) return figure
  return {
    ...figure,
    spec: { ...figure.spec, config: { locale, ...(figure.spec.config as object) } } as never,
  }
}

function isKnown(lang: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([lang]).length > 0
  } catch {
    return false
  }
}

function patternOf(lang: string): string {
  const { day } = formatterFor(lang)
  return day(new Date('1999-11-22')).replace('1999', '%Y').replace('11', '%m').replace('22', '%d')
}
