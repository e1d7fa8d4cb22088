import type { Point, Position } from 'unist'
import type { VFile } from 'vfile'
import type { VFileMessage } from 'vfile-message'
import type { Rule } from './rules.ts'

interface Detail {
  readonly cause?: unknown
  /** Indented lines below the message. */
  readonly note?: readonly string[]
}

/** Reports an error on a file at a place: the build continues, and its exit status is 1. */
export function fail(
  file: VFile,
  rule: Rule,
  reason: string,
  place?: Position | Point,
  detail: Detail = {},
): VFileMessage {
  const message = warn(file, rule, reason, place, detail)
  message.fatal = true
  return message
}

/** Reports a warning on a file at a place. */
export function warn(
  file: VFile,
  rule: Rule,
  reason: string,
  place?: Position | Point,
  detail: Detail = {},
): VFileMessage {
  const text = [reason, ...(detail.note ?? []).map((line) => `    ${line}`)].join('\n')
  const message = file.message(text, {
    place,
    ruleId: rule,
    source: 'weft',
    cause: detail.cause as Error | undefined,
  })
  message.fatal = false
  return message
}

/** Something that looks wrong in a text, before it is reported on its file. */
export interface Slip {
  readonly rule: Rule
  readonly reason: string
  readonly place: Position | undefined
  /** Default: a warning. */
  readonly isError?: boolean
}

/** More of them in one chapter are not reported: they are one mistake, or a text of another kind. */
export const mostSlips = 100

/** Reports what looks wrong in a text on its file. */
export function reportSlip(file: VFile, { rule, reason, place, isError = false }: Slip): void {
  if (isError) fail(file, rule, reason, place)
  else warn(file, rule, reason, place)
}

/** Makes every warning on some files an error, as a strict build wants. */
export function failWarnings(files: readonly VFile[]): void {
  for (const message of files.flatMap((file) => file.messages)) message.fatal = true
}

/** Counts the messages on some files. */
export function countMessages(files: readonly VFile[]): number {
  return files.reduce((count, { messages }) => count + messages.length, 0)
}

/** Checks whether any of the files has an error. */
export function hasErrors(files: readonly VFile[]): boolean {
  return files.some((file) => file.messages.some((message) => message.fatal === true))
}

/** Thrown when the build cannot continue; the messages are on its files. */
export class Unreadable extends Error {
  readonly files: readonly VFile[]

  constructor(files: readonly VFile[]) {
    super('The report cannot be read')
    this.files = files
  }
}

/** Thrown if an untrusted report requests something that it may not have; the message says what was expected. */
export class UntrustedInputError extends Error {}

/**
 * Reports an error on a file: under `report-is-harmless` if its cause is an `UntrustedInputError`, else under the
 * given rule.
 */
export function failOr(
  rule: Rule,
  file: VFile,
  reason: string,
  place: Position | Point | undefined,
  cause: unknown,
): void {
  fail(file, cause instanceof UntrustedInputError ? 'report-is-harmless' : rule, reason, place, { cause })
}
