import type { Cell, Expression, FrontMatter, ReportTree } from '../../model/types.ts'

/** All of a report that decides its types. It crosses to a thread, so it is plain data, and as little as possible. */
export interface TypedSource {
  /** Absolute. */
  readonly root: string
  /** Absolute folder of report.md. */
  readonly folder: string
  readonly params: FrontMatter['params']
  /** The cells that run, then all values and claims, each in the order of the report. */
  readonly parts: readonly TypedPart[]
}

/** Code that an author wrote into a chapter. */
export type TypedPart = TypedCell | TypedExpression

/** A cell. */
export interface TypedCell extends Pick<Cell, 'label' | 'lang' | 'source' | 'file'> {
  readonly kind: 'cell'
}

/** An inline value, or the condition of a claim. */
export type TypedExpression = Pick<Expression, 'kind' | 'source' | 'file'>

/** A fault of the types. */
export type Fault = FaultInPart | FaultInFile

/** A fault in a part, at an offset of its source; at the whole part if there is none. */
export interface FaultInPart {
  /** Its index in `TypedSource.parts`. */
  readonly part: number
  readonly offset?: number
  readonly length?: number
  readonly reason: string
}

/** A fault in another file of the project. */
export interface FaultInFile {
  /** Relative to the root. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  readonly reason: string
}

/** A fault at an offset of a module in memory. */
export interface FaultInModule {
  readonly start: number
  readonly length?: number
  readonly reason: string
}

/** Takes what decides the types out of a report. */
export function typedSource(tree: ReportTree): TypedSource {
  const { root, folder, front } = tree.report
  const parts = typedParts(tree).map((part): TypedPart => {
    const { source, file } = part
    if (!('label' in part)) return { kind: part.kind, source, file }
    return { kind: 'cell', label: part.label, lang: part.lang, source, file }
  })
  return { root, folder, params: front.params, parts }
}

/** Lists the cells and expressions of a report in the order of `TypedSource.parts`. */
export function typedParts({ cells, expressions }: ReportTree): readonly (Cell | Expression)[] {
  return [...cells.filter(({ options }) => options.evaluate), ...expressions]
}
