import type { Count, RegisterWords } from './registers/types.ts'

/** What has a number and a name on the page. */
export type Named = 'figure' | 'table' | 'equation' | 'section' | 'listing' | 'appendix' | 'chapter'

/** All words that a page says by itself, in one language. */
export interface Words {
  /** BCP 47 subtag of the language that they are in. */
  readonly lang: string
  /** Gives the name of what has a number, `Figure 7`, with a no-break space. */
  named(kind: Named, number: string): string
  /** The word alone, as in a sentence about one of them. */
  readonly names: { readonly [kind in Named]: string }
  /** What stands before and after the number of a page behind a reference: `Figure 7, p. 12`. */
  readonly onPage: readonly [before: string, after: string]
  /** Quotation marks, first and last, then those inside others; with their spaces. */
  readonly quotes: readonly [first: string, last: string, innerFirst: string, innerLast: string]
  readonly front: FrontWords
  readonly callouts: CalloutWords
  readonly output: OutputWords
  readonly screen: ScreenWords
  readonly client: ClientWords
  readonly card: CardWords
  readonly registers: RegisterWords
}

/** Words at the head and the end of a report. */
interface FrontWords {
  /** The title of a report without one. */
  readonly report: string
  readonly abstract: string
  readonly keywords: string
  readonly contents: string
  readonly figures: string
  readonly tables: string
  readonly listings: string
  readonly references: string
  readonly footnotes: string
  readonly appendices: string
  readonly and: string
  /** Before the address of the author to write to. */
  readonly correspondence: string
  /** Before a day. */
  readonly updated: string
  /** The notice of a profile that is not the published one. */
  profileNotice(profile: string): string
}

/** The titles of callouts. */
interface CalloutWords {
  readonly note: string
  readonly tip: string
  readonly important: string
  readonly warning: string
  readonly caution: string
}

/** Words in and about outputs. */
interface OutputWords {
  readonly code: string
  /** A sentence below a table. */
  readonly bestNote: string
  /** After a best value, for readers who hear the page. */
  readonly best: string
  /** Above an output that is out of date. */
  readonly stale: string
}

/** Words that only a screen shows or says. */
interface ScreenWords {
  readonly skip: string
  readonly done: string
  readonly notice: string
  readonly thisOutput: string
  drawingOf(name: string): string
  dataOf(name: string): string
  codeOf(name: string): string
  csvOf(name: string): string
  rows(count: number): string
  firstRows(shown: number, all: number): string
  backToReference(number: string): string
  readonly previous: string
  readonly next: string
  /** What a reader lacks whose browser runs no scripts. */
  readonly noScripts: string
}

/** Words of the programs that run in a page. */
export interface ClientWords {
  readonly page: string
  readonly contents: string
  readonly dark: string
  readonly copy: string
  readonly copied: string
  readonly cannotCopy: string
  readonly codeIsCopied: string
  readonly copyIsRefused: string
  readonly origins: string
  readonly originsHint: string
  readonly origin: string
  readonly cell: string
  readonly cells: string
  readonly formula: string
  readonly table: string
  readonly list: string
  readonly reset: string
  readonly resetZoom: string
  readonly zoomIn: string
  readonly zoomOut: string
  readonly zoomHint: string
  readonly series: string
  readonly low: string
  readonly high: string
  /** Of the links to the parts of a report. */
  readonly parts: string
  readonly permalink: string
  /** Before the sections that cite a reference. */
  readonly citedIn: string
  readonly cite: string
  readonly citeThis: string
  /** A citation that is not BibTeX. */
  readonly plainText: string
  readonly close: string
  /** Of the choice between light and dark. */
  readonly theme: string
  readonly auto: string
  readonly light: string
  readonly search: string
  readonly nothingFound: string
}

/** Words of the card that says where a number comes from. */
export interface CardWords {
  readonly stale: string
  readonly isStale: string
  readonly jobs: string
  readonly data: string
  readonly files: string
  readonly params: string
  readonly software: string
  readonly computed: string
  readonly cellsBefore: string
  readonly engine: string
  more(count: number): string
  andMore(count: number): string
  readonly jobCount: Count
  seeds(count: number): string
  notKept(count: number): string
  range(first: string, last: string): string
  is(name: string, value: string): string
  readonly anotherVersion: string
  readonly mean: string
  readonly std: string
  readonly nothingRead: string
  readonly notAccepted: string
  readonly notAcceptedInPart: string
}
