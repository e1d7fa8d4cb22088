/** How the code of a fence looks. */
interface FenceMarks {
  /** Numbers of the lines that are marked, from 1: `2,4-6`. */
  readonly lines?: string
  /** The name of the file that the code is from. */
  readonly title?: string
}

/** Checks whether a text lists lines: `2,4-6`. */
export function isLines(text: string): boolean {
  return /^\s*\d{1,5}(?:\s*-\s*\d{1,5})?(?:\s*,\s*\d{1,5}(?:\s*-\s*\d{1,5})?)*\s*$/.test(text)
}

/** Gives the properties of the element of some code that the page reads: `data-lines` and `data-title`. */
export function codeProperties({ lines, title }: FenceMarks): Readonly<Record<string, string>> {
  return {
    ...(lines === undefined ? {} : { dataLines: lines.replace(/\s/g, '') }),
    ...(title === undefined || title.trim() === '' ? {} : { dataTitle: title }),
  }
}
