import type { FootnoteDefinition, Nodes, Root, RootContent } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Reading, Shown } from './piece.ts'
import { type Piece, stop } from './piece.ts'
import { readNode } from './read-node.ts'

/**
 * Reads a report as it must be printed, from its sources and the results alone; of what is made only as it is typeset,
 * registers come from there, and numbers of figures, tables and equations.
 */
export function readReportPieces(shown: Shown): Piece[] {
  return shown.tree.chapters.flatMap(({ file, tree }, index) => {
    const reading: Reading = {
      ...shown,
      file: file.path,
      source: String(file),
      definitions: definitionsIn(tree),
      noted: new Set(),
      read: readNode,
    }
    const blocks = tree.children.filter((node) => node.type !== 'footnoteDefinition')
    const pieces = blocks.flatMap((node) => [
      ...(beginsBody(node, index, blocks) ? [{ kind: 'body' } as const] : []),
      ...readNode(node, reading),
    ])
    return [...pieces, ...notesOf(reading), stop]
  })
}

// What the first chapter says before its first heading is the abstract.
function beginsBody(node: RootContent, chapter: number, blocks: readonly RootContent[]): boolean {
  const first = chapter === 0 ? blocks.find(({ type }) => type === 'heading') : blocks[0]
  return node === first
}

function definitionsIn(tree: Root): Map<string, FootnoteDefinition> {
  const found = new Map<string, FootnoteDefinition>()
  visit(tree, 'footnoteDefinition', (node: FootnoteDefinition) => {
    if (!found.has(node.identifier)) found.set(node.identifier, node)
  })
  return found
}

// Notes stand at the end of their chapter, in the order of their marks; a note may name another.
function notesOf(reading: Reading): Piece[] {
  const pieces: Piece[] = []
  for (const identifier of reading.noted) {
    const note = reading.definitions.get(identifier)
    if (note) pieces.push(stop, ...note.children.flatMap((node: Nodes) => readNode(node, reading)))
  }
  return pieces
}
