import type { Compared, Tally } from './comparison.ts'
import { sum } from './comparison.ts'
import type { Row, Verdict } from './outcome.ts'
import { isDifference } from './outcome.ts'

/** A judged number of a table or figure. */
export interface JudgedPlace {
  /** `row 3, Accuracy`. */
  readonly name: string
  readonly was: string
  readonly is: string
  readonly rule: string
  readonly verdict: Verdict
  /** Whether it is a number: row names and similar texts are compared but not counted. */
  readonly isNumber: boolean
}

const most = 20

/**
 * Makes one row for a table or figure without differences; otherwise one row for each difference, up to 20, and one
 * for the rest.
 */
export function rowsOfPlaces(
  { label, id, kind, place }: Pick<Row, 'label' | 'kind' | 'place'> & { readonly id: string },
  judged: readonly JudgedPlace[],
): Compared {
  const common = { kind, label: `#${id || label}`, place }
  const differing = judged.filter(isDifference)
  const well = judged.filter((one) => !isDifference(one) && one.isNumber)
  const tally = sum([...well, ...differing].map(({ verdict }): Tally => ({ [verdict]: 1 })))
  const shown = differing.slice(0, most).map(
    ({ name, was, is, rule, verdict }): Row => ({
      ...common,
      sentence: name,
      accepted: was,
      recomputed: is,
      rule,
      verdict,
      numbers: 1,
    }),
  )
  const rest = differing.length - shown.length
  const more: Row[] = rest > 0 ? [restRow(common, rest, differing[most]!.verdict)] : []
  if (well.length === 0 && judged.length > 0 && differing.length > 0)
    return { rows: [...shown, ...more], tally }
  return { rows: [...shown, ...more, wellRow(common, well, judged)], tally }
}

type Common = Pick<Row, 'label' | 'kind' | 'place'>

function restRow(common: Common, count: number, verdict: Verdict): Row {
  const [sentence, accepted, recomputed] = [`and ${count} more`, '', '']
  return { ...common, sentence, accepted, recomputed, rule: '', verdict, numbers: count }
}

function wellRow(common: Common, well: readonly JudgedPlace[], judged: readonly JudgedPlace[]): Row {
  const order: Verdict[] = ['agrees', 'not judged', 'equal', 'measured']
  const list = well.length > 0 ? well : judged
  const counts = order.map(
    (verdict) => [verdict, list.filter((one) => one.verdict === verdict).length] as const,
  )
  const present = counts.filter(([, count]) => count > 0)
  const verdict = present[0]?.[0] ?? 'equal'
  const only = present.length === 1 ? list[0]?.rule : undefined
  const rule = only ?? present.map(([name, count]) => `${count} ${name}`).join(', ')
  const words = list.length === 1 ? (list[0]?.was ?? '') : `${well.length} numbers`
  const recomputed = list.length === 1 ? (list[0]?.is ?? '') : words
  return { ...common, sentence: '', accepted: words, recomputed, rule, verdict, numbers: well.length }
}
