import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCount } from './count-option.ts'
import type { Candidate, OpenCandidate } from './render/candidate.ts'
import { knitr } from './render/knitr.ts'
import type { Build, MeasureOptions } from './render/measure.ts'
import { measure } from './render/measure.ts'
import { mystmd } from './render/mystmd.ts'
import { org } from './render/org.ts'
import type { Time } from './render/print-times.ts'
import { printTimes, timesOf } from './render/print-times.ts'
import { killGroup } from './render/run-command.ts'
import { shippedReport } from './render/shipped-report.ts'
import { weft } from './render/weft.ts'

export const options = {
  /** File for rows {document, tool, phase, seconds}; the seconds are medians. */
  json: { type: 'string' },
  /** Part of a document's and tool's names, such as `cells knitr`; may be repeated. */
  only: { type: 'string', multiple: true },
  rounds: { type: 'string' },
} as const

interface Given {
  readonly json?: string
  readonly only?: readonly string[]
  readonly rounds?: string
}

const candidates = [weft, knitr, mystmd, org, shippedReport]

/** A candidate that has not failed so far, with its builds. */
interface Entry {
  readonly candidate: Candidate
  readonly open: OpenCandidate
  readonly builds: Build[]
}

/**
 * Compares Weft with knitr, mystmd and Org mode, if they are installed, on one document: 20 cells (10 tables, 10
 * figures) and 20 formulas to PDF, cold, cached and after a one-word edit. Only Weft builds the shipped report.
 */
export async function bench({ json, only, rounds = '3' }: Given): Promise<void> {
  const wanted = choose(only)
  const count = readCount('--rounds', rounds)
  const place = mkdtempSync(join(tmpdir(), 'weft-bench-'))
  const running = new Set<ChildProcess>()
  const clear = () => {
    for (const child of running) killGroup(child)
    rmSync(place, { recursive: true, force: true })
  }
  process.once('exit', clear)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(128 + constants.signals[signal]))
  try {
    // 1. Find the installed tools.
    const notes: string[] = []
    let entries = await openAll(wanted, notes)
    // 2. Build, in turn.
    for (let round = 1; round <= count; round++) {
      console.log(`round ${round} of ${count}`)
      const working: Entry[] = []
      for (const entry of entries)
        if (await hasBuilt(entry, { folder: join(place, entry.candidate.tool), running }, notes))
          working.push(entry)
      entries = working
    }
    // 3. Print the times.
    const times = entries.flatMap(({ candidate, builds }) => timesOf(candidate, builds))
    printTimes(times)
    console.log()
    for (const { candidate, open } of entries) console.log(`${nameOf(candidate)}: ${open.title}`)
    for (const note of notes) console.log(note)
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(times.map(toRow), null, 2)}\n`)
  } finally {
    clear()
  }
}

function nameOf({ document, tool }: Candidate): string {
  return `${document} ${tool}`
}

function choose(only: readonly string[] | undefined): readonly Candidate[] {
  if (!only) return candidates
  const unknown = only.find((part) => !candidates.some((candidate) => nameOf(candidate).includes(part)))
  if (unknown === undefined)
    return candidates.filter((candidate) => only.some((part) => nameOf(candidate).includes(part)))
  const names = candidates.map((candidate) => `\n  ${nameOf(candidate)}`).join('')
  throw new Error(`Unexpected --only ${unknown}, expected a part of one of these names:${names}`)
}

async function openAll(wanted: readonly Candidate[], notes: string[]): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const candidate of wanted) {
    try {
      entries.push({ candidate, open: await candidate.open(), builds: [] })
    } catch (cause) {
      notes.push(`${nameOf(candidate)} is not installed: ${(cause as Error).message} (${candidate.packages})`)
    }
  }
  return entries
}

/** Builds in all phases. A peer that fails is named and left out; if Weft fails, so does the benchmark. */
async function hasBuilt(
  { candidate, open, builds }: Entry,
  options: MeasureOptions,
  notes: string[],
): Promise<boolean> {
  try {
    builds.push(...(await measure(open, options)))
    return true
  } catch (cause) {
    const hint = candidate.packages === undefined ? '' : `\n  It needs ${candidate.packages}`
    notes.push(`${nameOf(candidate)} is left out: ${(cause as Error).message}${hint}`)
    if (candidate.packages === undefined) process.exitCode = 1
    return false
  }
}

function toRow({ candidate: { document, tool }, phase, seconds }: Time): object {
  return { document, tool, phase, seconds }
}
