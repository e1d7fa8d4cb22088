import { z } from 'zod'
import { languageTag } from '../../model/language.ts'
import type { FrontMatter, Json } from '../../model/types.ts'
import { affiliations, authors, type Problem, toAuthors } from './authors.ts'
import { length, margin, millimetres, paperProblems, papersize, sidesOf, sizeOf } from './paper.ts'
import { slurm, toSlurm } from './slurm.ts'

const param = z.string().regex(/^[A-Za-z_$][\w$]*$/, 'expected a name that can stand in an expression')
const list = z.union([z.string(), z.array(z.string())])
const points = (text: string) => Math.round((millimetres(text) / 25.4) * 72 * 1000) / 1000

const requirement = z.strictObject({
  item: z.string().min(1).describe('The question, as it is asked.'),
  answer: list
    .optional()
    .describe(
      'Where it is answered: labels of sections, figures, tables or cells, files of the project, or `report.pdf`, `notebook.ipynb` and `submission.zip`.',
    ),
  claim: z
    .string()
    .min(1)
    .optional()
    .describe('Words of a claim of the report, which must hold for an answer.'),
  pages: z
    .int()
    .min(1)
    .optional()
    .describe('The most printed pages that the text of the answering sections may fill.'),
})

/** What authors may write between the lines `---` of report.md, with a description of each member. */
export const schema = z.strictObject({
  title: z
    .string()
    .min(1)
    .describe('The title of the report, on its first page and in the margin of each page.'),
  subtitle: z.string().optional().describe('A line below the title.'),
  author: authors
    .optional()
    .describe(
      'The authors: names, or persons with `name`, `affiliation`, `email`, `orcid`, `url` and `corresponding`.',
    ),
  affiliations: affiliations
    .optional()
    .describe('Affiliations with an `id` each, which several authors share: `affiliation: ID`.'),
  abstract: z
    .string()
    .min(1)
    .optional()
    .describe(
      'The abstract in Markdown, or the name of a Markdown file; it may hold values, claims and citations. Without it, what report.md says before its first heading is the abstract.',
    ),
  keywords: list.optional().describe('Keywords, a list or a text with commas between them.'),
  date: z
    .union([z.enum(['today', 'last-modified']), z.string().refine(isDay)])
    .optional()
    .describe(
      'A day such as 2026-11-30, `today`, or `last-modified`: the day of the last commit of its files, or of the newest of them if they are not committed. SOURCE_DATE_EPOCH goes before the last two.',
    ),
  lang: z
    .string()
    .regex(languageTag)
    .default('en')
    .describe('The language of the report, a tag such as en or de-CH.'),
  bibliography: list.optional().describe('BibTeX files beside report.md.'),
  csl: z.string().optional().describe('A CSL file beside report.md, the style of citations and references.'),
  fonts: list
    .optional()
    .describe(
      'Installed @fontsource packages with letters that the fonts of the page lack: noto-naskh-arabic.',
    ),
  contents: z
    .union([z.boolean(), z.int().min(1).max(6)])
    .default(false)
    .describe('A table of contents; a number says how many levels of headings it has (3).'),
  lof: z.boolean().optional().describe('A list of figures.'),
  lot: z.boolean().optional().describe('A list of tables.'),
  titlepage: z
    .boolean()
    .optional()
    .describe(
      'In print: true gives the title a page of its own. Otherwise the abstract and the text follow it.',
    ),
  chapterbreak: z
    .enum(['none', 'page'])
    .optional()
    .describe(
      'Where chapters begin in print: `none` where the last one ends, as in an article, `page` on a page of their own, as in a book (none).',
    ),
  numbersections: z
    .boolean()
    .optional()
    .describe(
      'Whether headings have numbers. If not given, those of chapters have, those of report.md have not.',
    ),
  papersize: papersize
    .optional()
    .describe('The paper of the print: a4, letter..., or width and height, `17cm 24cm`.'),
  margin: margin
    .optional()
    .describe(
      'The margin of the print: one length such as 25mm, or `top`, `right`, `bottom`, `left`, `x`, `y`.',
    ),
  fontsize: length.optional().describe('The size of the text in print, 10.5pt.'),
  linestretch: z
    .number()
    .min(0.7)
    .max(3)
    .optional()
    .describe('How much further apart than usual lines stand, on the page and in print: 1.2.'),
  columns: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .describe('How many columns the text has in print.'),
  smart: z
    .boolean()
    .optional()
    .describe(
      'Whether straight quotes, `--`, `---` and `...` in prose become typographic ones, by the language of the text (true).',
    ),
  floats: z
    .boolean()
    .optional()
    .describe(
      'Whether figures and tables move to where they leave the least of a printed page blank; true if not given, false where the text has two columns.',
    ),
  css: list
    .optional()
    .describe('Style sheets beside report.md, for the page and the print; they come after those of Weft.'),
  chapters: z.array(z.string()).default([]).describe('The Markdown files of the chapters, in order.'),
  notebook: list
    .optional()
    .describe('The chapters of the Jupyter notebook that `weft notebook` writes; all if not given.'),
  split: z
    .literal('chapters')
    .optional()
    .describe('`chapters` parts the HTML into a page for each chapter; the PDF stays one document.'),
  html: z
    .literal('trusted')
    .optional()
    .describe('`trusted` lets HTML in the report hold programs; without it they are left out.'),
  requirements: z
    .array(requirement)
    .optional()
    .describe(
      'What the report has to answer, as an assignment asks it: each with the sections, cells or files that answer it. `::register{of=requirements}` lists them.',
    ),
  submission: list
    .optional()
    .describe(
      "Patterns of the files that `weft submission` hands in beside the report's folder and the project's settings, such as `src/**`; all that git does not ignore if not given.",
    ),
  slurm: slurm
    .optional()
    .describe('What a task of a Slurm cluster asks for, for builds with `--executor slurm`.'),
  echo: z
    .enum(['show', 'fold', 'hide'])
    .default('fold')
    .describe('Whether the page shows the code of cells, folds it, or hides it; a fence may say otherwise.'),
  params: z
    .record(z.string(), z.record(param, z.json()))
    .default({})
    .describe('Constants of each profile, which cells and values use as `params`: `full: { epochs: 40 }`.'),
})

/** What authors may write between the lines `---` of a chapter. */
export const chapterSchema = schema
  .pick({ title: true, lang: true })
  .partial()
  .extend({ lang: schema.shape.lang.removeDefault().optional() })

/** What the schema makes of a front matter. */
type Read = z.output<typeof schema>
export type Member = keyof typeof schema.shape

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const leastPt = 6
const mostPt = 24

/** Gives the front matter of what the schema has read, and what is wrong in it as a whole. */
export function complete(data: Read): {
  readonly front: FrontMatter
  readonly problems: readonly Problem[]
} {
  const { author, affiliations: shared, contents, margin: given, papersize: paper, ...others } = data
  const { fontsize, keywords, bibliography, css, fonts, notebook, requirements, submission, ...more } = others
  const { slurm: cluster, ...rest } = more
  const known = toAuthors(author ?? [], shared)
  const margins = given === undefined ? undefined : sidesOf(given)
  const paperMm = paper === undefined ? undefined : sizeOf(paper)
  const front: FrontMatter = {
    ...rest,
    author: known.authors,
    contents: contents !== false,
    ...(typeof contents === 'number' && { contentsDepth: contents }),
    ...(keywords !== undefined && { keywords: keywordsOf(keywords) }),
    ...(bibliography !== undefined && { bibliography: listed(bibliography) }),
    ...(css !== undefined && { css: listed(css) }),
    ...(notebook !== undefined && { notebook: listed(notebook) }),
    ...(fonts !== undefined && { fonts: listed(fonts) }),
    ...(submission !== undefined && { submission: listed(submission) }),
    ...(cluster && { slurm: toSlurm(cluster) }),
    ...(requirements && {
      requirements: requirements.map((one) => ({ ...one, answer: listed(one.answer ?? []) })),
    }),
    ...(paperMm && { paperMm }),
    ...(margins && { marginsMm: margins }),
    ...(fontsize !== undefined && { fontPt: points(fontsize) }),
    params: data.params as { [profile: string]: { [name: string]: Json } },
  }
  const problems = [
    ...known.problems,
    ...paperProblems(paperMm ?? sizeOf('a4'), margins ?? {}),
    ...(front.fontPt !== undefined && (front.fontPt < leastPt || front.fontPt > mostPt)
      ? [
          {
            path: ['fontsize'],
            reason: `Unexpected \`fontsize\`, expected ${leastPt}pt to ${mostPt}pt, found ${fontsize}`,
          },
        ]
      : []),
  ]
  return { front, problems }
}

function listed(value: string | string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}

function keywordsOf(value: string | string[]): readonly string[] {
  const words = typeof value === 'string' ? value.split(/[,;]/) : value
  return words.map((word) => word.trim()).filter((word) => word !== '')
}
