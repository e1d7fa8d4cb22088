import type { Flow } from './flow.ts'
import type { Seam } from './stage.ts'
import type { Laid, Window } from './window.ts'

/** A way to place the figures up to one of them. */
interface State {
  readonly slots: readonly number[]
  readonly seam: Seam | undefined
  readonly cost: number
  /** Pages on which later figures are first mentioned. */
  readonly mentions: ReadonlyMap<number, number>
  /** Whether each figure of the present chapter stands where its source does. */
  readonly isSource: boolean
}

/** A place that was tried. */
interface Tried {
  readonly slot: number
  readonly laid: Laid
  /** What its page costs, being too far from the mention or no page as asked. */
  readonly lateness: number
  readonly mentions: ReadonlyMap<number, number>
}

/** Ways that are followed beside each other. */
const breadth = 3
/** Less than this at the end of a page is no hole, in CSS pixels. */
const slack = 45
const costs = { later: 5, earlier: 20, late: 400, notTop: 400 }

/** Finds behind which text each figure stands best, in their order. */
export function searchSlots(flow: Flow, window: Window, height: number): readonly number[] {
  const context = { flow, window, height }
  let states: State[] = [{ slots: [], seam: undefined, cost: 0, mentions: new Map(), isSource: true }]
  for (const [index, float] of flow.floats.entries()) {
    const isNew = flow.floats[index - 1]?.leaf.section !== float.leaf.section
    const next = states.flatMap((state) =>
      placesOf(isNew ? { ...state, isSource: true } : state, index, context),
    )
    states = best(next)
  }
  return states.reduce((one, other) => (other.cost < one.cost ? other : one)).slots
}

interface Context {
  readonly flow: Flow
  readonly window: Window
  readonly height: number
}

// The cheapest, one a slot, and one that keeps the order of the source, if there is one.
function best(states: readonly State[]): State[] {
  const sorted = [...states].sort((one, other) => one.cost - other.cost)
  const bySlot = new Map<string, State>()
  for (const state of sorted) {
    const key = `${state.seam!.slot} ${state.seam!.page} ${Math.round(state.seam!.y)}`
    if (!bySlot.has(key)) bySlot.set(key, state)
  }
  const kept = [...bySlot.values()].slice(0, breadth)
  const source = sorted.find(({ isSource }) => isSource)
  return source && !kept.some(({ isSource }) => isSource) ? [...kept, source] : kept
}

function placesOf(state: State, index: number, context: Context): State[] {
  const { flow, height } = context
  const float = flow.floats[index]!
  const before = state.slots.at(-1) ?? -1
  const stay = Math.max(float.home, before)
  const atHome = tryAt(state, index, stay, context)
  const tried = [atHome]
  if (!isGood(atHome, height)) {
    tried.push(...laterPlaces(state, index, atHome, context))
    tried.push(...earlierPlaces(state, index, Math.max(float.from, before), context))
  }
  return tried.map(({ slot, laid, lateness, mentions }) => ({
    slots: [...state.slots, slot],
    seam: { float: index, slot, ...laid.spot },
    cost:
      state.cost +
      lateness +
      laid.filled.reduce((sum, filled) => sum + costOf(height - filled, height), 0) +
      costs.later * Math.max(0, slot - float.home) +
      costs.earlier * Math.max(0, float.home - slot),
    mentions,
    isSource: state.isSource && slot === float.home,
  }))
}

function laterPlaces(state: State, index: number, atHome: Tried, context: Context): Tried[] {
  const { floats, isSlot } = context.flow
  const { to } = floats[index]!
  const found: Tried[] = []
  for (let slot = atHome.slot + 1; slot <= to; slot++) {
    if (!isSlot[slot]) continue
    const tried = tryAt(state, index, slot, context)
    found.push(tried)
    const isBelowText = tried.laid.spot.y > 1 && tried.laid.spot.page >= atHome.laid.spot.page
    if (tried.lateness >= costs.late || (isBelowText && tried.lateness === 0)) break
  }
  return found
}

function earlierPlaces(state: State, index: number, from: number, context: Context): Tried[] {
  const { floats, isSlot } = context.flow
  const { home } = floats[index]!
  const found: Tried[] = []
  for (let slot = home - 1; slot >= from; slot--) {
    if (!isSlot[slot]) continue
    const tried = tryAt(state, index, slot, context)
    const mention = tried.mentions.get(index)
    // Where its mention comes later, its page is not known here: it is not moved before it.
    if (mention === undefined || tried.laid.spot.page < mention) break
    found.push(tried)
    if (tried.laid.spot.y > 1 && tried.lateness === 0) break
  }
  return found
}

function tryAt(state: State, index: number, slot: number, { flow, window }: Context): Tried {
  const laid = window.lay(state.seam, index, slot)
  const mentions = new Map([...state.mentions, ...laid.mentions])
  const { page, y } = laid.spot
  const mention = mentions.get(index) ?? page
  const isTop = flow.floats[index]!.placement !== 'top' || y < 1 || laid.isBelowTail
  const lateness = costs.late * Math.max(0, page - mention - 1) + (isTop ? 0 : costs.notTop)
  return { slot, laid, lateness, mentions }
}

// Nothing is gained elsewhere.
function isGood({ laid, lateness }: Tried, height: number): boolean {
  const last = laid.filled.at(-1)
  const isHole = laid.spot.y < 1 && last !== undefined && height - last > slack
  return lateness === 0 && !isHole
}

function costOf(blank: number, height: number): number {
  return Math.max(0, blank) + 2 * Math.max(0, blank - height / 4)
}
