import { z } from 'zod'
import { provenanceSchema } from './schema.ts'

/** Name of the schema beside a record, which the record has as its `$schema`. */
export const schemaName = 'provenance.schema.json'

/** The texts of a record and of its schema. */
export interface ProvenanceFiles {
  readonly record: string
  readonly schema: string
}

/** Writes the JSON schema (2020-12) of provenance.json, with a description of every member. */
export function provenanceJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(provenanceSchema), null, 1)}\n`
}
