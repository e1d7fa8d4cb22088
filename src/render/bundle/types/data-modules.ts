import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type ts from 'typescript'
import { sha256 } from '../../model/digest.ts'
import { weftProgram } from '../../model/home.ts'
import { dataFile, kindOfData } from '../data/data-kinds.ts'
import { readTextData } from '../data/read-data.ts'
import { isTextKind } from '../data/read-table.ts'
import { schemaEnd } from '../data/schema.ts'
import { rowsDeclaration, unknownRows } from './rows-type.ts'

/** The declarations of the data files that cells import. */
export class DataModules {
  readonly #files = new Map<string, DataFile>()
  readonly #compiler: typeof ts

  constructor(compiler: typeof ts) {
    this.#compiler = compiler
  }

  /** Gives the path of the declaration of the data file that an import names; undefined if it names none. */
  find(literal: ts.StringLiteralLike, importer: string): string | undefined {
    const isText = /\.(?:txt|md)$/i.test(literal.text)
    if (!/^\.{1,2}\//.test(literal.text) || !(isText || dataFile.test(literal.text))) return undefined
    const file = resolve(dirname(importer), literal.text)
    if (!existsSync(file)) return undefined
    const attributes = isText ? {} : attributesOf(literal, this.#compiler)
    const own =
      Object.keys(attributes).length === 0 ? '' : `.${sha256(JSON.stringify(attributes)).slice(0, 8)}`
    const path = `${file}${own}.weft-data.d.ts`
    this.#files.set(path, { file, isText, attributes })
    return path
  }

  /** Gives the data file of a declaration. */
  fileOf(path: string): string | undefined {
    return this.#files.get(path)?.file
  }

  /** Gives all files that decide a declaration; none if the path is that of none. */
  filesOf(path: string): readonly string[] {
    const data = this.#files.get(path)
    if (data === undefined) return []
    return data.isText ? [data.file] : [data.file, data.file + schemaEnd]
  }

  /** Writes a declaration; undefined if the path is that of none. */
  declare(path: string): string | undefined {
    const data = this.#files.get(path)
    if (data === undefined) return undefined
    return data.isText ? 'declare const text: string\nexport default text\n' : declareRows(data)
  }
}

interface DataFile {
  readonly file: string
  readonly isText: boolean
  readonly attributes: Readonly<Record<string, string>>
}

// Those in `with { dates: 'begin, end' }`.
function attributesOf({ parent }: ts.StringLiteralLike, compiler: typeof ts): Record<string, string> {
  const attributes = compiler.isImportDeclaration(parent) ? parent.attributes?.elements : undefined
  return Object.fromEntries(
    (attributes ?? []).flatMap(({ name, value }) =>
      compiler.isStringLiteral(value) ? [[name.text, value.text] as const] : [],
    ),
  )
}

// The bundle reports what is wrong with a file.
function declareRows({ file, attributes }: DataFile): string {
  try {
    if (isTextKind(kindOfData(file)!)) return rowsDeclaration(readTextData(file, attributes))
    // TypeScript cannot wait for the packages that read the others.
    const reader = weftProgram('read-columns.js')
    return execFileSync(process.execPath, [reader, file, JSON.stringify(attributes)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return unknownRows
  }
}
