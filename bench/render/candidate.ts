import type { Document } from './document.ts'

/** In this order: nothing cached, nothing changed, one word of prose changed. */
export const phases = ['cold', 'cached', 'edited'] as const
export type Phase = (typeof phases)[number]

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  /** Variables in addition to the environment of this process. */
  readonly env?: { readonly [name: string]: string }
}

/** A document that one tool builds. */
export interface Candidate {
  readonly document: 'cells' | 'report'
  readonly tool: string
  /** Packages that provide the tool; absent if it is always installed. */
  readonly packages?: string
  /** Throws if the tool is not installed, and says what is missing. */
  open(): Promise<OpenCandidate> | OpenCandidate
}

export interface OpenCandidate {
  /** Versions of the tool, and how it makes a PDF. */
  readonly title: string
  /** What the PDF must show and which cells must run. Absent for the shipped report, which Weft itself checks. */
  readonly content?: Document
  /** Path of the PDF in the folder. */
  readonly pdf: string
  /** Writes the document into an empty folder, without caches. */
  prepare(folder: string): void
  edit(folder: string): void
  command(phase: Phase, folder: string): Command
}
