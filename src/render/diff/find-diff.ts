import type { Nodes } from 'mdast'
import { sha256 } from '../model/digest.ts'
import { compareFigures } from './compare-figures.ts'
import { compareInputs } from './compare-inputs.ts'
import { compareShown } from './compare-shown.ts'
import { compareTables } from './compare-tables.ts'
import { compareTexts } from './compare-texts.ts'
import type { Comparing, Found } from './comparing.ts'
import { between } from './dependencies.ts'
import { type MeasuredValues, measuredValues } from './measured-values.ts'
import { reasonsOf } from './reasons.ts'
import type { ChapterChange, Diff, Tally } from './schema.ts'
import { sentencesIn } from './sentences.ts'
import type { Version } from './version.ts'

/** Compares two versions of a report. Nothing runs; equal versions give equal diffs. */
export function findDiff(
  before: Version,
  after: Version,
  { report, profile }: Pick<Diff, 'report' | 'profile'>,
): Diff {
  const comparing = comparingOf(before, after)
  const all: Found[] = [compareShown(comparing), compareTables(comparing), compareFigures(comparing)]
  const changes = all.flatMap((found) => found.changes)
  return {
    format: 1,
    report,
    title: (after.tree ?? before.tree)?.report.front.title ?? '',
    profile,
    before: versionOf(before),
    after: versionOf(after),
    notes: [...new Set([...before.notes, ...after.notes])],
    chapters: chaptersOf(changes, comparing),
    cells: cellsOf(before, after),
    ...compareInputs(before, after),
    texts: compareTexts(before, after),
    summary: summaryOf(all.flatMap(({ tallies }) => tallies)),
  }
}

function comparingOf(before: Version, after: Version): Comparing {
  const known = between(before, after)
  const values = new Map<string, { before: MeasuredValues; after: MeasuredValues }>()
  return {
    before,
    after,
    sentences: { before: sentencesIn(before), after: sentencesIn(after) },
    between: known,
    measured(labels) {
      const { before: was, after: is } = known.resultsOf(labels)
      const key = sha256([...was.jobs, ...is.jobs].map((job) => `${job.key} ${job.content}`).join(' '))
      const found = values.get(key) ?? { before: measuredValues(was.jobs), after: measuredValues(is.jobs) }
      values.set(key, found)
      return found
    },
    reasons(labels) {
      const { before: was, after: is } = known.resultsOf(labels)
      return reasonsOf(was, is)
    },
  }
}

function versionOf({ name, detail, numbers }: Version): Diff['before'] {
  return { name, detail, numbers }
}

function chaptersOf(changes: readonly ChapterChange[], { before, after }: Comparing): Diff['chapters'] {
  const titles = new Map<string, string>()
  for (const { tree } of [after, before])
    for (const { file, tree: root } of tree?.chapters ?? [])
      if (!titles.has(file.path))
        titles.set(
          file.path,
          titleOf(root) || (file.path === tree!.chapters[0]!.file.path ? 'Title and abstract' : ''),
        )
  const files = [...new Set([...titles.keys(), ...changes.map(fileOf)])]
  return files.flatMap((file) => {
    const own = changes.filter((change) => fileOf(change) === file).sort((a, b) => lineOf(a) - lineOf(b))
    return own.length > 0
      ? [{ file, title: titles.get(file) ?? (file === '' ? 'Outputs of cells' : ''), changes: own }]
      : []
  })
}

function fileOf({ place }: ChapterChange): string {
  return place.replace(/(:\d+){1,2}$/, '')
}

function lineOf({ place }: ChapterChange): number {
  const [, line = '0', column = '0'] = /:(\d+):(\d+)$/.exec(place) ?? []
  // What is gone has no line in the newer version, and comes last.
  return line === '0' ? Number.MAX_SAFE_INTEGER : Number(line) * 10_000 + Number(column)
}

function titleOf(root: Nodes): string {
  const heading = 'children' in root ? root.children.find(({ type }) => type === 'heading') : undefined
  return heading ? textOf(heading).trim() : ''
}

function textOf(node: Nodes): string {
  if ('children' in node) return node.children.map(textOf).join('')
  return 'value' in node ? node.value : ''
}

function cellsOf(before: Version, after: Version): Diff['cells'] {
  const [was, is] = [before, after].map(sourcesOf) as [Map<string, string>, Map<string, string>]
  return {
    added: [...is.keys()].filter((label) => !was.has(label)),
    removed: [...was.keys()].filter((label) => !is.has(label)),
    changed: [...is].flatMap(([label, source]) =>
      was.has(label) && was.get(label) !== source ? [label] : [],
    ),
  }
}

// Without its chapters, a version has the labels of its lock, and no sources.
function sourcesOf({ tree, locked }: Version): Map<string, string> {
  if (!tree) return new Map(Object.keys(locked.cells).map((label) => [label, '']))
  return new Map(tree.cells.map(({ label, source }) => [label, source]))
}

function summaryOf(tallies: readonly Tally[]): Diff['summary'] {
  const names = [
    'compared',
    'unchanged',
    'within',
    'beyond',
    'measured',
    'notJudged',
    'rewritten',
    'added',
    'removed',
    'turned',
    'figures',
  ]
  const sum = (name: string) => tallies.reduce((total, one) => total + (one[name as keyof Tally] ?? 0), 0)
  return Object.fromEntries(names.map((name) => [name, sum(name)])) as Diff['summary']
}
