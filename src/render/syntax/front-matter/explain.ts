import type { z } from 'zod'
import { found } from '../../model/found.ts'
import type { Problem } from './authors.ts'
import { type Member, schema } from './schema.ts'

const aPerson =
  'a name, a list of names, or persons: `author: [{ name: A. Student, affiliation: University, orcid: 0000-0002-1825-0097 }]`'

/** What each member may be, for messages. */
export const wanted: { readonly [name in Member]: string } = {
  title: 'text, in quotes if it looks like a number: `title: "2024"`',
  subtitle: 'text, in quotes if it looks like a number',
  author: aPerson,
  affiliations: 'a list such as `affiliations: [{ id: uni, name: University }]`',
  abstract: 'Markdown, or the name of a Markdown file: `abstract: abstract.md`',
  keywords: 'a list of words: `keywords: [penguins, rain]`',
  date: 'a day such as 2026-11-30, or `today`, or `last-modified`',
  lang: 'a language tag such as en or de-CH',
  fonts: 'an installed @fontsource package, or a list of them: `fonts: [noto-naskh-arabic]`',
  bibliography: 'a BibTeX file, or a list of them',
  csl: 'a CSL file',
  contents: 'true, false, or how many levels of headings: `contents: 2`',
  lof: 'true or false',
  lot: 'true or false',
  titlepage: 'true or false',
  chapterbreak: '`none`, or `page` for chapters that begin a page',
  numbersections: 'true or false',
  papersize: 'a3, a4, a5, a6, b4, b5, letter, legal, executive, tabloid, or width and height: `17cm 24cm`',
  margin: 'a length such as 25mm, or one for each side: `margin: { top: 25mm, x: 2cm }`',
  fontsize: 'a size such as 11pt',
  linestretch: 'a number from 0.7 to 3, 1 as it comes',
  columns: '1 or 2',
  smart: 'true or false',
  floats: 'true or false',
  css: 'a style sheet, or a list of them: `css: style.css`',
  chapters: 'a list of Markdown files: `chapters: [intro.md, method.md]`',
  notebook: 'a list of chapters: `notebook: [part-a.md, part-b.md]`',
  split: '`chapters` for one HTML page a chapter, or nothing',
  html: '`trusted`, or nothing',
  requirements:
    "a list of items with their answers: `requirements: [{ item: 'Which model?', answer: sec-model }]`",
  submission: 'a pattern of files, or a list of them: `submission: [src/**, figures/**]`',
  slurm: 'settings such as `slurm: { partition: cpu, time: 60 }`',
  echo: 'show, fold or hide',
  params: 'constants in a profile: `params: { full: { epochs: 40 } }`',
}

// Of members of members, whatever their place in a list.
const wantedBelow: { readonly [path: string]: string } = {
  'author.name': 'the name as it is printed',
  'author.orcid': 'an ORCID iD whose last digit is right, such as 0000-0002-1825-0097',
  'author.email': 'an e-mail address',
  'author.url': 'an address that begins with https://',
  'author.corresponding': 'true or false',
  'author.affiliation': 'a text, or the `id` of one of `affiliations`',
  'author.affiliations': 'a text, or the `id` of one of `affiliations`',
  'requirements.item': 'the question, as a text',
  'requirements.answer': 'the label of a section, figure, table or cell, a file, or a list of them',
  'requirements.claim': 'words of a claim of the report',
  'requirements.pages': 'a whole number of pages from 1',
  'slurm.partition': 'the name of a partition',
  'slurm.account': 'the name of an account',
  'slurm.time': 'minutes such as 30, or `1:30:00`, or `2-12:00:00` with days',
  'slurm.memory': 'a size such as 4G',
  'slurm.cpus': 'a whole number from 1',
  'slurm.gpus': 'a whole number from 1, or a kind with its number, `a100:2`',
  'slurm.tasks': 'a whole number from 1',
  'slurm.flags': 'options of sbatch: `flags: [--constraint=avx512]`',
  'margin.top': 'a length such as 25mm',
  'margin.right': 'a length such as 25mm',
  'margin.bottom': 'a length such as 25mm',
  'margin.left': 'a length such as 25mm',
  'margin.x': 'a length such as 25mm',
  'margin.y': 'a length such as 25mm',
}

/** Says what is wrong with a member: what was expected, and what stands there. */
export function explain(
  issue: z.core.$ZodIssue,
  data: unknown,
  before: readonly PropertyKey[] = [],
): Problem[] {
  const path = [...before, ...issue.path]
  const name = path.join('.') || 'front matter'
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      reason: `Unexpected \`${key}\` in \`${name}\`, expected ${membersAt(path)}`,
    }))
  if (issue.code === 'invalid_key')
    return [{ path, reason: `Unexpected \`${name}\`, ${issue.issues[0]!.message}` }]
  if (issue.code === 'invalid_union') {
    const inner = meantForm(issue.errors)
    if (inner) return inner.flatMap((one) => explain(one, data, path))
  }
  const value = path.reduce<unknown>((parent, key) => (parent as Record<PropertyKey, unknown>)?.[key], data)
  const what = value === undefined ? 'none' : found(value)
  return [{ path, reason: `Unexpected \`${name}\`, expected ${wantedAt(path)}, found ${what}` }]
}

function wantedAt(path: readonly PropertyKey[]): string {
  const [member = ''] = path
  const below = path.filter((key) => typeof key === 'string').join('.')
  if (Object.hasOwn(wantedBelow, below)) return wantedBelow[below]!
  return Object.hasOwn(wanted, member) ? wanted[member as Member] : 'members such as `title: A title`'
}

// Of several forms, the author meant the one whose faults are inside of it.
function meantForm(forms: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const isInside = (issue: z.core.$ZodIssue) =>
    issue.path.length > 0 ||
    issue.code === 'unrecognized_keys' ||
    (issue.code === 'invalid_union' && meantForm(issue.errors) !== undefined)
  return forms.find((issues) => issues.length > 0 && issues.every(isInside))
}

const membersBelow: { readonly [path: string]: string } = {
  author: 'one of name, affiliation, email, orcid, url, corresponding',
  'author.name': 'given, particle and family, or literal',
  'author.attributes': 'corresponding',
  requirements: 'one of item, answer, claim, pages',
  slurm: 'one of partition, account, time, memory, cpus, gpus, tasks, flags',
  margin: 'one of top, right, bottom, left, x, y',
}

function membersAt(path: readonly PropertyKey[]): string {
  const below = path.filter((key) => typeof key === 'string').join('.')
  const isPlace = /affiliations?$/.test(below)
  if (isPlace)
    return 'one of id, ref, name, department, group, address, city, region, state, postal-code, country, url'
  return membersBelow[below] ?? `one of ${Object.keys(schema.shape).join(', ')}`
}
