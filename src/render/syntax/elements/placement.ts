import type { Allowed } from './taking.ts'

/** Where an author may want a figure or table in print. */
const placements = ['here', 'top', 'page'] as const

export type Placement = (typeof placements)[number]

/** Says what a placement may be, in messages. */
export const wantedPlacement = '`here`, `top` or `page`'

/** Checks whether a word is a placement. */
export function isPlacement(word: string): word is Placement {
  return placements.some((one) => one === word)
}

/** The attribute of a figure or table that says where it stands in print: `{#fig-x placement=top}`. */
export const placement: Readonly<Record<string, Allowed>> = {
  placement: {
    wanted: wantedPlacement,
    read: (value) => (isPlacement(value) ? { dataPlacement: value } : undefined),
  },
}
