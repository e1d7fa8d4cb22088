import { isSpread } from '../../statistics/spread.ts'
import { differenceWords } from '../check/changes.ts'
import { writtenAt } from '../check/compare-tables.ts'
import { judgeCell } from '../check/judge.ts'
import type { ShownCell } from '../check/judgement.ts'
import { alignRows, type RowPair } from './align-rows.ts'
import { printedOtherwise, tallyOf, verdictOf } from './compare-shown.ts'
import type { Comparing, Found } from './comparing.ts'
import { type Grid, gridOf, isNumber } from './grid.ts'
import { isMeasured } from './measured-values.ts'
import { cellOf, placeOfCell } from './outputs.ts'
import type { TableChange, Tally, Verdict } from './schema.ts'

/** Compares the tables and plain outputs of two versions cell by cell. */
export function compareTables(comparing: Comparing): Found {
  const { before, after } = comparing
  const ids = [...new Set([...Object.keys(after.locked.tables), ...Object.keys(before.locked.tables)])]
  const found = ids.map((id) => compareTable(id, comparing))
  return {
    changes: found.flatMap(({ change }) => change ?? []),
    tallies: found.flatMap(({ tallies }) => tallies),
  }
}

interface One {
  readonly change?: TableChange
  readonly tallies: readonly Tally[]
}

function compareTable(id: string, comparing: Comparing): One {
  const { before, after, reasons } = comparing
  const [was, is] = [gridOf(id, before), gridOf(id, after)]
  const label = cellOf(id, is ? after : before)
  const state = was && is ? 'changed' : is ? 'added' : 'removed'
  const pairs = alignRows(was?.rows ?? [], is?.rows ?? [])
  const judge = judgeIn(label, comparing)
  const rows = pairs.map((pair) => compareRow(pair, { was, is, judge }))
  const tallies = rows.flatMap(({ tallies }) => tallies)
  const columns = columnsOf(was, is)
  const isChanged =
    rows.some(({ row }) => row.state !== 'same') || columns.some((column) => column.state !== 'same')
  if (!isChanged) return { tallies }
  const change: TableChange = {
    kind: (is ?? was)!.isPlain ? 'plain' : 'table',
    id,
    label: `#${label}`,
    place: placeOfCell(label, is ? after : before),
    state,
    columns,
    rows: rows.map(({ row }) => row),
    verdict:
      state === 'changed' ? worstOf(rows.flatMap(({ row }) => row.cells.map((cell) => cell.verdict))) : state,
    because: state === 'changed' ? reasons([label]) : [],
  }
  return { change, tallies }
}

const order: readonly Verdict[] = ['beyond', 'not judged', 'removed', 'added', 'within', 'measured']

/** Gives the verdict that counts most. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return order.find((one) => verdicts.includes(one)) ?? 'within'
}

type Judge = (before: ShownCell, after: ShownCell) => ReturnType<typeof verdictOf>

function judgeIn(label: string, { between, measured, after }: Comparing): Judge {
  const values = measured([label])
  const isAlone = between.isMeasuredAlone([label])
  const written = after.tree ? writtenAt(label, { tree: after.tree }) : {}
  const basis = { ...between.basisOf([label]), ...written }
  return (was, is) => {
    const isOwn = isMeasured(was.raw, values.before) || isMeasured(is.raw, values.after)
    return verdictOf(judgeCell(was, is, { ...basis, isMeasured: isOwn || isAlone }))
  }
}

interface Grids {
  readonly was: Grid | undefined
  readonly is: Grid | undefined
  readonly judge: Judge
}

function compareRow({ before, after }: RowPair, { was, is, judge }: Grids) {
  const grid = (after === undefined ? was : is)!
  const at = (after ?? before)!
  const own = grid.rows[at]!
  const keys = [
    ...new Set([...(after === undefined ? [] : is!.keys), ...(before === undefined ? [] : was!.keys)]),
  ]
  const compared = keys.map((key) => {
    const a = before === undefined ? undefined : was!.cellAt(before, key)
    const b = after === undefined ? undefined : is!.cellAt(after, key)
    return { key, ...compareCell(a, b, judge) }
  })
  const isOneSided = before === undefined || after === undefined
  const cells = compared.filter(({ isShown }) => isShown)
  const state =
    before === undefined ? 'added' : after === undefined ? 'removed' : cells.length > 0 ? 'changed' : 'same'
  const row: TableChange['rows'][number] = {
    state,
    name: own.name || (grid.isPlain ? '' : `row ${at + 1}`),
    ...(before === undefined ? {} : { before: before + 1 }),
    ...(after === undefined ? {} : { after: after + 1 }),
    cells: (isOneSided ? compared : cells).map(({ key, change }) => ({ key, ...change })),
    texts: Object.fromEntries(grid.keys.map((key, index) => [key, own.texts[index]!])),
  }
  return { row, tallies: compared.map(({ tally }) => tally) }
}

function compareCell(a: ShownCell | undefined, b: ShownCell | undefined, judge: Judge) {
  const count = isNumber(a ?? b) ? 1 : 0
  if (!a || !b) {
    const verdict: Verdict = b ? 'added' : 'removed'
    const texts = { ...(a ? { before: a.text } : {}), ...(b ? { after: b.text } : {}) }
    return { isShown: true, change: { ...texts, verdict, rule: '' }, tally: tallyOf({ verdict }, count) }
  }
  const isSame = a.text !== b.text && JSON.stringify(a.raw) === JSON.stringify(b.raw)
  const judged = isSame ? printedOtherwise : judge(a, b)
  const isSeen = a.text !== b.text || judged.verdict === 'beyond'
  const [before, after] =
    a.text === b.text ? (differenceWords(rawOf(a), rawOf(b)) ?? [a.text, b.text]) : [a.text, b.text]
  const tally = { compared: count, ...(isSeen ? tallyOf(judged, count) : { unchanged: count }) }
  return { isShown: isSeen, change: { before, after, ...judged }, tally }
}

function rawOf({ raw }: ShownCell): ShownCell['raw'] {
  return isSpread(raw) ? raw.mean : raw
}

function columnsOf(was: Grid | undefined, is: Grid | undefined): TableChange['columns'] {
  const keys = [...new Set([...(is?.keys ?? []), ...(was?.keys ?? [])])]
  return keys.map((key) => {
    const isThere = is?.keys.includes(key) ?? false
    const wasThere = was?.keys.includes(key) ?? false
    return {
      key,
      title: (isThere ? is : was)!.titleOf(key),
      state: isThere && wasThere ? 'same' : isThere ? 'added' : 'removed',
      isNumber: (isThere ? is : was)!.isNumeric(key),
    }
  })
}
