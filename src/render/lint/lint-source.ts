import type { Node } from 'unist'
import type { VFile } from 'vfile'
import type { CellResult } from '../execute/cell-result.ts'
import { languageOf } from '../model/language.ts'
import type { Rest } from '../model/rest.ts'
import type { Bundle, Position, ReportTree } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { languageAt } from '../syntax/language-at.ts'
import { captionOfAuthor, isRegister, placeOfRegister } from '../syntax/register-directive.ts'
import type { Literal } from './find-literals.ts'
import { findLiterals } from './find-literals.ts'
import { knownNumbers } from './known-numbers.ts'
import { isTypedIn, markdownText, type OwnedText, outputTexts } from './output-texts.ts'
import { type ProseBlock, proseBlocks } from './prose-blocks.ts'
import { suggestValues } from './suggest-values.ts'

/** Reports a message on a file. */
export type Tell = (file: VFile, reason: string, place: Position | undefined) => void

/** The input of the lint: a report's bundles and the results of its cells. */
export interface Linted {
  readonly cells: ReadonlyMap<string, CellResult>
  readonly bundles: ReadonlyMap<string, Bundle>
}

/**
 * Reports each number typed into the prose of chapters, into captions or alternative texts, with the value that it
 * probably means. The message is at the number itself, or at the fence or register that holds it.
 */
export async function lintSource(
  tree: ReportTree,
  { cells, bundles }: Linted,
  { tell, rest }: { readonly tell: Tell; readonly rest: Rest },
): Promise<void> {
  const { report, chapters, listings, registers } = tree
  const files = new Map(chapters.map(({ file }) => [file.path, file]))
  const known = knownNumbers(cells, report.params)

  for (const { file, tree: chapter } of chapters) {
    for (const block of proseBlocks(chapter.children, String(file))) {
      tellOf(block, file, (literal) => block.placeAt(literal.index, literal.text.length), where[block.kind])
      await rest()
    }
    visit(chapter, (node: Node) => {
      const own = isRegister(node) ? captionOfAuthor(placeOfRegister(node, file), registers) : undefined
      if (own) tellOwned(markdownText('the caption', own.caption, own.position), file, own.position)
    })
  }
  for (const { caption = '', file, position } of listings)
    tellOwned(markdownText('the caption', caption, position), files.get(file)!, position)
  for (const cell of tree.cells) {
    const file = files.get(cell.file)!
    tellOwned(markdownText('the caption', cell.options.caption ?? '', cell.position), file, cell.position)
    const cellResult = cells.get(cell.label)
    const shown = cellResult && 'stored' in cellResult ? (cellResult.stored?.shown ?? []) : []
    const isTyped = isTypedIn(bundles.get(cell.label)?.code ?? cell.source)
    for (const text of outputTexts(shown, cell)) tellOwned(text, file, cell.position, isTyped)
    await rest()
  }

  function tellOwned(
    { what, blocks }: OwnedText,
    file: VFile,
    position: Position,
    isTyped: (literal: Literal) => boolean = () => true,
  ): void {
    for (const block of blocks)
      tellOf(block, file, () => position, `${what} “${shortened(block.text)}”`, isTyped)
  }

  function tellOf(
    block: ProseBlock,
    file: VFile,
    place: (words: Pick<Literal, 'index' | 'text'>) => Position | undefined,
    into: string,
    isTyped: (literal: Literal) => boolean = () => true,
  ): void {
    const begin = place({ index: 0, text: block.text.slice(0, 1) })
    const lang = begin ? languageAt(tree, { file: file.path, position: begin }) : languageOf(file)
    for (const literal of findLiterals(block.text, { lang })) {
      if (!isTyped(literal)) continue
      const position = place(literal)
      const sentence = sentenceAround(block.text, literal)
      const likely = suggestValues(literal, known, {
        file: file.path,
        line: position?.start.line ?? 0,
        sentence,
      })
      tell(file, typedReason(literal, into, likely, block.kind === 'alt'), position)
    }
  }
}

const where = { prose: 'the prose', alt: 'the alt text' } as const

function typedReason({ text }: Literal, into: string, likely: readonly string[], isAlt: boolean): string {
  const words = text.replace(/\s+/g, ' ')
  const found = `Unexpected number \`${words}\` typed into ${into}`
  if (likely.length > 0)
    return `${found}, expected a value: did you mean ${likely.map((source) => `\`{ts} ${source}\``).join(' or ')}?`
  return isAlt
    ? `${found}, expected words, or a number that the cell computes`
    : `${found}, expected a value such as \`{ts} percent(result.accuracy)\`, or \`:given[${words}]{from='...'}\``
}

function sentenceAround(text: string, { index, text: words }: Literal): string {
  const before = text
    .slice(0, index)
    .split(/[.!?]\s/)
    .at(-1)!
  const after = text.slice(index + words.length).split(/[.!?](?:\s|$)/)[0]!
  return `${before}${words}${after}`
}

const mostWords = 60

function shortened(text: string): string {
  const line = text.replaceAll('\ufffc', '…').replace(/\s+/g, ' ').trim()
  return line.length <= mostWords ? line : `${line.slice(0, mostWords).trimEnd()}…`
}
