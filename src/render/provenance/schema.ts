import { z } from 'zod'
import type { Json } from '../model/types.ts'

// The descriptions are the documentation: each build writes them into provenance.schema.json beside the record.

/** Format number of provenance.json. */
export const recordFormat = 2

const json: z.ZodType<Json> = z.json()
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const label = z.string().describe('Label of a cell')
const index = z.int().min(0)
const place = {
  file: z.string().describe("Chapter, relative to the project's root"),
  line: z.int().min(1).describe('From 1'),
  column: z.int().min(1).describe('From 1, in UTF-16 units'),
}
const ground = index.describe('Index in `grounds` of all that it depends on')
const raw = json.describe(
  'As it was computed: a number, a Spread {mean, std, n, min, max}, a text, a truth value or null',
)
const when = {
  computedAt: z.iso
    .datetime()
    .optional()
    .describe(
      'When it came to an end, UTC. In the copy inside a PDF only results that are accepted have it: others may be computed again at any time',
    ),
  elapsedMs: z.int().min(0).optional().describe('How long its own work took, in milliseconds'),
}
const keyed = {
  key: digest.describe('SHA-256 of the canonical JSON of `parts`; names the stored result'),
  parts: z
    .record(z.string(), z.string())
    .describe(
      'Everything that decides the result, each with its SHA-256: `bundle` is the code without comments, types and unused parts, `export:NAME` an earlier export, `param:NAME` a param, `package:NAME` an installed package with its dependencies, `params` and `seed` those of a job. `format` is a number of Weft itself',
    ),
  packages: z.array(index).describe('Indices in `packages` of what its code imports'),
  dataSets: z
    .array(z.string())
    .describe(
      'Names in `dataSets`: of a job what its params name or its result describes, of a cell what it describes',
    ),
  machine: index.describe('Index in `machines` of what computed it'),
}

const expression = z
  .strictObject({
    id: z
      .string()
      .describe(
        'Of it alone in the report, from its block and its source; the attribute `data-value` of its element in the HTML',
      ),
    kind: z.enum(['value', 'claim']).describe('A number or text of the prose, or a sentence that holds'),
    text: z.string().describe('As the page shows it; of a claim `true` or `false`'),
    expression: z.string().describe('The TypeScript expression that gave it'),
    printed: z
      .array(z.strictObject({ text: z.string().describe('As it was printed'), raw }))
      .describe('Each number that it printed, in order: its text and the number behind it'),
    read: z.record(z.string(), raw).describe('What it read of exports and params: path -> value'),
    ...place,
    ground,
  })
  .describe('A value or a claim of the text')

const entry = z
  .strictObject({
    kind: z
      .enum(['table', 'plain'])
      .describe('An entry of a table, or an output that is a number or text itself'),
    text: z.string().describe('As the page shows it'),
    raw,
    output: z
      .string()
      .describe("Id of the output on the page: its cell's label, with its number from the second on"),
    place: z
      .string()
      .describe('Place in the output: `[2].accuracy` is column `accuracy` of the third row; empty if plain'),
    ...place,
    ground,
  })
  .describe('A number or text that a cell shows')

const figure = z
  .strictObject({
    kind: z.literal('figure').describe('A drawing'),
    output: z
      .string()
      .describe("Id of the figure on the page: its cell's label, with its number from the second on"),
    drawing: digest.describe(
      'SHA-256 of the canonical JSON of its vega-lite specification, which holds the data',
    ),
    ...place,
    ground,
  })
  .describe('A figure as a whole')

const dependenciesSchema = z
  .strictObject({
    cells: z
      .array(label)
      .describe('Cells whose exports or outputs it is made of, and all cells that those depend on'),
    jobs: z
      .array(digest)
      .describe(
        'Keys of the jobs that these cells asked for. One export of a cell counts for all jobs of that cell',
      ),
    params: z.array(z.string()).describe('Names in `params` that it, or these cells, read'),
    dataSets: z.array(z.string()).describe('Names in `dataSets` that these cells and jobs depend on'),
    files: z.array(z.string()).describe('Names in `files` that these cells and jobs read'),
  })
  .describe('All that some numbers depend on, directly or through others')

const cell = z
  .strictObject({
    ...keyed,
    ...place,
    stale: z
      .literal(true)
      .optional()
      .describe('Its result is not that of the present sources, but the one that was last accepted'),
    needs: z.array(label).describe('Earlier cells whose exports it reads'),
    jobs: z
      .array(digest)
      .describe('Keys in `jobs` of what it asked for; one that is not kept is absent there'),
    params: z.array(z.string()).describe('Names in `params` that it reads'),
    files: z.array(z.string()).describe('Names in `files` that it imports or read'),
    ...when,
  })
  .describe('A cell of the report: a block of code with its result')

const job = z
  .strictObject({
    ...keyed,
    module: z.string().describe("Source of the experiment, relative to the project's root"),
    name: z.string().describe("Its export's name"),
    params: json.describe('What it was asked with'),
    seed: z.number().describe('Of all that is drawn by chance'),
    files: z.array(z.string()).describe('Names in `files` that it read'),
    engine: z
      .string()
      .optional()
      .describe('Name and version of what did its arithmetic; absent if it asked for none'),
    threads: z.int().optional().describe('Threads of its arithmetic'),
    ...when,
  })
  .describe('One run of an experiment')

const dataSet = z.strictObject({
  title: z.string().optional().describe('As the report describes it'),
  source: z.string().optional().describe('Where it comes from'),
  licence: z.string().optional().describe('Under which it is shared'),
  files: z
    .array(
      z.strictObject({
        name: z.string().describe('Of the file'),
        sha256: z.string().describe('Of its bytes'),
        bytes: z.number().optional().describe('Its size'),
      }),
    )
    .describe(
      'Its files with the SHA-256 that they are pinned by; none where the report does not describe it',
    ),
})

/** The content of `provenance.json`: the origin of every number of a report. */
const provenanceSchema = z
  .strictObject({
    $schema: z.string().describe('Of this file, beside it'),
    format: z.literal(recordFormat).describe('Of this file'),
    weft: z.string().describe('Version of Weft that wrote this'),
    title: z.string().describe('Of the report'),
    profile: z.string().describe('Of the params'),
    numbers: z
      .array(z.discriminatedUnion('kind', [expression, entry, figure]))
      .describe('Everything computed that the report shows: values and claims, then what cells show'),
    grounds: z.array(dependenciesSchema).describe('What numbers depend on, each set once'),
    cells: z.record(z.string(), cell).describe('By label, in the order of the report'),
    jobs: z.record(z.string(), job).describe('By key'),
    params: z.record(z.string(), json).describe('Constants of the profile that numbers and cells read'),
    dataSets: z.record(z.string(), dataSet).describe('By name'),
    files: z
      .record(z.string(), z.string())
      .describe(
        "Data files that cells and jobs import or read, relative to the project's root or to $WEFT_DATA: SHA-256 of the bytes, or of a folder's names, or `absent`",
      ),
    packages: z.array(
      z.strictObject({
        name: z.string().describe('As npm knows it'),
        version: z.string().optional().describe('Absent where the one installed at the build was another'),
        digest: digest.describe('SHA-256 of its version with those of its dependencies, as in keys'),
      }),
    ),
    machines: z.array(
      z.strictObject({
        node: z.string().describe('Version of Node'),
        platform: z.string().describe('Operating system and architecture'),
        cpu: z.string().describe('Kind of processor'),
      }),
    ),
  })
  .describe('Where every number of a report made by Weft comes from')

export type ProvenanceRecord = z.infer<typeof provenanceSchema>
export type ShownNumber = ProvenanceRecord['numbers'][number]
export type Dependencies = ProvenanceRecord['grounds'][number]

/** Name of the schema file beside a record; the record names it as its `$schema`. */
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
