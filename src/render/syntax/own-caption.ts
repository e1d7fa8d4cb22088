import type { Position, RegisterForms } from '../model/types.ts'
import type { Place } from './place.ts'
import { problemOf } from './problem-of.ts'

/** The caption that its author gave a register, and where that stands. */
export interface OwnCaption {
  /** Markdown. */
  readonly caption: string
  readonly file: string
  readonly position: Position
}

/** Gives the caption that its author gave a register; undefined without one, or where the register is refused. */
export function ownCaption(place: Place, registers: RegisterForms): OwnCaption | undefined {
  const { caption } = place.attributes
  if (caption === undefined || problemOf(place, registers) !== undefined) return undefined
  return { caption, file: place.file.path, position: place.position! }
}
