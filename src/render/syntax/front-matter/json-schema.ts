import { z } from 'zod'
import { chapterSchema, schema } from './schema.ts'

/** A JSON schema, as far as editors need it. */
export interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly properties?: { readonly [name: string]: JsonSchema }
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
}

/** Names of Quarto that mean the same as ours, with values of the same form. */
const aliases = {
  toc: 'contents',
  'number-sections': 'numbersections',
  authors: 'author',
} as const

/** Gives the JSON schema (draft 7) of the front matter of report.md, as it may be written. */
export function frontMatterSchema(): JsonSchema {
  const { properties, ...rest } = toJson(schema)
  const also = Object.entries(aliases).map(([name, member]) => [
    name,
    { ...properties![member], description: `The same as \`${member}\`. ${properties![member]!.description}` },
  ])
  return {
    ...rest,
    title: 'The front matter of a Weft report',
    properties: { ...properties, ...Object.fromEntries(also) },
  } as JsonSchema
}

/** Gives the JSON schema of the front matter of a chapter. */
export function chapterFrontSchema(): JsonSchema {
  return toJson(chapterSchema)
}

function toJson(type: z.ZodType): JsonSchema {
  return z.toJSONSchema(type, { io: 'input', target: 'draft-7' }) as JsonSchema
}
