import type { InlineCode, Root } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Cell, Chapter, Expression, Listing, Output, RegisterForms, ReportTree } from '../model/types.ts'
import { markOf } from '../syntax/marks.ts'
import { type OwnCaption, ownCaption } from '../syntax/own-caption.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import { isRegister, placeOfRegister } from '../syntax/place.ts'
import type { CellResult } from './cell-result.ts'

/**
 * Finds the values in what cells show, captions, headings of tables and prose, and in the captions of fences and
 * registers: they are evaluated with those of the chapters, and their numbers follow on from those. An expression that
 * a cell shows twice is there once.
 */
export function outputExpressions(
  { cells, chapters, listings, registers }: ReportTree,
  cellResults: ReadonlyMap<string, CellResult>,
): Expression[] {
  const ofCells = cells.flatMap((cell) => {
    const result = cellResults.get(cell.label)
    const shown = result && 'stored' in result ? (result.stored?.shown ?? []) : []
    return expressionsIn(cell, [cell.options.caption ?? '', ...shown.flatMap(markdownOf)])
  })
  const others = [...listings, ...chapters.flatMap((chapter) => captionsOfRegisters(chapter, registers))]
  return [...ofCells, ...others.flatMap((other) => expressionsIn(other, [other.caption ?? '']))]
}

function captionsOfRegisters({ file, tree }: Chapter, registers: RegisterForms): OwnCaption[] {
  const captions: OwnCaption[] = []
  visit(tree, (node) => {
    const caption = isRegister(node) ? ownCaption(placeOfRegister(node, file), registers) : undefined
    if (caption) captions.push(caption)
  })
  return captions
}

/** Lists the Markdown in what a cell shows, where values may stand. */
export function markdownOf(output: Output): string[] {
  if (output.kind === 'scalar') return []
  if (output.kind === 'prose') return [output.markdown]
  const titles = output.kind === 'table' ? output.columns.map(({ title }) => title) : []
  return [...titles, output.caption ?? '']
}

function expressionsIn(
  { file, position }: Cell | Listing | OwnCaption,
  texts: readonly string[],
): Expression[] {
  const values = texts.filter((text) => text.includes('{ts')).flatMap((text) => valuesIn(text, position))
  const each = new Map(values.reverse().map((value) => [value.source, value]))
  return [...each.values()].reverse().map((value) => ({ kind: 'value', ...value, file, position }))
}

function valuesIn(markdown: string, position: Cell['position']): Pick<Expression, 'source' | 'tolerance'>[] {
  const values: Pick<Expression, 'source' | 'tolerance'>[] = []
  const tree: Root = { type: 'root', children: parseFragment(markdown, position) }
  visit(tree, 'inlineCode', (node: InlineCode) => {
    const { value: source, tolerance } = markOf(node) ?? {}
    if (source !== undefined) values.push({ source, ...(tolerance && { tolerance }) })
  })
  return values
}
