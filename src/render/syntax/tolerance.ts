import type { Tolerance } from '../model/types.ts'

/** The options that say how far a recomputed number may lie from the accepted one. */
export const toleranceNames = ['rel', 'abs'] as const

/** Reads `rel=1e-3` or `abs=0.002`; gives what is wrong with it as text. */
export function readTolerance(name: (typeof toleranceNames)[number], text: string): Tolerance | string {
  const value = Number(text)
  if (/^\d*\.?\d+(e[+-]?\d+)?$/i.test(text) && value > 0 && Number.isFinite(value)) return { [name]: value }
  return `Unexpected ${name} \`${text}\`, expected a number above 0 such as ${name === 'rel' ? '1e-3' : '0.002'}`
}
