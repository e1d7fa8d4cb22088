import type { Call } from './call.ts'
import type { Console } from './console.ts'

/** Says why a cell or a job would run, or was defrosted. */
export async function runWhy(_call: Call, _console: Console): Promise<number> {
  throw new Error('Cannot tell yet')
}
