import type { RootContent } from 'hast'
import type { FrontMatter, ReportTree } from '../model/types.ts'
import { elementsIn } from '../page/hast.ts'
import type { Pages, Program } from '../pipeline/stages.ts'
import type { Block } from './chapter-blocks.ts'
import { generated, withSources } from './chapter-sources.ts'
import { cellsNeeded } from './choose-chapters.ts'
import { codeCell } from './code-cell.ts'
import { type Helper, helperNames } from './code-text.ts'
import { setUpCell, titleCell } from './first-cells.ts'
import { cellsToKeepApart } from './keep-apart.ts'
import type { NotebookCell } from './nbformat.ts'
import { captionsIn, headingId, partAtHeadings, proseCell, type WriteMarkdown } from './prose-cells.ts'
import { referencesCell, referencesIn } from './references-cell.ts'
import { markdownOf } from './to-markdown.ts'

interface Gathered {
  readonly program: Program
  readonly pages: Pages
  /** Of the report; its date is a day. */
  readonly front: FrontMatter
  /** The blocks of the chapters of the notebook. */
  readonly chapters: readonly (readonly Block[])[]
}

interface Making extends Gathered {
  readonly write: WriteMarkdown
  /** The name of the constant that holds what a cell shows. */
  readonly shown: string
  /** Labels of cells whose names later cells must not see. */
  readonly apart: ReadonlySet<string>
  /** Collects what the cells call. */
  readonly helpers: Set<Helper>
}

/**
 * Lists the cells of a notebook: its title, the cell that sets the params, cells of other chapters that the ones here
 * need, then the chapters, and the references that they cite.
 */
export async function notebookCells(gathered: Gathered): Promise<NotebookCell[]> {
  const { program, pages, front, chapters } = gathered
  const { report, tree } = program.source
  const { ids, links } = idsIn(chapters.flat().flatMap(({ nodes }) => nodes))
  const references = referencesIn(pages.chapters).filter(({ properties: { id } }) => {
    const name = String(id)
    return links.has(name) && !ids.has(name)
  })
  for (const { properties } of references) ids.add(String(properties.id))
  const write: WriteMarkdown = (nodes) => markdownOf(nodes, (id) => ids.has(id))
  const shown = freeName(['shown', 'output', 'exhibit'], tree)
  const labels = chapters.flat().flatMap(({ cells }) => cells.filter((label) => program.cells.has(label)))
  const others = cellsNeeded(labels, program)
  const apart = await cellsToKeepApart([...others, ...labels], ['params', ...helperNames], program)
  const making: Making = { ...gathered, write, shown, apart, helpers: new Set() }
  const needed: NotebookCell[] = []
  for (const label of others) needed.push(await codeOf(label, making))
  const told: NotebookCell[] = []
  const isRun = (label: string) => program.cells.has(label)
  for (const blocks of chapters) told.push(...withSources(await chapterCells(blocks, making), blocks, isRun))
  return [
    ...[titleCell(front), setUpCell(report, making.helpers), ...needed].map(generated),
    ...told,
    ...referencesCell(references, front.lang, write).map(generated),
  ]
}

async function chapterCells(blocks: readonly Block[], making: Making): Promise<NotebookCell[]> {
  const cells: NotebookCell[] = []
  let open: RootContent[] = []
  let before = 'text'
  const close = () => {
    for (const part of partAtHeadings(open)) {
      const id = headingId(part)
      cells.push(...proseCell(id ?? `after-${before}`, part, making.write))
      if (id !== undefined) before = id
    }
    open = []
  }
  for (const block of blocks) {
    if (!block.isCell) open.push(...block.nodes.filter((node) => !isOfCell(node, block)))
    const labels = block.cells.filter((label) => making.program.cells.has(label))
    // Code that is not evaluated is something to read.
    if (block.isCell && labels.length === 0) open.push(...block.nodes)
    if (labels.length === 0) continue
    close()
    for (const label of labels) cells.push(await codeOf(label, making, block))
    for (const { id, caption } of captionsIn(block))
      cells.push(...proseCell(`caption-${id}`, [caption], making.write))
    before = labels.at(-1)!
  }
  close()
  return cells
}

// What its cells show comes with their code.
function isOfCell(node: RootContent, { cells }: Block): boolean {
  return node.type === 'element' && cells.some((label) => node.properties.id === label)
}

async function codeOf(label: string, making: Making, block?: Block): Promise<NotebookCell> {
  const { program, pages, shown, write, apart } = making
  const prose = block?.nodes.filter((node) => 'properties' in node && node.properties.dataCell === label)
  const { cell, helpers } = await codeCell(label, pages.assembly, {
    program,
    shown,
    isApart: apart.has(label),
    ...(prose && prose.length > 0 && { prose: write(prose) }),
  })
  for (const helper of helpers) making.helpers.add(helper)
  return cell
}

// Where links may lead, and where links lead.
function idsIn(nodes: readonly RootContent[]): { readonly ids: Set<string>; readonly links: Set<string> } {
  const elements = nodes.flatMap((node) => [...elementsIn(node)])
  const texts = (name: 'id' | 'href') =>
    elements.flatMap(({ properties }) => (typeof properties[name] === 'string' ? [properties[name]] : []))
  const links = texts('href').flatMap((href) =>
    href.startsWith('#') ? [decodeURIComponent(href.slice(1))] : [],
  )
  return { ids: new Set(texts('id')), links: new Set(links) }
}

/** Gives the first of some names that no cell of a report has in its code; the last one with a number if all are taken. */
export function freeName(wanted: readonly string[], { cells }: Pick<ReportTree, 'cells'>): string {
  const words = new Set(
    cells.flatMap(({ source }) => source.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []),
  )
  const free = wanted.find((name) => !words.has(name))
  if (free !== undefined) return free
  let number = 2
  while (words.has(`${wanted.at(-1)}${number}`)) number += 1
  return `${wanted.at(-1)}${number}`
}
