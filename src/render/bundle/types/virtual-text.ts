import type { Cell, Expression } from '../../model/types.ts'

/** A module that exists in memory alone, made of what authors wrote and of text around it. */
export interface VirtualModule {
  /** Absolute. It lies in its chapter's folder, so that relative imports mean the same. */
  readonly path: string
  readonly text: string
  readonly segments: readonly Segment[]
}

/** A part of a module that an author wrote. */
export interface Segment {
  /** Offset in the module. */
  readonly at: number
  readonly length: number
  readonly owner: Cell | Expression
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
  addSource(owner: Cell | Expression, insertions: ReadonlyMap<number, string> = new Map()): void {
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

/** Finds what an author wrote at an offset of a module, or the nearest before it. */
export function ownerAt(
  { segments }: VirtualModule,
  offset: number,
): { readonly owner: Cell | Expression; readonly offset: number | undefined } | undefined {
  const inside = segments.find(({ at, length }) => at <= offset && offset <= at + length)
  if (inside) return { owner: inside.owner, offset: inside.from + offset - inside.at }
  const before = segments.findLast(({ at }) => at <= offset) ?? segments[0]
  return before && { owner: before.owner, offset: undefined }
}
