import { z } from 'zod'

const place = z
  .string()
  .describe('`file:line:column` in the newer version, or in the older one for something that is gone')

const verdict = z
  .enum(['within', 'beyond', 'measured', 'not judged', 'added', 'removed', 'rewritten'])
  .describe(
    '`within`: `weft check` would let it pass. `beyond`: it would not. `measured`: a time or another measurement. `not judged`: nothing is kept that it could be judged by. `rewritten`: a claim with another condition that holds as before',
  )

const sentence = z.object({
  before: z.string().describe('What stands before the value or claim in its sentence'),
  own: z.string().describe('The text of the value, or the words of the claim'),
  after: z.string().describe('What stands after it'),
})

/** A value or claim that changed. */
export const shownSchema = z.object({
  kind: z.enum(['value', 'claim']),
  id: z.string().describe('The id of the value or claim, as in the page and the lock'),
  label: z.string().describe('The cells whose exports it uses, `#a #b`'),
  place,
  before: z.string().optional().describe('What it was; of a claim `true` or `false`'),
  after: z.string().optional().describe('What it is'),
  sentence: z
    .object({ before: sentence.optional(), after: sentence.optional() })
    .describe('Its sentence in each version, if the chapters can be read'),
  source: z
    .object({ before: z.string().optional(), after: z.string().optional() })
    .describe('Its expression in each version'),
  found: z
    .enum(['renamed', 'rewritten', 'moved'])
    .optional()
    .describe(
      'How it was found, if not by its id: by its expression, by its sentence, or in another chapter',
    ),
  verdict,
  rule: z.string().describe('Why: `2 standard errors, 0.0041 of 0.011`'),
  because: z.array(z.string()).describe('What changed that it was computed from'),
})

const change = z.object({ before: z.string().optional(), after: z.string().optional() })

const cellChange = change.extend({
  key: z.string().describe('Key of its column'),
  verdict,
  rule: z.string(),
})

const table = z.object({
  kind: z.enum(['table', 'plain']).describe('`plain`: one value as the output of a cell'),
  id: z.string(),
  label: z.string().describe('The cell that makes it'),
  place,
  state: z.enum(['changed', 'added', 'removed']),
  columns: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      state: z.enum(['same', 'added', 'removed']),
      isNumber: z.boolean().describe('Whether numbers stand in it'),
    }),
  ),
  rows: z
    .array(
      z.object({
        state: z.enum(['same', 'changed', 'added', 'removed']),
        name: z.string().describe('The texts that name the row, or its number'),
        before: z.number().optional().describe('Its number in the older version, from 1'),
        after: z.number().optional(),
        cells: z.array(cellChange).describe('The cells that changed; all of a row that was added or removed'),
        texts: z.record(z.string(), z.string()).describe('The texts of the row as it is, or was, by column'),
      }),
    )
    .describe('All rows in the order of the newer version; those removed stand where they were'),
  verdict,
  because: z.array(z.string()),
})

const figure = z.object({
  kind: z.literal('figure'),
  id: z.string(),
  label: z.string(),
  place,
  state: z.enum(['changed', 'added', 'removed']),
  data: z.object({
    numbers: z.number().describe('Numbers that are drawn in the newer version, or were'),
    changed: z.number(),
    beyond: z.number(),
    measured: z.number(),
  }),
  changes: z
    .array(change.extend({ name: z.string(), verdict, rule: z.string() }))
    .describe('The first changes of its specification, by path'),
  verdict,
  because: z.array(z.string()),
})

const named = change.extend({ name: z.string() })

const version = z.object({
  name: z.string().describe('`HEAD`, `submission.zip`, `work tree`'),
  detail: z.string().describe('The commit and its day, or the path'),
  numbers: z
    .enum(['accepted', 'current'])
    .describe('`accepted`: of its lock. `current`: of the results that this machine has'),
})

/** What `weft diff --json` writes. */
export const diffSchema = z.object({
  format: z.literal(1),
  report: z.string().describe('Path of report.md'),
  title: z.string(),
  profile: z.string(),
  before: version.describe('The older version: its name, what it is, and which numbers it has'),
  after: version.describe('The newer version'),
  notes: z.array(z.string()).describe('What could not be read, and what was compared instead'),
  chapters: z
    .array(
      z.object({
        file: z.string(),
        title: z.string(),
        changes: z.array(z.discriminatedUnion('kind', [shownSchema, table, figure])),
      }),
    )
    .describe('Chapters with changes, in the order of the newer version'),
  cells: z
    .object({
      added: z.array(z.string()),
      removed: z.array(z.string()),
      changed: z.array(z.string()).describe('Cells whose source changed'),
    })
    .describe('Labels of cells that were added or removed, or whose source changed'),
  params: z.array(named).describe('Params by path, old and new as JSON'),
  packages: z.array(named).describe('Packages that results were computed with'),
  data: z.array(named).describe('Data sets: `name` or `name/file`, with what was written of them'),
  environments: change.optional().describe('Engines, kinds of CPU and versions of Node'),
  texts: z
    .array(
      z.object({
        file: z.string(),
        section: z.string(),
        state: z.enum(['changed', 'added', 'removed']),
        text: z.string().describe('Its first words'),
      }),
    )
    .describe('Paragraphs and headings whose words changed, numbers left out'),
  summary: z
    .object({
      compared: z.number().describe('Numbers, claims and figures that both versions show'),
      unchanged: z.number(),
      within: z.number(),
      beyond: z.number(),
      measured: z.number(),
      notJudged: z.number(),
      rewritten: z.number().describe('Claims with another condition that hold as before'),
      added: z.number(),
      removed: z.number(),
      turned: z.number().describe('Claims that hold no more, or hold again'),
      figures: z.number().describe('Figures that changed'),
    })
    .describe('Counts of numbers, claims and figures by verdict'),
})

/** Gives the JSON schema (draft 7) of what `weft diff --json` writes. */
export function diffJsonSchema(): object {
  return {
    title: 'What changed between two versions of a Weft report',
    ...z.toJSONSchema(diffSchema, { target: 'draft-7' }),
  }
}

export type Diff = z.infer<typeof diffSchema>
export type Verdict = z.infer<typeof verdict>
export type ShownChange = z.infer<typeof shownSchema>
export type TableChange = z.infer<typeof table>
export type FigureChange = z.infer<typeof figure>
export type ChapterChange = Diff['chapters'][number]['changes'][number]
export type Named = z.infer<typeof named>
/** Counts of numbers, which the parts of a diff add up. */
export type Tally = { readonly [Name in keyof Diff['summary']]?: number }
