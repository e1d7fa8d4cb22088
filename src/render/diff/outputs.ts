import { placeText } from '../check/outcome.ts'
import { outputId } from '../model/output-types.ts'
import type { Output } from '../model/types.ts'
import { labelsIn, resultOf, type Version } from './version.ts'

/** Gives the label of the cell of a table, figure or plain output, which has a number from the second on. */
export function cellOf(id: string, version: Version): string {
  const labels = labelsIn(version)
  const without = id.replace(/-\d+$/, '')
  return !labels.includes(id) && labels.includes(without) ? without : id
}

/** Gives an output by its id, if the result of its cell is kept. */
export function outputOf(id: string, version: Version): Output | undefined {
  const label = cellOf(id, version)
  return resultOf(version, label)?.shown.find((_, index) => outputId(label, index) === id)
}

/** Gives the place of a cell, `file:line:column`; empty if the chapters of the version are unknown. */
export function placeOfCell(label: string, { tree }: Version): string {
  const cell = tree?.cells.find((one) => one.label === label)
  if (!cell) return tree?.chapters[0]?.file.path ?? ''
  const { line, column } = cell.position.start
  return placeText({ file: cell.file, line, column })
}
