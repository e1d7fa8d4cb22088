import type { ElementContent } from 'hast'
import { withPrefix } from '../../output/draw/own-svg.ts'
import { h } from '../../page/hast.ts'
import { screenDrawing } from '../../page/tools/screen-drawing.ts'
import { checkSvg } from '../../untrusted/check-svg.ts'
import { figureWords } from '../change-lines.ts'
import type { FigureChange } from '../schema.ts'
import { changeNodes, classOf, el, foldNode, whyNode } from './nodes.ts'

/** Gives the drawings of a figure in both versions, as SVG. */
export interface Drawings {
  before(id: string): Promise<string | undefined>
  after(id: string): Promise<string | undefined>
}

/** Makes a figure of two versions side by side, with what changed in its data. */
export async function figureNodes(change: FigureChange, drawings: Drawings): Promise<ElementContent> {
  const { id, state, changes, verdict, because, place } = change
  const sides = (['before', 'after'] as const).filter(
    (side) => state === 'changed' || (state === 'added') === (side === 'after'),
  )
  const drawn = await Promise.all(
    sides.map(async (side) =>
      el('figure', 'weft-figure', [
        ...sideNodes(await drawings[side](id), `${side}-${id}-`),
        el('figcaption', '', [side]),
      ]),
    ),
  )
  const counts = state === 'changed' ? [figureWords(change)] : []
  return el('article', `diff-change ${classOf(verdict)}`, [
    el('p', 'diff-name weft-date', [`#${id}`]),
    el('div', `diff-sides diff-sides-${sides.length}`, drawn),
    ...(changes.length > 0
      ? [foldNode('The first changes of its data', [el('ul', 'diff-rules weft-date', changes.map(lineOf))])]
      : []),
    whyNode(verdict, { because, place, more: counts }),
  ])
}

function lineOf({ name, before, after, rule, verdict }: FigureChange['changes'][number]): ElementContent {
  return el('li', classOf(verdict), [
    `${name}: `,
    ...changeNodes(before, after),
    rule === '' ? '' : ` (${rule})`,
  ])
}

function sideNodes(svg: string | undefined, prefix: string): ElementContent[] {
  if (svg === undefined) return [el('p', 'diff-absent', ['not kept'])]
  try {
    // Two drawings of one figure have the same ids.
    const { markup, followsScheme } = screenDrawing(withPrefix(checkSvg(svg), prefix))
    return [
      el('div', followsScheme ? 'weft-drawing' : 'weft-drawing weft-light', [{ type: 'raw', value: markup }]),
    ]
  } catch {
    // In a picture nothing of it can run or be loaded.
    const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
    return [el('div', 'weft-drawing weft-light', [h('img', { src: address, alt: '' }, [])])]
  }
}
