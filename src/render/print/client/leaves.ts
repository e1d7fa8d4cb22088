/** A block of the flow: what `main` and the sections in it hold. */
export interface Leaf {
  readonly element: HTMLElement
  /** What it stands in: a chapter; no figure leaves it. */
  readonly section: HTMLElement
}

const flowing = 'section,.weft-flow'

/** Lists the blocks of the flow in their order. */
export function leavesIn(parent: HTMLElement): Leaf[] {
  return [...parent.children].flatMap((child): Leaf[] => {
    const element = child as HTMLElement
    return element.matches(flowing) ? leavesIn(element) : [{ element, section: parent }]
  })
}

/** Lists the sections that `main` holds, at any depth. */
export function sectionsIn(parent: HTMLElement): HTMLElement[] {
  return [...parent.children].flatMap((child) => {
    const element = child as HTMLElement
    return element.matches(flowing) ? [element, ...sectionsIn(element)] : []
  })
}
