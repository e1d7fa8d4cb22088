import { createHash } from 'node:crypto'

/** How an engine compiles its programs. */
export interface Compiler<Program, Handle> {
  /** Gives all that decides what is compiled: programs with equal parts are compiled once. */
  encode(program: Program): readonly (Uint8Array | string)[]
  compile(program: Program): Promise<Handle> | Handle
  release(handle: Handle): Promise<void> | void
}

interface Kept<Handle> {
  readonly key: string
  readonly handle: Promise<Handle>
  users: number
}

// Each batch size needs its own program.
const mostPrograms = 24
// A program holds no data, but the memory that it computes in.
const mostBytes = 2 ** 30

/**
 * Keeps what an engine compiled last, for all of its sessions: the jobs of a sweep build equal graphs, and so do the
 * predictions of one job.
 */
export class CompiledPrograms<Program, Handle> {
  readonly #compiler: Compiler<Program, Handle>
  readonly #bytes: () => number
  #kept: Kept<Handle>[] = []

  /** @param bytes gives the memory of this process */
  constructor(compiler: Compiler<Program, Handle>, bytes = () => process.memoryUsage.rss()) {
    this.#compiler = compiler
    this.#bytes = bytes
  }

  keyOf(program: Program): string {
    const hash = createHash('sha256')
    for (const part of this.#compiler.encode(program)) hash.update(part)
    return hash.digest('hex')
  }

  /** Uses what was compiled of a program; compiles it unless it is kept. Releases nothing that is in use. */
  async use<Result>(
    { key, program }: { readonly key: string; readonly program: Program },
    use: (handle: Handle) => Promise<Result> | Result,
  ): Promise<Result> {
    const known = this.#kept.find((each) => each.key === key)
    const kept = known ?? { key, handle: this.#compiled(program), users: 0 }
    // The most recently used program is kept longest.
    this.#kept = [...this.#kept.filter((each) => each !== kept), kept]
    kept.users += 1
    try {
      return await use(await kept.handle)
    } finally {
      kept.users -= 1
      await this.#forget(await failed(kept))
    }
  }

  /** Releases what is not in use if this process has grown large. Call it at the end of a session. */
  async shrink(): Promise<void> {
    if (this.#bytes() > mostBytes) await this.#release(this.#kept.filter(isIdle))
  }

  async #compiled(program: Program): Promise<Handle> {
    return this.#compiler.compile(program)
  }

  // A program that did not compile has nothing to free, and is tried again.
  async #forget(broken: Kept<Handle> | undefined): Promise<void> {
    this.#kept = this.#kept.filter((each) => each !== broken)
    const idle = this.#kept.filter(isIdle)
    await this.#release(idle.slice(0, Math.max(0, this.#kept.length - mostPrograms)))
  }

  async #release(freed: readonly Kept<Handle>[]): Promise<void> {
    this.#kept = this.#kept.filter((each) => !freed.includes(each))
    await Promise.all(
      freed.map(({ handle }) =>
        handle.then(
          (compiled) => this.#compiler.release(compiled),
          () => {},
        ),
      ),
    )
  }
}

function isIdle({ users }: Kept<unknown>): boolean {
  return users === 0
}

async function failed<Handle>(kept: Kept<Handle>): Promise<Kept<Handle> | undefined> {
  return kept.handle.then(
    () => undefined,
    () => kept,
  )
}

interface Found<Program> {
  readonly nodes: readonly unknown[]
  readonly key: string
  readonly program: Program
}

/** Finds the programs of one session by their nodes. */
export class ProgramCache<Program, Handle> {
  readonly #compiled: CompiledPrograms<Program, Handle>
  #found: Found<Program>[] = []

  constructor(compiled: CompiledPrograms<Program, Handle>) {
    this.#compiled = compiled
  }

  /** Uses the program of some nodes and numbers, and what was compiled of it; writes it unless that is done. */
  async use<Result>(
    nodes: readonly unknown[],
    write: () => Program,
    use: (program: Program, handle: Handle) => Promise<Result> | Result,
  ): Promise<Result> {
    const known = this.#found.find(
      (each) =>
        each.nodes.length === nodes.length && each.nodes.every((node, index) => node === nodes[index]),
    )
    const found = known ?? this.#written(nodes, write())
    this.#found = [...this.#found.filter((each) => each !== found), found].slice(-mostPrograms)
    return this.#compiled.use(found, (handle) => use(found.program, handle))
  }

  /** Ends the session. */
  async close(): Promise<void> {
    this.#found = []
    await this.#compiled.shrink()
  }

  #written(nodes: readonly unknown[], program: Program): Found<Program> {
    return { nodes, key: this.#compiled.keyOf(program), program }
  }
}
