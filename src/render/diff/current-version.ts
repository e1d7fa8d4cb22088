import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { figuresOf } from '../check/numbers.ts'
import { canonicalJson } from '../model/digest.ts'
import { type LockedProfile, matchAccepted } from '../model/lock.ts'
import type { Digest, Figure, StoredResult } from '../model/types.ts'
import { plural } from '../output/format.ts'
import type { Session } from '../pipeline/session.ts'
import type { Run } from '../pipeline/stages.ts'
import { outputsIn, packagesIn, specIn, type Version } from './version.ts'

type Shown = LockedProfile['shown'][number]

/**
 * Gives a report as it is now: with the results that this machine has of its cells, those of the last build or the
 * accepted ones, and with all values evaluated on them. No cell and no job runs: where one would have to, the accepted
 * numbers stand in for the new ones, and a note says so.
 */
export async function currentVersion(session: Session): Promise<Version> {
  const { paths, mode } = session.options
  const source = session.read()
  const { report, tree } = source
  const accepted = mode.accepted(report)
  const errors = report.files.flatMap(({ messages }) => messages).filter(({ fatal }) => fatal).length
  const run = await session.run(await session.bundle(source), { mayRun: false })
  const stored = storedBy(run)
  const { shown, borrowed } = shownBy(run, accepted)
  const specs = new Map([...run.cells].flatMap(([label]) => specsOf(label, run)))
  return {
    name: 'work tree',
    detail: relative(process.cwd(), paths.source) || paths.source,
    numbers: 'current',
    locked: { ...outputsBy(run, stored, accepted), shown },
    tree,
    stored,
    spec: (id) => specs.get(id)?.spec ?? specIn(textAt(join(paths.figures, `${id}.vl.json`))),
    drawing: (id) => drawingOf(id, specs.get(id), session),
    packages: packagesIn(textAt(join(report.root, 'package-lock.json'))),
    notes: [
      ...staleNotes(run, borrowed),
      ...(errors > 0 ? [`the report has ${plural(errors, 'error')}, which \`weft build\` shows`] : []),
    ],
  }
}

function storedBy(run: Run): ReadonlyMap<Digest, StoredResult> {
  const cells = [...run.cells.values()].flatMap((one) => ('stored' in one && one.stored ? [one.stored] : []))
  const keys = new Set(cells.flatMap(({ provenance }) => provenance.jobs ?? []))
  const jobs = [...keys].flatMap((key) => run.store.find(key) ?? [])
  return new Map([...cells, ...jobs].map((one) => [one.key, one]))
}

// A value that cannot be evaluated without running a cell is as it was accepted, if it was.
function shownBy(
  run: Run,
  accepted: LockedProfile | undefined,
): { readonly shown: Shown[]; readonly borrowed: number } {
  const all = [...run.expressions.values()]
  const missing = all.filter(({ result }) => !result?.ok).map(({ expression }) => expression)
  const found = matchAccepted(missing, accepted?.shown ?? [])
  const shown = all.flatMap(({ expression, result }): Shown[] => {
    const { id, file, kind, source } = expression
    const before = found.get(expression)
    if (!result?.ok) return before ? [{ ...before, id }] : []
    const { text, read, printed } = result
    return [{ id, file, kind, source, text, read: { ...read }, printed } as Shown]
  })
  return { shown, borrowed: found.size }
}

function outputsBy(
  run: Run,
  stored: ReadonlyMap<Digest, StoredResult>,
  accepted: LockedProfile | undefined,
): Omit<LockedProfile, 'shown'> {
  const cells = Object.fromEntries(
    [...run.cells].flatMap(([label, one]) =>
      'stored' in one && one.stored ? [[label, one.stored.key]] : [],
    ),
  )
  const lost = [...run.cells.keys()].filter((label) => !Object.hasOwn(cells, label))
  const outputs = outputsIn(cells, stored)
  const jobs = [...stored.values()].filter(({ provenance }) => provenance.job !== undefined)
  return {
    cells: { ...accepted?.cells, ...cells },
    jobs: Object.fromEntries(jobs.map(({ key, provenance }) => [key, provenance.label])),
    figures: Object.keys(outputs.drawings),
    tables: { ...ofCells(accepted?.tables ?? {}, lost), ...outputs.tables },
    drawings: { ...ofCells(accepted?.drawings ?? {}, lost), ...outputs.drawings },
    sources: {},
    environments: jobs.length > 0 ? outputs.environments : (accepted?.environments ?? []),
    seals: {},
    measured: {},
    kept: stored.size > 0,
  }
}

// An output has the label of its cell, with a number from the second on.
function ofCells<Value>(
  outputs: Readonly<Record<string, Value>>,
  labels: readonly string[],
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(outputs).filter(([id]) => labels.includes(id) || labels.includes(id.replace(/-\d+$/, ''))),
  )
}

function specsOf(label: string, { cells }: Run): [string, Figure][] {
  const one = cells.get(label)
  if (!one || !('stored' in one) || !one.stored) return []
  const figures = one.stored.shown.filter((output) => output.kind === 'figure')
  return figuresOf({ label, stored: one.stored }).map(([id], index) => [id, figures[index]!])
}

// The last build or the last `accept` has drawn it, unless it is as it was in neither.
async function drawingOf(
  id: string,
  figure: Figure | undefined,
  { options: { paths, mode } }: Session,
): Promise<string | undefined> {
  for (const folder of [join(paths.dist, 'figures'), paths.figures]) {
    const spec = specIn(textAt(join(folder, `${id}.vl.json`)))
    if (!spec || (figure && canonicalJson(spec) !== canonicalJson(figure.spec))) continue
    const svg = textAt(join(folder, `${id}.svg`))?.trim()
    if (svg !== undefined) return svg
  }
  return figure && mode.draw(figure, id)
}

function textAt(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

const most = 6

function staleNotes(run: Run, borrowed: number): string[] {
  const stale = [...run.cells.values()].filter(({ state }) => state === 'stale' || state === 'skipped')
  const failed = [...run.cells.values()].filter(({ state }) => state === 'failed')
  const names = stale.map(({ cell }) => `#${cell.label}`)
  const list = [...names.slice(0, most), ...(names.length > most ? [`${names.length - most} more`] : [])]
  return [
    ...(stale.length > 0
      ? [
          `${plural(stale.length, 'cell')} changed and ${stale.length === 1 ? 'was' : 'were'} not computed again yet (${list.join(', ')}): the accepted numbers stand in for the new ones; \`weft build\` computes them`,
        ]
      : []),
    ...(failed.length > 0
      ? [
          `${plural(failed.length, 'cell')} cannot be computed (${failed.map(({ cell }) => `#${cell.label}`).join(', ')})`,
        ]
      : []),
    ...(stale.length + failed.length === 0 && borrowed > 0
      ? [`${plural(borrowed, 'value')} cannot be evaluated: the accepted ones stand in for them`]
      : []),
  ]
}
