import * as plain from '../../output/index.ts'
import { displaying } from './displayed.ts'

// What notebooks get as `weft/output`.

export * from '../../output/index.ts'
export const figure = displaying(plain.figure)
export const markdown = displaying(plain.markdown)
export const table = displaying(plain.table)
