/** What a zip that is handed in must meet; every finding names the rule that is broken. */
export const submissionRules = {
  'results-are-accepted': 'Every result of the report is accepted, so that nobody has to compute it again.',
  'rebuild-has-all': 'The zip has all that the report is built from.',
  'nothing-ignored': 'No file is one that git ignores, a cache, a link or an output of a build.',
  'no-data': 'No file is a data set.',
  'no-secret': 'No file holds a key, a token or a password.',
  'no-machine-path': 'No file names a folder of a machine or of a user.',
  'no-name': 'No file of an anonymous zip names an author.',
} as const

export type SubmissionRule = keyof typeof submissionRules

/** What speaks against handing in a file. */
export interface Finding {
  readonly rule: SubmissionRule
  /** Relative to the project's root, with `/`. */
  readonly file: string
  /** From 1; left out if the whole file is meant. */
  readonly line?: number
  /** What was expected and what was found. */
  readonly reason: string
  readonly cure: string
}

/** A file of the zip. */
export interface HandedFile {
  /** Its path in the zip, with `/`. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Gives a file as text; undefined if it is not UTF-8 text. */
export function textIn({ bytes }: HandedFile): string | undefined {
  if (bytes.subarray(0, 8000).includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
