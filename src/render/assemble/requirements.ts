import type { Heading, RootContent } from 'mdast'
import type { Expressions } from '../execute/evaluate.ts'
import { UntrustedInputError, warn } from '../model/messages.ts'
import { suggestion } from '../model/nearest.ts'
import type { Expression, ReportTree, Requirement, Target } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { placeOfMember } from '../syntax/front-matter.ts'

/** Where something is answered. */
export type Answer =
  | { readonly kind: 'target'; readonly label: string; readonly target: Target }
  | { readonly kind: 'cell'; readonly label: string }
  | { readonly kind: 'file'; readonly label: string }
  | { readonly kind: 'nothing'; readonly label: string }

/** A requirement of the front matter with what the report has for it. */
export interface Answered {
  readonly item: string
  readonly answers: readonly Answer[]
  /** Words of the claim that it needs, and whether the claim holds. */
  readonly claim?: { readonly words: string; readonly holds: 'yes' | 'no' | 'unknown' }
  readonly pages?: number
  /** What is missing, each with its place below the requirement in the front matter. */
  readonly problems: readonly Problem[]
}

interface Problem {
  readonly path: readonly PropertyKey[]
  readonly reason: string
}

interface Known {
  readonly tree: ReportTree
  readonly targets: readonly Target[]
  readonly expressions: Expressions
}

/** Files that a submission holds and a build does not write. */
const handedIn = ['notebook.ipynb', 'submission.zip']

/** Finds what answers each requirement of the front matter, and what is missing. */
export function answerRequirements(known: Known): Answered[] {
  return (known.tree.report.front.requirements ?? []).map((requirement) => {
    const { item, pages } = requirement
    const answers = requirement.answer.map((label) => answerOf(label, known))
    const claims = requirement.claim === undefined ? [] : claimsWith(requirement.claim, known.tree)
    return {
      item,
      answers,
      ...(pages !== undefined && { pages }),
      ...(requirement.claim !== undefined && {
        claim: { words: requirement.claim, holds: outcomeOf(claims, known.expressions) },
      }),
      problems: [
        ...missing(requirement),
        ...answers.flatMap((answer, index) => unknown(answer, ['answer', index], known)),
        ...(requirement.claim === undefined ? [] : unheld(requirement.claim, claims, known)),
        ...(pages === undefined ? [] : unbounded(pages, answers, known.tree)),
      ],
    }
  })
}

/** Reports what is missing at its place in the front matter, as `requirement-is-answered`. */
export function reportRequirements(answered: readonly Answered[], { report }: ReportTree): void {
  const file = report.files[0]!
  for (const [index, { problems }] of answered.entries())
    for (const { path, reason } of problems)
      warn(file, 'requirement-is-answered', reason, placeOfMember(file, ['requirements', index, ...path]))
}

function answerOf(given: string, { tree, targets }: Known): Answer {
  const label = given.replace(/^[#@]/, '')
  const target = targets.find((one) => one.label === label)
  if (target) return { kind: 'target', label, target }
  if (tree.cells.some((cell) => cell.label === label)) return { kind: 'cell', label }
  return { kind: isThere(label, tree) ? 'file' : 'nothing', label }
}

function isThere(name: string, { report }: ReportTree): boolean {
  const stem = report.files[0]!.stem
  if (name === `${stem}.pdf` || handedIn.includes(name)) return true
  if (/^([\\/]|[A-Za-z]:)|(^|[\\/])\.\.([\\/]|$)/.test(name)) return false
  try {
    report.reader.readSource(name)
    return true
  } catch (error) {
    // A folder is an answer too; what an untrusted report may not read, nobody can judge.
    return (error as NodeJS.ErrnoException).code === 'EISDIR' || error instanceof UntrustedInputError
  }
}

function missing({ item, answer }: Requirement): Problem[] {
  if (answer.length > 0) return []
  const reason = `Cannot find an answer to \`${item}\`, expected \`answer:\` with the label of a section, figure, table or cell, or a file, found none`
  return [{ path: [], reason }]
}

function unknown({ kind, label }: Answer, path: Problem['path'], { tree, targets }: Known): Problem[] {
  if (kind !== 'nothing') return []
  const labels = [...targets.map((one) => one.label), ...tree.cells.map((one) => one.label)]
  const reason = `Cannot find \`${label}\`, expected the label of a section, figure, table or cell, or a file of the project${suggestion(label, labels)}`
  return [{ path, reason }]
}

function claimsWith(words: string, { report, expressions }: ReportTree): Expression[] {
  const wanted = plain(words)
  const texts = new Map(report.files.map((file) => [file.path, String(file)]))
  return expressions.filter(({ kind, file, position: { start, end } }) => {
    if (kind !== 'claim') return false
    const source = texts.get(file)?.slice(start.offset, end.offset) ?? ''
    return plain(source.replace(/^:claim\[|\]\{[^\]]*$/g, '')).includes(wanted)
  })
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function outcomeOf([claim, ...others]: readonly Expression[], expressions: Expressions) {
  const result = claim && others.length === 0 ? expressions.get(claim.id)?.result : undefined
  if (!result?.ok) return 'unknown'
  return result.isTrue ? 'yes' : 'no'
}

function unheld(words: string, claims: readonly Expression[], { expressions }: Known): Problem[] {
  const path = ['claim']
  if (claims.length !== 1) {
    const reason = `Unexpected ${claims.length} claims with the words \`${words}\`, expected one: \`:claim[${words}]{that='expression'}\``
    return [{ path, reason }]
  }
  if (outcomeOf(claims, expressions) === 'yes') return []
  const { file, position } = claims[0]!
  const place = `${file}:${position.start.line}:${position.start.column}`
  return [{ path, reason: `Cannot answer with the claim \`${words}\` of ${place}, expected that it holds` }]
}

// The print counts the pages of headings that name a limit.
function unbounded(pages: number, answers: readonly Answer[], { chapters }: ReportTree): Problem[] {
  const sections = answers.filter((one) => one.kind === 'target' && one.target.kind === 'section')
  if (sections.length === 0)
    return [{ path: ['pages'], reason: 'Unexpected `pages`, expected the label of a section in `answer`' }]
  const limits = new Map(chapters.flatMap(({ tree }) => tree.children.flatMap(limitsIn)))
  return sections.flatMap(({ label }) => {
    const limit = limits.get(label)
    if (limit !== undefined && limit <= pages) return []
    const found = limit === undefined ? 'none' : `\`pages=${limit}\``
    return [
      {
        path: ['pages'],
        reason: `Unexpected limit of \`#${label}\`, expected \`{#${label} pages=${pages}}\` at its heading, found ${found}`,
      },
    ]
  })
}

// A parsed node stays as it is.
const limitsOfNodes = new WeakMap<RootContent, readonly (readonly [string, number])[]>()

function limitsIn(node: RootContent): readonly (readonly [string, number])[] {
  const known = limitsOfNodes.get(node)
  if (known) return known
  const limits: [string, number][] = []
  visit(node, 'heading', ({ data }: Heading) => {
    const { id, dataPages } = (data?.hProperties ?? {}) as {
      readonly id?: string
      readonly dataPages?: string
    }
    if (id !== undefined && dataPages !== undefined) limits.push([id, Number(dataPages)])
  })
  limitsOfNodes.set(node, limits)
  return limits
}
