import type { Edit } from './sources.ts'

/** One change of a project, and what it makes run. */
export interface Mutation {
  readonly name: string
  readonly edit: Edit
  /** The lines of the cells and jobs that must run: `cell LABEL` or `job NAME ...`. */
  readonly must: readonly string[]
  /** What may run too; everything else must not. */
  readonly may?: readonly string[]
  /** What may run once the mutation is taken back: a result is kept only for what was read last. */
  readonly back?: readonly string[]
  /** Of the build after it; the published one unless given. */
  readonly profile?: string
}

/** Declares mutations: each is its edit, what must run, what may, and what may run once it is taken back. */
export type Mutations = Readonly<
  Record<
    string,
    readonly [edit: Edit, must: readonly string[], may?: readonly string[], back?: readonly string[]]
  >
>

/** Gives a list of mutations by name. */
export function listOf(mutations: Mutations): Mutation[] {
  return Object.entries(mutations).map(([name, [edit, must, may = [], back = []]]) => ({
    name,
    edit,
    must,
    may,
    back,
  }))
}

/** Gives the lines that cells of these labels say when they run. */
export function cells(...labels: readonly string[]): string[] {
  return labels.map((label) => `cell ${label}`)
}
