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

// A program holds no data, but each batch size needs its own program.
const mostPrograms = 24

/**
 * Keeps what an engine compiled last, for all of its sessions: the jobs of a sweep build equal graphs, and so do the
 * predictions of one job.
 */
export class CompiledPrograms<Program, Handle> {
  readonly #compiler: Compiler<Program, Handle>
  #kept: Kept<Handle>[] = []

  constructor(compiler: Compiler<Program, Handle>) {
    this.#compiler = compiler
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

  async #compiled(program: Program): Promise<Handle> {
    return this.#compiler.compile(program)
  }

  // A program that did not compile has nothing to free, and is tried again.
  async #forget(broken: Kept<Handle> | undefined): Promise<void> {
    const idle = this.#kept.filter(({ users }) => users === 0)
    const oldest = idle.slice(0, Math.max(0, this.#kept.length - mostPrograms))
    this.#kept = this.#kept.filter((each) => !oldest.includes(each) && each !== broken)
    const freed = oldest.filter((each) => each !== broken)
    await Promise.all(freed.map(async ({ handle }) => this.#compiler.release(await handle)))
  }
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

  #written(nodes: readonly unknown[], program: Program): Found<Program> {
    return { nodes, key: this.#compiled.keyOf(program), program }
  }
}
