import type { Point, Position } from 'unist'
import type { VFile } from 'vfile'
import { fail } from './messages.ts'
import type { Rule } from './rules.ts'

/** Thrown where a report that is not trusted asks for what it may not have; the message says what was expected. */
export class Harm extends Error {}

/** Leaves an error on a file, under `report-is-harmless` where its cause is a `Harm`, else under the given rule. */
export function failOr(
  rule: Rule,
  file: VFile,
  reason: string,
  place: Position | Point | undefined,
  cause: unknown,
): void {
  fail(file, cause instanceof Harm ? 'report-is-harmless' : rule, reason, place, { cause })
}
