import { foldPage } from './fold.ts'
import { findFrom } from './match-at.ts'
import { templateOf } from './template.ts'

/** Whether what an element holds is a wanted text, with marks, and nothing else; formulas may be anything. */
export function holds(held: string, wanted: string): boolean {
  const text = foldPage(held)
  const template = templateOf({ text: wanted, isLine: true })
  if (template.characters.length === 0) return wanted.trim() !== '' || text === ''
  for (let from = 0; from <= text.length; from++) {
    const match = findFrom(template, text, from)
    if (!match || (template.isBegun && match.start > 0)) return false
    if (!template.isEnded || match.end === text.length) return true
    from = match.start
  }
  return false
}
