import type { Json, Output } from '../model/types.ts'
import { idOfOutput } from '../output/draw/caption.ts'
import type { Assembly, Program } from '../pipeline/stages.ts'
import { languageAt } from '../syntax/language-at.ts'
import { codeText, type Helper } from './code-text.ts'
import type { CodeCell, MimeBundle } from './nbformat.ts'
import { bundleOf } from './output-bundle.ts'

interface CodeOptions {
  readonly program: Program
  /** The name of the constant that holds what a cell shows. */
  readonly shown: string
  readonly isApart?: boolean
  /** The Markdown of the prose that the cell shows. */
  readonly prose?: string
}

/** Makes the code cell of one cell of a report, with its stored outputs. */
export async function codeCell(
  label: string,
  { run, drawn }: Assembly,
  { program, shown: name, prose, isApart }: CodeOptions,
): Promise<{ readonly cell: CodeCell; readonly helpers: ReadonlySet<Helper> }> {
  const { tree } = run.source
  const cell = tree.cells.find((one) => one.label === label)!
  const result = run.cells.get(label)!
  const shown = 'stored' in result ? (result.stored?.shown ?? []) : []
  const { text, helpers } = codeText(cell, { uses: usedBy(label, program), shown: name, isApart })
  const lang = languageAt(tree, cell)
  const outputs: MimeBundle[] = []
  for (const [index, output] of shown.entries()) {
    if (output.kind === 'prose' && prose !== undefined && shown.slice(0, index).some(isProse)) continue
    const id = idOfOutput(cell, shown, index)
    const svg = drawn.find((one) => one.id === id)?.svg
    // A figure that cannot be drawn has been reported.
    if (output.kind === 'figure' && svg === undefined) continue
    outputs.push(await bundleOf(output, { id, lang, svg, markdown: prose }))
  }
  const weft: Json = { label, ...(cell.options.echo === 'hide' && { echo: 'hide' }) }
  return { cell: { kind: 'code', id: label, source: text, outputs, metadata: { weft } }, helpers }
}

// Earlier exports that the cell names, by the label of their cell.
function usedBy(label: string, { cells, owners }: Program): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, string[]>()
  for (const name of cells.get(label)?.needs ?? []) {
    const owner = owners.get(name)!
    uses.set(owner, [...(uses.get(owner) ?? []), name])
  }
  return uses
}

function isProse({ kind }: Output): boolean {
  return kind === 'prose'
}
