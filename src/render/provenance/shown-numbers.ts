import type { Results } from '../execute/run-report.ts'
import { outputId } from '../model/output-types.ts'
import type { Expression } from '../model/types.ts'
import { shownCells } from '../results/shown-cells.ts'
import type { Evaluated } from '../worker/evaluated.ts'
import type { CellOrigin, Origins } from './gather-origins.ts'
import type { Grounds } from './grounds.ts'
import type { ShownNumber } from './schema.ts'

type Figure = Extract<ShownNumber, { kind: 'figure' }>

/** Something computed that a report shows; of a figure all but the digest of its drawing. */
export type Shown = Exclude<ShownNumber, Figure> | Omit<Figure, 'drawing'>

type Right = Extract<Evaluated, { ok: true }>

/** Lists everything computed that a report shows: values and claims, then what cells show. */
export function shownNumbers(
  { expressions }: Pick<Results, 'expressions'>,
  origins: Origins,
  grounds: Grounds,
): Shown[] {
  const ofText = [...expressions.values()].flatMap(({ expression, result }): Shown[] =>
    result?.ok ? [ofExpression(expression, result, { origins, grounds })] : [],
  )
  return [...ofText, ...[...origins.cells.values()].flatMap((origin) => ofCell(origin, grounds))]
}

function ofExpression(
  { id, kind, source, file, position }: Expression,
  result: Right,
  { origins, grounds }: { readonly origins: Origins; readonly grounds: Grounds },
): Shown {
  const { text, printed, read } = result
  const { line, column } = position.start
  const cells = namesOf(result).flatMap((name) => origins.owners.get(name) ?? [])
  const ground = grounds.of(cells, paramsIn(Object.keys(read)))
  return {
    ...{ id, kind, text, expression: source },
    printed: printed.map((one) => ({ text: one.text, raw: one.raw })),
    ...{ read: { ...read }, file, line, column, ground },
  }
}

// A path begins with the export that it is in.
function namesOf({ names, read }: Right): readonly string[] {
  return names ?? [...new Set(Object.keys(read).map((path) => /^[^.[]+/.exec(path)?.[0] ?? path))]
}

function paramsIn(paths: readonly string[]): string[] {
  const names = paths.flatMap((path) => {
    const [, plain, quoted] = /^params(?:\.([^.[]+)|\[("(?:[^"\\]|\\.)*")\])/.exec(path) ?? []
    return plain ?? (quoted === undefined ? [] : (JSON.parse(quoted) as string))
  })
  return [...new Set(names)]
}

function ofCell({ cell, stored }: CellOrigin, grounds: Grounds): Shown[] {
  const { label, file, position } = cell
  const { line, column } = position.start
  const place = { file, line, column, ground: grounds.of([label]) }
  const entries = shownCells([{ label, stored }])
  return stored.shown.flatMap(({ kind }, index): Shown[] => {
    const output = outputId(label, index)
    if (kind === 'figure') return [{ kind, output, ...place }]
    const how = kind === 'table' ? 'table' : 'plain'
    return Object.entries(entries[output] ?? {}).map(([where, { text, raw }]) => ({
      ...{ kind: how, text, raw, output, place: where },
      ...place,
    }))
  })
}
