import { dirname } from 'node:path'
import { kindOf, withKind } from '../model/error-kind.ts'
import type { Failure } from '../model/types.ts'

/** Describes the failure of a task that threw this value, in the author's own names, with the frames of its stack. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error))
    return { kind: 'error', message: `threw ${describe(error)}, expected an Error` }
  const faults = error instanceof NotJsonExports ? { faults: error.faults } : {}
  return { kind: kindOf(error) ?? 'error', message: messageOf(error), frames: framesOf(error), ...faults }
}

/** Exports of a cell that JSON cannot hold. */
export class NotJsonExports extends Error {
  readonly faults: NonNullable<Failure['faults']>

  constructor(faults: NonNullable<Failure['faults']>) {
    super(faults.map(({ message }) => message).join('; '))
    this.faults = faults
    withKind(this, 'not-json')
  }
}

// A ZodError is known by its name: a cell may import its own copy of zod.
function messageOf(error: Error): string {
  const { issues } = error as { issues?: { path: PropertyKey[]; message: string }[] }
  if (error.name === 'ZodError' && issues)
    return issues.map(({ path, message }) => `${path.join('.') || 'the value'}: ${message}`).join('; ')
  const isNamed = error.name !== 'Error' && kindOf(error) === undefined
  const message = isNamed ? `${error.name}: ${error.message}` : error.message
  return authorsNames(message) || 'an Error without a message'
}

// The bundle has longer names, as in `$weft_earlier_binary.test is not a function`.
function authorsNames(message: string): string {
  return message.replaceAll('$weft_earlier_', '').replaceAll('$weft_param_', 'params.')
}

const ownFolder = dirname(import.meta.url)
// Node 24 shows it below a cell.
const loadsCell = /^\s+at async (?:\S+ \()?node:internal\/modules\//

/**
 * Gives the frames of an error's stack, without those of this program and of what loads a cell. V8 gives a stack only
 * as text: first the message of the error, some lines of which may look like frames, then one line a frame.
 */
export function framesOf({ message, stack = '' }: Error): string[] {
  const start = stack.indexOf(message)
  return stack
    .slice(start < 0 ? 0 : start + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes(`${ownFolder}/`) && !loadsCell.test(line))
}

function describe(value: unknown): string {
  try {
    return typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value) ?? value)
  } catch {
    return typeof value
  }
}
