import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { assertShows } from './assert-shows.ts'
import type { OpenCandidate, Phase } from './candidate.ts'
import { phases } from './candidate.ts'
import { runCommand } from './run-command.ts'
import { traceFile } from './trace.ts'

/** One build. */
export interface Build {
  readonly phase: Phase
  readonly seconds: number
  /** How many cells left a trace; undefined if the document's cells leave none. */
  readonly cellsRun: number | undefined
}

export interface MeasureOptions {
  /** Folder to make, and to remove at the end. */
  readonly folder: string
  readonly running: Set<ChildProcess>
}

/**
 * Builds a document in each phase, one after the other, from an empty folder.
 * @throws if a build fails, a cold build does not run each cell once, or a PDF lacks something
 */
export async function measure(
  candidate: OpenCandidate,
  { folder, running }: MeasureOptions,
): Promise<Build[]> {
  const { content } = candidate
  const pdf = join(folder, candidate.pdf)
  const builds: Build[] = []
  try {
    mkdirSync(folder)
    candidate.prepare(folder)
    for (const phase of phases) {
      if (phase === 'edited') candidate.edit(folder)
      rmSync(join(folder, traceFile), { force: true })
      const startedAt = Date.now()
      const seconds = await runCommand(candidate.command(phase, folder), {
        folder,
        log: `${folder}.log`,
        running,
      })
      if (!existsSync(pdf) || statSync(pdf).mtimeMs < startedAt - clockStepMs)
        throw new Error(`it has made no PDF in phase ${phase}`)
      const cellsRun = content && readTrace(folder).length
      if (content) {
        await assertShows(pdf, content, phase)
        const cells = content.sections.length * 2
        if (phase === 'cold' && cellsRun !== cells)
          throw new Error(`expected ${cells} cells to run in phase cold, found ${cellsRun}`)
      }
      builds.push({ phase, seconds, cellsRun })
    }
    return builds
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// File times have the resolution of the kernel's tick.
const clockStepMs = 10

function readTrace(folder: string): string[] {
  const path = join(folder, traceFile)
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}
