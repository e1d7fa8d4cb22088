import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aligned } from './aligned.ts'
import { readCount } from './count-option.ts'
import { editFile } from './render/edit-file.ts'
import { growthOf, type Point } from './scale/growth.ts'
import { edits, type Size, writeLargeReport } from './scale/large-report.ts'
import { type Cost, runWeft } from './scale/run-build.ts'

export const options = {
  cells: { type: 'string' },
  figures: { type: 'string' },
  jobs: { type: 'string' },
} as const

interface Values {
  readonly cells?: string
  readonly figures?: string
  readonly jobs?: string
}

const phases = ['cold', 'unchanged', 'one word', 'one cell', 'check'] as const
type Phase = (typeof phases)[number]
type Costs = Readonly<Partial<Record<Phase, Cost>>>

/**
 * Times large reports of trivial cells, and of trivial jobs, each at a quarter, at half and at the whole of the given
 * size: from nothing, with nothing changed, after an edit of a word and of a cell, and checked. Says what one more cell
 * or job costs, and whether that grows.
 */
export async function bench({ cells = '300', figures, jobs = '2000' }: Values): Promise<void> {
  const most = readCount('--cells', cells)
  const share = (figures === undefined ? most / 5 : readCount('--figures', figures)) / most
  const folder = mkdtempSync(join(tmpdir(), 'weft-scale-'))
  try {
    const ofCells = (count: number) => ({ cells: count, figures: Math.round(count * share), jobs: 0 })
    await measure('cells', sizes(most), (count) => costs(join(folder, `cells-${count}`), ofCells(count)))
    await measure('jobs', sizes(readCount('--jobs', jobs)), (count) =>
      costs(join(folder, `jobs-${count}`), { cells: 0, figures: 0, jobs: count }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

function sizes(most: number): [number, number, number] {
  if (most < 4)
    throw new Error(`Unexpected size ${most}, expected at least 4, to measure a quarter and a half of it`)
  return [Math.floor(most / 4), Math.floor(most / 2), most]
}

async function measure(
  what: string,
  counts: [number, number, number],
  run: (count: number) => Promise<Costs>,
): Promise<void> {
  const all: [number, Costs][] = []
  for (const count of counts) all.push([count, await run(count)])
  const rows = all.flatMap(([count, costs]) =>
    Object.entries(costs).map(([phase, { seconds, processorSeconds, bytes }]) => [
      `${count} ${what}`,
      phase,
      seconds.toFixed(2),
      processorSeconds?.toFixed(2) ?? '',
      bytes === undefined ? '' : (bytes / 1e6).toFixed(0),
    ]),
  )
  const head = ['', '', 'wall s', 'processor s', 'memory MB']
  for (const line of aligned([head, ...rows], 2)) console.log(line)
  for (const phase of Object.keys(all[0]![1]) as Phase[]) {
    const points = all.map(([size, costs]) => pointOf(size, costs[phase]!)) as [Point, Point, Point]
    const { smallMs, largeMs, isLinear } = growthOf(points)
    const verdict = isLinear ? 'linear' : `not linear: ${smallMs.toFixed(1)} ms in a smaller report`
    console.log(`${phase}: ${largeMs.toFixed(1)} ms for one more of ${what}, ${verdict}`)
  }
}

// Processor time is disturbed least by what else runs.
function pointOf(size: number, { processorSeconds, seconds }: Cost): Point {
  return { size, seconds: processorSeconds ?? seconds }
}

/** Runs all phases, one after the other; a report without cells has no prose and no cell to edit. */
async function costs(folder: string, size: Size): Promise<Costs> {
  mkdirSync(folder)
  writeLargeReport(folder, size)
  const { PATH, HOME } = process.env
  const run = (...args: string[]) => runWeft(folder, [...args, 'report.md'], { PATH, HOME })
  const edit = ({ from, to }: { from: string; to: string }) =>
    editFile(join(folder, 'chapter-1.md'), from, to)
  const cold = await run('build')
  const unchanged = await run('build')
  if (size.cells === 0) return { cold, unchanged }
  edit(edits.word)
  const word = await run('build')
  edit(edits.cell)
  const cell = await run('build')
  await run('accept')
  return { cold, unchanged, 'one word': word, 'one cell': cell, check: await run('check') }
}
