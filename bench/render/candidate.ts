import type { Document } from './document.ts'

/** In this order: nothing cached, nothing changed since, one word of prose changed since. */
export const phases = ['cold', 'cached', 'edited'] as const
export type Phase = (typeof phases)[number]

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  /** Besides the environment of this process. */
  readonly env?: { readonly [name: string]: string }
}

/** A document that one tool builds. */
export interface Candidate {
  readonly document: 'cells' | 'report'
  readonly tool: string
  /** What brings the tool, where it may be missing. */
  readonly packages?: string
  /** Throws, saying what is missing, where the tool is not installed. */
  open(): Promise<OpenCandidate> | OpenCandidate
}

export interface OpenCandidate {
  /** Versions, and how the tool makes a PDF. */
  readonly title: string
  /** What the PDF must show and which cells must run; the shipped report is judged by Weft itself. */
  readonly content?: Document
  /** Below the folder. */
  readonly pdf: string
  /** Lays out an empty folder: nothing in it is cached. */
  prepare(folder: string): void
  edit(folder: string): void
  command(phase: Phase, folder: string): Command
}
