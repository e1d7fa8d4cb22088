import { datumText, isDatum, judgeDatum } from '../check/compare-figures.ts'
import { writtenAt } from '../check/compare-tables.ts'
import { differingPaths, leavesOf } from '../check/differences.ts'
import type { Figure, Json } from '../model/types.ts'
import { tallyOf, verdictOf } from './compare-shown.ts'
import { worstOf } from './compare-tables.ts'
import type { Comparing, Found } from './comparing.ts'
import { isMeasured } from './measured-values.ts'
import { cellOf, outputOf, placeOfCell } from './outputs.ts'
import type { FigureChange, Tally, Verdict } from './schema.ts'
import type { Version } from './version.ts'

const most = 12

/** Compares the figures of two versions datum by datum, as `weft check` does. */
export function compareFigures(comparing: Comparing): Found {
  const { before, after } = comparing
  const ids = [...new Set([...Object.keys(after.locked.drawings), ...Object.keys(before.locked.drawings)])]
  const found = ids.map((id) => compareFigure(id, comparing))
  return { changes: found.flatMap(({ change }) => change ?? []), tallies: found.map(({ tally }) => tally) }
}

function compareFigure(id: string, comparing: Comparing): { change?: FigureChange; tally: Tally } {
  const { before, after, reasons } = comparing
  const [was, is] = [before, after].map(({ locked }) => Object.hasOwn(locked.drawings, id)) as [
    boolean,
    boolean,
  ]
  if (was && is && before.locked.drawings[id] === after.locked.drawings[id])
    return { tally: { compared: 1, unchanged: 1 } }
  const label = cellOf(id, is ? after : before)
  const [old, now] = [was ? leavesIn(id, before) : undefined, is ? leavesIn(id, after) : undefined]
  const state = was && is ? 'changed' : is ? 'added' : 'removed'
  const changes = old && now ? judged(old, now, label, comparing) : []
  const data = changes.filter(({ isNumber }) => isNumber)
  const numbers = [...(now ?? old ?? [])].filter(isDatum).length
  const of = (verdict: Verdict) => data.filter((one) => one.verdict === verdict).length
  const change: FigureChange = {
    kind: 'figure',
    id,
    label: `#${label}`,
    place: placeOfCell(label, is ? after : before),
    state,
    data: { numbers, changed: data.length, beyond: of('beyond'), measured: of('measured') },
    changes: changes
      .slice(0, most)
      .map(({ name, before, after, verdict, rule }) => ({ name, before, after, verdict, rule })),
    verdict: state === 'changed' ? verdictIn(old && now ? data : undefined) : state,
    because: state === 'changed' ? reasons([label]) : [],
  }
  return {
    change,
    tally: { figures: 1, ...(state === 'changed' ? { compared: 1, ...tallyOf(change, 1) } : {}) },
  }
}

// A figure that is drawn in another way, from the same data, says the same.
function verdictIn(data: readonly JudgedDatum[] | undefined): Verdict {
  return data ? worstOf(data.map(({ verdict }) => verdict)) : 'not judged'
}

function leavesIn(id: string, version: Version): ReadonlyMap<string, Json> | undefined {
  const output = outputOf(id, version)
  const spec: Figure['spec'] | undefined = output?.kind === 'figure' ? output.spec : version.spec(id)
  return spec && leavesOf(spec)
}

interface JudgedDatum {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly isNumber: boolean
  readonly verdict: Verdict
  readonly rule: string
}

function judged(
  old: ReadonlyMap<string, Json>,
  now: ReadonlyMap<string, Json>,
  label: string,
  { between, measured, after }: Comparing,
): JudgedDatum[] {
  const values = measured([label])
  const isAlone = between.isMeasuredAlone([label])
  const tolerance = after.tree ? writtenAt(label, { tree: after.tree }).tolerance : undefined
  const basis = { ...between.basisOf([label]), tolerance }
  return differingPaths(old, now).map((path) => {
    const [a, b] = [old.get(path), now.get(path)]
    const isOwn = isMeasured(a, values.before) || isMeasured(b, values.after)
    const found = judgeDatum([a, b], { ...basis, isMeasured: isOwn || isAlone })
    const { verdict, rule } = called(found)
    return {
      name: path.replace(/^\./, ''),
      before: datumText(a),
      after: datumText(b),
      isNumber: isDatum([path, a ?? b ?? null]),
      verdict,
      rule,
    }
  })
}

function called({ verdict, rule }: ReturnType<typeof judgeDatum>): {
  readonly verdict: Verdict
  readonly rule: string
} {
  if (verdict === 'missing') return { verdict: 'removed', rule: '' }
  if (verdict === 'not accepted') return { verdict: 'added', rule: '' }
  if (verdict === 'equal' || verdict === 'agrees' || verdict === 'differs' || verdict === 'measured')
    return verdictOf({ verdict, rule })
  return { verdict: 'not judged', rule: 'drawn, trained anew, and its cell has no rel= or abs=' }
}
