import type { Edit } from './sources.ts'

/** One change of a project, and what must run because of it. */
export interface Mutation {
  readonly name: string
  readonly edit: Edit
  /** Trace lines of the cells and jobs that must run: `cell LABEL` or `job NAME ...`. */
  readonly must: readonly string[]
  /** What may also run; everything else must not. */
  readonly may?: readonly string[]
  /** What may run after the mutation is reverted, since a result is stored only for the last state of files it read. */
  readonly back?: readonly string[]
  /** Profile of the build after it. Default: the published one. */
  readonly profile?: string
}

/** Mutations by name: the edit, what must run, what may run, and what may run after reverting. */
export type Mutations = Readonly<
  Record<
    string,
    readonly [edit: Edit, must: readonly string[], may?: readonly string[], back?: readonly string[]]
  >
>

/** Makes a list of mutations with their names. */
export function listOf(mutations: Mutations): Mutation[] {
  return Object.entries(mutations).map(([name, [edit, must, may = [], back = []]]) => ({
    name,
    edit,
    must,
    may,
    back,
  }))
}

/** Gives the trace lines of cells with these labels. */
export function cells(...labels: readonly string[]): string[] {
  return labels.map((label) => `cell ${label}`)
}
