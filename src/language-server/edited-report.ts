import { join } from 'node:path'
import type ts from 'typescript'
import type { VFile } from 'vfile'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { FaultMemory } from '../render/bundle/types/fault-memory.ts'
import { alignPart, type Shared, toChapter, toSource } from '../render/bundle/types/place-part.ts'
import { TypedReport } from '../render/bundle/types/typed-report.ts'
import { type TypedPart, typedParts, typedSource } from '../render/bundle/types/typed-source.ts'
import { offsetOf, ownerAt, type VirtualModule } from '../render/bundle/types/virtual-text.ts'
import type { Cell, Expression, ReportTree } from '../render/model/types.ts'
import type { ReadText } from './find-report.ts'
import { EditedReader, unreadableFiles } from './read-edited.ts'

/** A place in a module in memory. */
export interface ModulePlace {
  readonly module: VirtualModule
  readonly offset: number
  readonly owner: TypedPart
}

/** A place in a file, as offsets of its text with line ends of one character. */
export interface FilePlace {
  /** Absolute. */
  readonly path: string
  readonly start: number
  readonly end: number
}

/** A report that is open in an editor, with its types, and the way from places in it to places of modules and back. */
export class EditedReport {
  /** Absolute path of report.md. */
  readonly path: string
  readonly #reader: EditedReader
  readonly #compiler: typeof ts
  #tree: ReportTree | undefined
  #unreadable: readonly VFile[] = []
  #typed: TypedReport | undefined
  #faults: FaultMemory | undefined
  #shared = new Map<Cell | Expression, readonly Shared[]>()
  #documents = new Map<string, TextDocument>()
  #isStale = true
  #problem: string | undefined

  constructor(path: string, readText: ReadText, compiler: typeof ts) {
    this.path = path
    this.#reader = new EditedReader(path, readText)
    this.#compiler = compiler
  }

  /** Says that a file of the report, or one that it imports, may have changed. */
  touch(): void {
    this.#isStale = true
  }

  /** The types of the report as it is now; undefined if it could never be read. */
  get typed(): TypedReport | undefined {
    this.#refresh()
    return this.#typed
  }

  /** The faults of the types, as far as they are known. */
  get faults(): FaultMemory | undefined {
    this.#refresh()
    return this.#faults
  }

  /** The report as it was when it could last be read. */
  get tree(): ReportTree | undefined {
    this.#refresh()
    return this.#tree
  }

  /** The files that prevent the report from being read, with messages. */
  get unreadable(): readonly VFile[] {
    this.#refresh()
    return this.#unreadable
  }

  /** What prevents the types from being checked; undefined if nothing does. */
  get problem(): string | undefined {
    this.#refresh()
    return this.#problem
  }

  /** Gives the chapter at an absolute path; undefined if the report has none there. */
  documentAt(path: string): TextDocument | undefined {
    this.#refresh()
    return this.#documents.get(path)
  }

  /** Finds the place of a module for an offset in a chapter; undefined if there is no code. */
  toModule(path: string, offset: number): ModulePlace | undefined {
    const typed = this.typed
    if (!typed) return undefined
    const parts = typedParts(this.#tree!)
    for (const [index, part] of parts.entries()) {
      const { start, end } = part.position
      if (offset < start.offset! || offset > end.offset! || this.#pathOf(part.file) !== path) continue
      const from = toSource(this.#sharedOf(part), offset)
      const owner = typed.source.parts[index]!
      const module = typed.modules.find(({ segments }) => segments.some((one) => one.owner === owner))
      const at = module && from !== undefined ? offsetOf(module, owner, from) : undefined
      if (at !== undefined) return { module: module!, offset: at, owner }
    }
    return undefined
  }

  /** Finds the place in a chapter of some characters of a module; undefined if no author wrote them. */
  toChapter(modulePath: string, start: number, length: number): FilePlace | undefined {
    const typed = this.typed
    const module = typed?.moduleAt(modulePath)
    const found = module && ownerAt(module, start)
    if (!typed || found?.offset === undefined) return undefined
    const part = typedParts(this.#tree!)[typed.source.parts.indexOf(found.owner)]!
    const shared = this.#sharedOf(part)
    const [begin, end] = [toChapter(shared, found.offset), toChapter(shared, found.offset + length)]
    if (begin === undefined || end === undefined) return undefined
    return { path: this.#pathOf(part.file), start: begin, end }
  }

  #sharedOf(part: Cell | Expression): readonly Shared[] {
    const known = this.#shared.get(part)
    if (known) return known
    const shared = alignPart(part, this.#documents.get(this.#pathOf(part.file))!.getText())
    this.#shared.set(part, shared)
    return shared
  }

  #pathOf(file: string): string {
    return join(this.#tree!.report.root, file)
  }

  #refresh(): void {
    if (!this.#isStale) return
    this.#isStale = false
    try {
      this.#tree = this.#reader.read()
      this.#unreadable = []
    } catch (error) {
      const files = unreadableFiles(error)
      if (!files) throw error
      // What was read last still answers.
      this.#unreadable = files
      return
    }
    this.#shared.clear()
    this.#documents = new Map(
      this.#tree.report.files.map((file) => [
        this.#pathOf(file.path),
        TextDocument.create(file.path, 'markdown', 0, String(file)),
      ]),
    )
    this.#update(this.#tree)
  }

  #update(tree: ReportTree): void {
    const source = typedSource(tree)
    this.#problem = undefined
    try {
      if (this.#typed) this.#typed.update(source)
      else this.#typed = new TypedReport(this.#compiler, source, true)
      this.#faults ??= new FaultMemory(this.#typed)
    } catch (error) {
      // The settings of the project cannot be read.
      this.#problem = (error as Error).message
    }
  }
}
