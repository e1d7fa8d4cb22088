import type { Target } from '../model/types.ts'
import { findFrom } from './match-at.ts'
import type { Fault } from './piece.ts'
import { type PrintedText, pageAt } from './printed-text.ts'
import type { Wanted } from './wanted.ts'

/** Says of each caption with a number that is printed more than once where it stands. */
export function doubledFaults(wanted: readonly Wanted[], printed: PrintedText): Fault[] {
  return wanted.flatMap(({ isNumbered, templates: [template], text, spot }) => {
    if (!isNumbered || !template) return []
    const places: number[] = []
    for (let from = printed.bodyAt; ; ) {
      const match = findFrom(template, printed.text, from)
      if (!match) break
      places.push(match.start)
      from = match.end
    }
    if (places.length < 2) return []
    const pages = places.map((place) => pageAt(printed, place)).join(' and ')
    const reason = `Unexpected second caption \`${text}\` in the print, expected it once, found it on the pages ${pages}`
    return [{ spot, reason }]
  })
}

/**
 * Compares the figures and tables of a loaded page with those that the report numbers: each must be there once, in the
 * order of its file.
 *
 * @param found The ids of figures and tables in the page, in their order; others may be among them.
 */
export function orderFaults(targets: readonly Target[], found: readonly string[]): Fault[] {
  const numbered = targets.filter(({ kind }) => kind === 'figure' || kind === 'table')
  const files = [...new Set(numbered.map(({ file }) => file))]
  return files.flatMap((file) => {
    const own = numbered.filter((target) => target.file === file)
    own.sort((one, other) => one.position.start.offset! - other.position.start.offset!)
    const shown = found.filter((id) => own.some(({ label }) => label === id))
    const counted = own.flatMap((target): Fault[] => {
      const count = shown.filter((id) => id === target.label).length
      const times = count === 0 ? 'found none' : `found it ${count} times`
      const reason = `Unexpected page, expected \`#${target.label}\` once, ${times}`
      return count === 1 ? [] : [{ spot: target, reason }]
    })
    if (counted.length > 0) return counted
    const at = own.findIndex(({ label }, index) => label !== shown[index])
    if (at < 0) return []
    const reason = `Unexpected order of figures and tables in the page, expected \`#${own[at]!.label}\`, found \`#${shown[at]}\``
    return [{ spot: own[at]!, reason }]
  })
}
