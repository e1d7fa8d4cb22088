import { z } from 'zod'
import { letterNames } from '../data/letter-sets.ts'

/** The params that choose the letters of an experiment. */
export const letterParams = {
  data: z.enum(letterNames).default('notmnist-small'),
  /** Digest of the file behind `notmnist-h5`, as `weft data pin` writes it. */
  pin: z
    .strictObject({ file: z.string(), bytes: z.int().positive(), sha256: z.string() })
    .nullable()
    .default(null),
}
