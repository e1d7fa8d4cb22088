import type { InferenceSession } from 'onnxruntime-node'
import type { Program } from './programs.ts'

/** A program with the session of onnxruntime that runs it. */
export type Compiled<Written extends Program> = Written & { readonly session: InferenceSession }

interface Kept<Written extends Program> {
  readonly nodes: readonly unknown[]
  readonly compiled: Promise<Compiled<Written>>
  users: number
}

// A program holds no data, but each batch size needs its own program.
const mostPrograms = 24

/** Keeps the programs that were compiled last. */
export class ProgramCache<Written extends Program> {
  readonly #compile: (program: Written) => Promise<InferenceSession>
  #programs: Kept<Written>[] = []

  constructor(compile: (program: Written) => Promise<InferenceSession>) {
    this.#compile = compile
  }

  /**
   * Uses the program of some nodes and numbers; writes and compiles it unless it is kept. Releases no program that is
   * in use.
   */
  async use<Result>(
    nodes: readonly unknown[],
    write: () => Written,
    use: (compiled: Compiled<Written>) => Promise<Result>,
  ): Promise<Result> {
    const known = this.#programs.find(
      (each) =>
        each.nodes.length === nodes.length && each.nodes.every((node, index) => node === nodes[index]),
    )
    const kept = known ?? { nodes, compiled: this.#compiled(write()), users: 0 }
    // The most recently used program is kept longest.
    this.#programs = [...this.#programs.filter((each) => each !== kept), kept]
    kept.users += 1
    try {
      return await use(await kept.compiled)
    } finally {
      kept.users -= 1
      const idle = this.#programs.filter(({ users }) => users === 0)
      const oldest = idle.slice(0, Math.max(0, this.#programs.length - mostPrograms))
      this.#programs = this.#programs.filter((each) => !oldest.includes(each))
      await Promise.all(oldest.map(release))
    }
  }

  /** Frees all programs. */
  async release(): Promise<void> {
    await Promise.all(this.#programs.splice(0).map(release))
  }

  async #compiled(program: Written): Promise<Compiled<Written>> {
    return { ...program, session: await this.#compile(program) }
  }
}

// A program that did not compile has nothing to free.
async function release({ compiled }: Kept<Program>): Promise<void> {
  const { session } = (await compiled.catch(() => undefined)) ?? {}
  await session?.release()
}
