import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { dsvFormat } from 'd3-dsv'
import type ts from 'typescript'
import { parseRows } from '../rows.ts'
import { rowsDeclaration } from './param-types.ts'

/** The declarations of the data files that cells import. */
export class DataModules {
  readonly #files = new Map<string, DataFile>()
  readonly #compiler: typeof ts

  constructor(compiler: typeof ts) {
    this.#compiler = compiler
  }

  /** Gives the path of the declaration of the data file that an import names; undefined if it names none. */
  find(literal: ts.StringLiteralLike, importer: string): string | undefined {
    const kind = /^\.{1,2}\/.*\.(csv|tsv|txt|md)$/i.exec(literal.text)?.[1]?.toLowerCase()
    const file = resolve(dirname(importer), literal.text)
    if (kind === undefined || !existsSync(file)) return undefined
    const isRows = kind === 'csv' || kind === 'tsv'
    const dates = isRows ? datesOf(literal, this.#compiler) : []
    const path = `${[file, ...dates].join('.')}.weft-data.d.ts`
    this.#files.set(path, { file, isRows, dates })
    return path
  }

  /** Gives the data file of a declaration. */
  fileOf(path: string): string | undefined {
    return this.#files.get(path)?.file
  }

  /** Writes a declaration; undefined if the path is that of none. */
  declare(path: string): string | undefined {
    const data = this.#files.get(path)
    if (data === undefined) return undefined
    return data.isRows ? declareRows(data) : 'declare const text: string\nexport default text\n'
  }
}

interface DataFile {
  readonly file: string
  readonly isRows: boolean
  /** Columns that hold dates. */
  readonly dates: readonly string[]
}

// The columns in `with { dates: 'begin, end' }`.
function datesOf({ parent }: ts.StringLiteralLike, compiler: typeof ts): readonly string[] {
  const attributes = compiler.isImportDeclaration(parent) ? parent.attributes?.elements : undefined
  const value = attributes?.find(({ name }) => name.text === 'dates')?.value
  return value && compiler.isStringLiteral(value) ? value.text.split(',').map((name) => name.trim()) : []
}

function declareRows({ file, dates }: DataFile): string {
  const [text, delimiter] = [readFileSync(file, 'utf8'), /\.tsv$/i.test(file) ? '\t' : ','] as const
  const { columns } = dsvFormat(delimiter).parse(text.replace(/^\uFEFF/, ''))
  return rowsDeclaration(columns, rowsIn(text, delimiter, dates))
}

function rowsIn(text: string, delimiter: ',' | '\t', dates: readonly string[]) {
  try {
    return parseRows(text, delimiter, dates)
  } catch {
    // The bundle reports columns of dates that are none.
    return parseRows(text, delimiter)
  }
}
