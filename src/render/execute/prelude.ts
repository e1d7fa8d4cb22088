import { count, fixed, percent, seconds } from '../output/index.ts'

/** The formatters that values and claims may use without an import. */
export const prelude = { count, fixed, percent, seconds }
