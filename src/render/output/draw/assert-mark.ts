import { found } from '../../model/found.ts'
import { suggestion } from '../../model/nearest.ts'
import type { Json } from '../../model/types.ts'

/** Every mark that vega-lite 6 draws. */
const MARKS = [
  'arc',
  'area',
  'bar',
  'boxplot',
  'circle',
  'errorband',
  'errorbar',
  'geoshape',
  'image',
  'line',
  'point',
  'rect',
  'rule',
  'square',
  'text',
  'tick',
  'trail',
]

/** Throws unless a mark, or its `type`, is one of vega-lite's, which itself breaks at another without naming it. */
export function assertMark(mark: Json | undefined): void {
  const type = typeof mark === 'object' && mark !== null && 'type' in mark ? mark.type : mark
  if (typeof type === 'string' && MARKS.includes(type)) return
  const near = typeof type === 'string' ? suggestion(type, MARKS) : ''
  throw new Error(`Cannot draw mark ${found(type)}, expected one of ${MARKS.join(', ')}${near}`)
}
