import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type ts from 'typescript'
import type { Location, Range } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { loadTypeScript } from '../render/bundle/types/compiler.ts'
import { projectRoot } from '../render/syntax/read-report.ts'
import { EditedReport, type FilePlace } from './edited-report.ts'
import { findReport, readDisk } from './find-report.ts'

/** The documents that are open in an editor, and the reports that they belong to. */
export class Workspace {
  /** Absolute path -> document. */
  readonly #open = new Map<string, TextDocument>()
  readonly #reports = new Map<string, EditedReport>()
  readonly #compilers = new Map<string, Promise<typeof ts>>()

  readonly readText = (path: string): string | undefined => this.#open.get(path)?.getText() ?? readDisk(path)

  /** Takes a document as it is now. */
  set(document: TextDocument): void {
    this.#open.set(pathOf(document.uri), document)
    this.touch()
  }

  close(uri: string): void {
    this.#open.delete(pathOf(uri))
    this.touch()
  }

  /** Says that any file may have changed. */
  touch(): void {
    for (const report of this.#reports.values()) report.touch()
  }

  /** The paths of the open documents. */
  get paths(): readonly string[] {
    return [...this.#open.keys()]
  }

  /** Opens the report of a file. Throws an Error if TypeScript is not installed. */
  async reportOf(path: string): Promise<EditedReport> {
    const report = findReport(path, this.readText)
    const compiler = await this.#compilerOf(projectRoot(dirname(report)))
    const opened = this.#reports.get(report) ?? new EditedReport(report, this.readText, compiler)
    this.#reports.set(report, opened)
    return opened
  }

  /** Gives the URI of a file as the editor writes it. */
  uriOf(path: string): string {
    return this.#open.get(path)?.uri ?? pathToFileURL(path).href
  }

  /** Gives a place as the editor counts it. */
  locationOf(place: FilePlace, report: EditedReport): Location {
    const document =
      report.documentAt(place.path) ??
      TextDocument.create(place.path, '', 0, (this.readText(place.path) ?? '').replace(/\r\n?/g, '\n'))
    return { uri: this.uriOf(place.path), range: rangeIn(document, place) }
  }

  #compilerOf(root: string): Promise<typeof ts> {
    const compiler = this.#compilers.get(root) ?? loadTypeScript(root)
    this.#compilers.set(root, compiler)
    return compiler
  }
}

/** Gives the path of a file's URI. */
export function pathOf(uri: string): string {
  return fileURLToPath(uri)
}

/** Gives a range of a document. */
export function rangeIn(document: TextDocument, { start, end }: Omit<FilePlace, 'path'>): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) }
}
