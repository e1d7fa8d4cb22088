import type { Store } from '../cache/store.ts'
import type { Cell, Digest, Failure } from '../model/types.ts'

interface Failed {
  readonly key: Digest
  readonly failure: Failure
  /** Of its fence, when it failed. */
  readonly line: number
}

/** The last failures of cells, which count as long as nothing changes that decides their results. */
export class FailedCells {
  readonly #all = new Map<string, Failed>()

  /** Gives the failure of a cell with this key, with its places where they are now. */
  of(cell: Cell, key: Digest): Failure | undefined {
    const failed = this.#all.get(cell.label)
    return failed?.key === key ? movedFailure(failed.failure, cell, failed.line) : undefined
  }

  /** Forgets the failure of a cell if a file has changed that it read. */
  deleteChanged(label: string, store: Store): void {
    const reads = this.#all.get(label)?.failure.reads
    if (reads && store.changed({ provenance: { reads } }).length > 0) this.#all.delete(label)
  }

  set({ label, position }: Cell, key: Digest, failure: Failure): void {
    this.#all.set(label, { key, failure, line: position.start.line })
  }

  delete(label: string): void {
    this.#all.delete(label)
  }
}

/** Moves the places of a cell's failure with its fence, which lines above it may have moved since the cell ran. */
function movedFailure(failure: Failure, { file, position }: Cell, lineThen: number): Failure {
  const by = position.start.line - lineThen
  if (by === 0) return failure
  const { frames, faults } = failure
  return {
    ...failure,
    ...(frames ? { frames: frames.map((frame) => movedFrame(frame, file, by)) } : {}),
    ...(faults
      ? {
          faults: faults.map((fault) =>
            fault.place ? { ...fault, place: { ...fault.place, line: fault.place.line + by } } : fault,
          ),
        }
      : {}),
  }
}

// `at name (file:///project/report.md:12:5)`.
function movedFrame(frame: string, file: string, by: number): string {
  const match = /^(.*):(\d+):(\d+)(\)?)$/.exec(frame)
  if (!match) return frame
  const [, before, line, column, end] = match
  const isOwn = before!.endsWith(`/${encodeURI(file)}`) || before!.endsWith(`/${file}`)
  return isOwn ? `${before}:${Number(line) + by}:${column}${end}` : frame
}
