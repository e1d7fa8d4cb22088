import { boxStyle } from './box-style.ts'
import type { Float, Flow } from './flow.ts'
import type { Leaf } from './leaves.ts'
import type { Sheet } from './sheet.ts'
import type { Seam } from './stage.ts'
import { textDigest } from './text-digest.ts'

/** Names the stretches of a flow by all that decides how they are laid out. */
export interface StretchNames {
  /** @param isLoose Whether the code in a text may break. */
  of(seam: Seam | undefined, float: number, slot: number, isLoose: (text: number) => boolean): string
}

/** Reads a flow as it is, before its figures are taken out. */
export function nameStretches(main: HTMLElement, { texts, floats }: Flow, sheet: Sheet): StretchNames {
  const own = texts.map(({ element }) => textDigest(element.outerHTML))
  const placeOf = placesIn()
  // Rules for siblings may look at both, and at its place.
  const names = texts.map(({ element }, index) =>
    textDigest([own[index - 1], own[index], own[index + 1], placeOf(element)].join()),
  )
  const chainOf = chainsIn(main, placeOf)
  // Now: later figures are taken out, and what is not shown is marked.
  for (const leaf of [...texts, ...floats.map((float) => float.leaf)]) chainOf(leaf)
  const mentioned = mentionsByText(floats)
  // A box stands behind its text, or first in its section.
  const boxAt = (float: number, slot: number) => {
    const { leaf } = floats[float]!
    const isBehind = texts[slot]?.section === leaf.section
    return `${boxStyle(floats[float]!, sheet)} ${isBehind ? own[slot] : 'first'}`
  }
  return {
    of(seam, float, slot, isLoose) {
      const from = seam ? seam.slot + 1 : 0
      const parts = [`${sheet.width} ${sheet.height}`, boxAt(float, slot), String(seam?.slot === slot)]
      if (seam) parts.push(`${seam.y} ${boxAt(seam.float, seam.slot)}`)
      let before: readonly Section[] = []
      const open = (leaf: Leaf) => {
        const chain = chainOf(leaf)
        let shared = 0
        while (shared < chain.length && chain[shared]!.element === before[shared]?.element) shared += 1
        if (shared < chain.length || before.length > shared)
          parts.push(`${shared}`, ...chain.slice(shared).map(({ name }) => name))
        before = chain
      }
      if (seam) open(floats[seam.float]!.leaf)
      for (let text = from; text <= slot; text++) {
        open(texts[text]!)
        parts.push(`${names[text]}${isLoose(text) ? ' loose' : ''}`)
        for (const { figure, link } of mentioned.get(text) ?? [])
          if (figure >= float) parts.push(`${figure - float} ${link}`)
      }
      open(floats[float]!.leaf)
      return textDigest(parts.join('\n'))
    },
  }
}

interface Section {
  readonly element: Element
  /** What it is, and of all that it holds what that is. */
  readonly name: string
}

function chainsIn(
  main: HTMLElement,
  placeOf: (element: Element) => number,
): (leaf: Leaf) => readonly Section[] {
  const known = new Map<Element, readonly Section[]>()
  const chain = (element: Element): readonly Section[] => {
    const before = known.get(element)
    if (before) return before
    const above = element === main ? [] : chain(element.parentElement!)
    const children = textDigest([...element.children].map(shallow).join('\n'))
    const own = { element, name: `${shallow(element)} ${placeOf(element)} ${children}` }
    known.set(element, [...above, own])
    return known.get(element)!
  }
  return ({ section }) => chain(section)
}

// Its tag alone.
function shallow(element: Element): string {
  return (element.cloneNode(false) as Element).outerHTML
}

function placesIn(): (element: Element) => number {
  const known = new Map<Element, ReadonlyMap<Element, number>>()
  return (element) => {
    const parent = element.parentElement!
    const places = known.get(parent) ?? new Map([...parent.children].map((child, index) => [child, index]))
    known.set(parent, places)
    return places.get(element)!
  }
}

/** A figure that is first mentioned in a text: by which of its links, or behind it. */
interface Mentioned {
  readonly figure: number
  readonly link: string
}

function mentionsByText(floats: readonly Float[]): ReadonlyMap<number, readonly Mentioned[]> {
  const found = new Map<number, Mentioned[]>()
  for (const [figure, { home, mention }] of floats.entries()) {
    const text = mention?.text ?? home
    // Equal links of a text lead to one figure, and the first of them counts.
    const link = mention ? textDigest(mention.element.outerHTML) : 'end'
    found.set(text, [...(found.get(text) ?? []), { figure, link }])
  }
  return found
}
