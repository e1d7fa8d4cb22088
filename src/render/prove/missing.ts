import type { Place } from './find-in-order.ts'
import { gridFaults } from './grid.ts'
import { findFrom, templateOf } from './match-at.ts'
import type { Fault } from './piece.ts'
import { fold, gap, type PrintedText, pageAt } from './printed-text.ts'
import type { Wanted } from './wanted.ts'

/**
 * Says of each text that was not found where it should be, and what stands there instead. Faults that are known of a
 * text stand for all that could be said of it.
 */
export function missingFaults(
  wanted: readonly Wanted[],
  places: readonly (Place | undefined)[],
  printed: PrintedText,
  known: ReadonlyMap<Wanted, readonly Fault[]> = new Map(),
): Fault[] {
  return wanted.flatMap((one, index) => {
    const faults = known.get(one)
    if (faults) return faults
    if (places[index]) return []
    const before = places.slice(0, index).findLast((place) => place !== undefined)
    const after = places.slice(index + 1).find((place) => place !== undefined)
    const from = before?.next ?? (one.isInBody ? printed.bodyAt : 0)
    const to = after?.start ?? printed.text.length
    if (one.kind === 'equation') return equationFaults(one, from, to, printed)
    if (one.grid) return gridFaults(one.grid, one.spot, { printed, from, to })
    return [{ spot: one.spot, reason: missingReason(one, from, to, printed) }]
  })
}

// A formula stands outside the order of the words; its number must be on their pages.
function equationFaults({ text, spot }: Wanted, from: number, to: number, printed: PrintedText): Fault[] {
  const first = printed.starts[pageAt(printed, from) - 1]!
  const last = printed.starts[pageAt(printed, to)] ?? printed.text.length
  if (printed.text.slice(first, last).includes(text)) return []
  const reason = `Cannot find the number \`${text}\` of an equation in the print where it belongs (page ${pageAt(printed, from)})`
  return [{ spot, reason }]
}

const words = {
  value: '',
  claim: 'the claim ',
  caption: 'the caption ',
  prose: 'the text ',
  table: '',
  equation: '',
}

function missingReason(
  { kind, text, shown }: Wanted,
  from: number,
  to: number,
  printed: PrintedText,
): string {
  const near = nearest(shown, printed.text.slice(from === 0 ? 0 : Math.max(0, from - 200), to + 200))
  const page = pageAt(printed, near === undefined ? from : Math.max(0, from - 200) + near.at)
  const found = near === undefined ? 'found nothing like it' : `found \`…${near.text}…\``
  const expected = shown === text ? '' : `expected \`…${shown}…\`, `
  return `Cannot find ${words[kind]}\`${text}\` in the print where it belongs (page ${page}), ${expected}${found}`
}

/** What is most like a text: the longest beginning of it that is there, and what follows. */
function nearest(shown: string, text: string): { readonly text: string; readonly at: number } | undefined {
  const characters = [...shown.replaceAll('…', gap)]
  for (let length = characters.length; length >= Math.min(5, characters.length); length--) {
    const start = {
      ...templateOf({ text: characters.slice(0, length).join('') }),
      isBegun: false,
      isEnded: false,
    }
    const match = findFrom(start, text, 0)
    if (!match) continue
    const found = text.slice(match.start, match.start + shown.length + 8)
    return { text: fold(found).trim(), at: match.start }
  }
  return undefined
}
