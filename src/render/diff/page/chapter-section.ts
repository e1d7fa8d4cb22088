import type { Element, ElementContent } from 'hast'
import { plural } from '../../output/format.ts'
import { h } from '../../page/hast.ts'
import type { ChapterChange, Diff } from '../schema.ts'
import { type Drawings, figureNodes } from './figure-nodes.ts'
import { el, foldNode, text } from './nodes.ts'
import { sentenceNodes } from './sentence-nodes.ts'
import { tableNodes } from './table-nodes.ts'

/** Makes the section of a chapter: what changed in its order, then what is new and what is gone. */
export async function chapterSection(
  { title, file, changes }: Diff['chapters'][number],
  id: string,
  drawings: Drawings,
): Promise<Element> {
  const isOneSided = ({ verdict }: ChapterChange) => verdict === 'added' || verdict === 'removed'
  const changed = await nodesOf(
    changes.filter((change) => !isOneSided(change)),
    drawings,
  )
  const folds = await Promise.all(
    (['added', 'removed'] as const).map(async (verdict) => {
      const own = changes.filter((change) => change.verdict === verdict)
      if (own.length === 0) return []
      return [foldNode(foldTitle(own, verdict), await nodesOf(own, drawings))]
    }),
  )
  return h('section', { id }, [
    h('h2', {}, [text(title || file)]),
    ...(file === '' ? [] : [el('p', 'diff-file', [el('code', '', [file])])]),
    ...changed,
    ...folds.flat(),
  ])
}

async function nodesOf(changes: readonly ChapterChange[], drawings: Drawings): Promise<ElementContent[]> {
  const nodes: ElementContent[] = []
  for (const change of changes) {
    if (change.kind === 'figure') nodes.push(await figureNodes(change, drawings))
    else nodes.push('rows' in change ? tableNodes(change) : sentenceNodes(change))
  }
  return nodes
}

function foldTitle(changes: readonly ChapterChange[], verdict: 'added' | 'removed'): string {
  const count = (kinds: readonly string[], noun: string) => {
    const own = changes.filter(({ kind }) => kinds.includes(kind)).length
    return own > 0 ? [plural(own, noun)] : []
  }
  const counts = [
    ...count(['value', 'plain'], 'number'),
    ...count(['claim'], 'claim'),
    ...count(['table'], 'table'),
    ...count(['figure'], 'figure'),
  ]
  return `${verdict === 'added' ? 'New' : 'Gone'}: ${counts.join(', ')}`
}
