import type { Flow } from './flow.ts'
import { loosen } from './loosen.ts'
import type { StretchNames } from './name-stretches.ts'
import type { Laid, Window } from './window.ts'

/** What was found of a stretch; pages count from its first, figures and texts from its own. */
type KnownLay = readonly [
  page: number,
  y: number,
  filled: readonly number[],
  isBelowTail: boolean,
  mentions: readonly (readonly [figure: number, page: number])[],
  /** Texts whose code was let break. */
  loosened: readonly number[],
]

/** What earlier plans found of stretches, by the names of these. */
export type KnownLays = Readonly<Record<string, KnownLay>>

interface Remembering {
  readonly flow: Flow
  readonly names: StretchNames
  readonly known: KnownLays
}

/** Gives a window that lays out only stretches that are not known, and what it was asked for. */
export function rememberLays(
  window: Window,
  { flow: { texts }, names, known }: Remembering,
): { readonly window: Window; readonly used: KnownLays } {
  const used: Record<string, KnownLay> = {}
  const { loosened } = window
  const isLoose = (text: number) => loosened.has(texts[text]!.element)
  const lay: Window['lay'] = (seam, float, slot) => {
    const name = names.of(seam, float, slot, isLoose)
    const [from, first] = [seam ? seam.slot + 1 : 0, seam?.page ?? 1]
    const before = known[name] ?? used[name]
    if (before) {
      used[name] = before
      for (const text of before[5]) {
        const { element } = texts[from + text]!
        loosened.add(element)
        loosen(element)
      }
      return laidOf(before, float, first)
    }
    const wasLoose = texts.slice(from, slot + 1).map((_, index) => isLoose(from + index))
    const laid = window.lay(seam, float, slot)
    const newly = wasLoose.flatMap((was, index) => (!was && isLoose(from + index) ? [index] : []))
    used[name] = knownOf(laid, { float, first, newly })
    return laid
  }
  return { window: { ...window, lay }, used }
}

interface From {
  readonly float: number
  readonly first: number
  readonly newly: readonly number[]
}

function knownOf({ spot, filled, isBelowTail, mentions }: Laid, { float, first, newly }: From): KnownLay {
  const pages = [...mentions].map(([figure, page]) => [figure - float, page - first] as const)
  return [spot.page - first, spot.y, filled, isBelowTail, pages, newly]
}

function laidOf([page, y, filled, isBelowTail, mentions]: KnownLay, float: number, first: number): Laid {
  return {
    spot: { page: page + first, y },
    filled,
    isBelowTail,
    mentions: new Map(mentions.map(([figure, at]) => [figure + float, at + first])),
  }
}
