import type { Results } from '../execute/run-report.ts'
import type { Rest } from '../model/rest.ts'
import type { Expression } from '../model/types.ts'
import { idOfOutput } from '../output/draw/caption.ts'
import { shownCells } from '../results/used.ts'
import type { Evaluated } from '../worker/evaluated.ts'
import type { CellOrigin, DependencySets, Origins } from './gather-origins.ts'
import { narrowedOrigins } from './narrow-origins.ts'
import type { Dependencies, ShownNumber } from './schema.ts'

type Figure = Extract<ShownNumber, { kind: 'figure' }>

/** A computed item that a report shows; a figure still lacks the digest of its drawing. */
export type Shown = Exclude<ShownNumber, Figure> | Omit<Figure, 'drawing'>

type Right = Extract<Evaluated, { ok: true }>

/** Lists all computed items that a report shows: values and claims, then the outputs of cells. */
export function shownNumbers(
  { expressions }: Pick<Results, 'expressions'>,
  origins: Origins,
  sets: DependencySets,
): Shown[] {
  const ofText = [...expressions.values()].flatMap(({ expression, result }): Shown[] =>
    result?.ok ? [ofExpression(expression, result, { origins, sets })] : [],
  )
  return [...ofText, ...[...origins.cells.values()].flatMap((origin) => ofCell(origin, sets))]
}

function ofExpression(
  { id, kind, source, file, position }: Expression,
  result: Right,
  { origins, sets }: { readonly origins: Origins; readonly sets: DependencySets },
): Shown {
  const { text, printed, read } = result
  const { line, column } = position.start
  const ground = sets.of(cellsOf(result, origins), paramsIn(Object.keys(read)))
  return {
    ...{ id, kind, text, expression: source },
    printed: printed.map((one) => ({ text: one.text, raw: one.raw })),
    ...{ read: { ...read }, file, line, column, ground },
  }
}

function cellsOf(result: Right, { owners }: Origins): string[] {
  return namesOf(result).flatMap((name) => owners.get(name) ?? [])
}

/** Gives the origins of each value and claim whose numbers were taken over from some of all that it depends on. */
export async function nearOrigins(
  { expressions }: Pick<Results, 'expressions'>,
  origins: Origins,
  rest: Rest,
): Promise<ReadonlyMap<string, Dependencies>> {
  const near = new Map<string, Dependencies>()
  for (const { expression, result } of expressions.values()) {
    if (!result?.ok) continue
    const { read } = result
    const cells = cellsOf(result, origins)
    const found = narrowedOrigins({ read, cells, params: paramsIn(Object.keys(read)) }, origins)
    if (found) near.set(expression.id, found)
    await rest()
  }
  return near
}

// A path starts with the name of its export.
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

function ofCell({ cell, stored }: CellOrigin, sets: DependencySets): Shown[] {
  const { label, file, position } = cell
  const { line, column } = position.start
  const place = { file, line, column, ground: sets.of([label]) }
  const entries = shownCells([{ label, stored }])
  return stored.shown.flatMap(({ kind }, index): Shown[] => {
    const output = idOfOutput(cell, stored.shown, index)
    if (kind === 'figure') return [{ kind, output, ...place }]
    const how = kind === 'table' ? 'table' : 'plain'
    return Object.entries(entries[output] ?? {}).map(([where, { text, raw }]) => ({
      ...{ kind: how, text, raw, output, place: where },
      ...place,
    }))
  })
}
