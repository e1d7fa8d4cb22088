import type { TypedPart } from './typed-source.ts'

/** A module that exists in memory alone, made of what authors wrote and of text around it. */
export interface VirtualModule {
  /** Absolute. It lies in its chapter's folder, so that relative imports mean the same. */
  readonly path: string
  readonly text: string
  readonly segments: readonly Segment[]
}

/** A part of a module that an author wrote. */
interface Segment {
  /** Offset in the module. */
  readonly at: number
  readonly length: number
  readonly owner: TypedPart
  /** Offset in the owner's source. */
  readonly from: number
}

/** Writes a module, and notes which part of it belongs to whom. */
export class VirtualText {
  #text = ''
  readonly #segments: Segment[] = []

  /** Adds text that nobody wrote. */
  add(text: string): void {
    this.#text += text
  }

  /** Adds a source with words put into it: offset in the source -> word. */
  addSource(owner: TypedPart, insertions: ReadonlyMap<number, string> = new Map()): void {
    const { source } = owner
    let from = 0
    const addUpTo = (end: number) => {
      this.#segments.push({ at: this.#text.length, length: end - from, owner, from })
      this.#text += source.slice(from, end)
      from = end
    }
    for (const [offset, word] of [...insertions].sort(([a], [b]) => a - b)) {
      addUpTo(offset)
      this.#text += word
    }
    addUpTo(source.length)
  }

  module(path: string): VirtualModule {
    return { path, text: this.#text, segments: this.#segments }
  }
}

/** A place in what an author wrote: an offset of the owner's source, or the whole of it. */
interface OwnPlace {
  readonly owner: TypedPart
  readonly offset: number | undefined
}

/** Finds what an author wrote at an offset of a module, or the nearest before it. */
export function ownerAt({ segments }: VirtualModule, offset: number): OwnPlace | undefined {
  const inside = segments.find(({ at, length }) => at <= offset && offset <= at + length)
  if (inside) return { owner: inside.owner, offset: inside.from + offset - inside.at }
  const before = segments.findLast(({ at }) => at <= offset) ?? segments[0]
  return before && { owner: before.owner, offset: undefined }
}

/** Finds the offset in a module of an offset in the source of its owner; undefined if the module does not hold it. */
export function offsetOf({ segments }: VirtualModule, owner: TypedPart, offset: number): number | undefined {
  const found = segments.findLast(
    ({ owner: other, from, length }) => other === owner && from <= offset && offset <= from + length,
  )
  return found && found.at + offset - found.from
}
