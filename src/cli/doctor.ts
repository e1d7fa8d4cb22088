import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { WriteStream } from 'node:tty'
import { pathsOf } from '../render/model/paths.ts'
import { projectRoot } from '../render/syntax/read-report.ts'
import { defaultReports } from './arguments.ts'
import type { Output } from './console.ts'
import { findPrinter } from './doctor/browser.ts'
import { findData } from './doctor/data-sets.ts'
import { findEngines } from './doctor/engine-findings.ts'
import type { Finding } from './doctor/finding.ts'
import { findCache, findOutput, findTemporary } from './doctor/folders.ts'
import { findFonts } from './doctor/fonts.ts'
import { findBundler, findNode, findNpm } from './doctor/machine.ts'
import { probe } from './doctor/probe.ts'
import { findPrograms } from './doctor/programs.ts'
import { thisSystem } from './doctor/remedies.ts'
import { noReport, reportFindings } from './doctor/report.ts'
import { canBuild, writeFindings, writeJson } from './doctor/write-findings.ts'
import { readOptions } from './read-options.ts'

const options = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const

/**
 * Runs `weft doctor [REPORT.md]`: says what of all that Weft needs is here, and what mends the rest. Changes nothing.
 * Gives the exit status: 0 if a report can be built and printed, else 1.
 * @throws if the named report is not there
 */
export async function runDoctor(
  args: readonly string[],
  { stdout }: Output,
  folder: string,
): Promise<number> {
  const { values, positionals } = readOptions(args, options)
  if (values.help) {
    stdout.write(doctorHelp)
    return 0
  }
  if (positionals.length > 1)
    throw new Error(`Unexpected ${positionals.slice(1).join(' ')}, expected one report`)
  const path = reportOf(positionals[0], folder)
  const findings = await examine(path, folder)
  const stream = stdout as WriteStream
  const hasColours = stream.isTTY === true && stream.hasColors()
  stdout.write(
    values.json
      ? writeJson(findings)
      : writeFindings(findings, {
          hasColours,
          columns: stream.columns || Number(process.env.COLUMNS) || undefined,
        }),
  )
  return canBuild(findings) ? 0 : 1
}

function reportOf(named: string | undefined, folder: string): string | undefined {
  if (named === undefined)
    return defaultReports.map((name) => resolve(folder, name)).find((one) => existsSync(one))
  if (!existsSync(resolve(folder, named))) throw new Error(`Cannot find ${named}, expected a report`)
  return resolve(folder, named)
}

// All at once: most of the time each waits for a process of its own.
async function examine(path: string | undefined, folder: string): Promise<readonly Finding[]> {
  const { env } = process
  const home = path === undefined ? folder : dirname(path)
  const root = projectRoot(home)
  const groups = await Promise.all([
    findNode(),
    findNpm(env),
    findBundler(root),
    findPrinter(root, thisSystem(env)),
    findFonts(root),
    findTemporary(),
    findCache(),
    findOutput(pathsOf(path ?? resolve(folder, 'report.md'))),
    findReport(path, home),
    findEngines(root, env),
    findPrograms({ root, env }),
  ])
  return groups.flat()
}

async function findReport(path: string | undefined, folder: string): Promise<readonly Finding[]> {
  if (path === undefined) return [noReport, ...(await findData({ words: undefined, folder }))]
  const probed = await probe('report', { path })
  const words = probed.ok ? probed.value.words : []
  return [
    ...reportFindings(relative(process.cwd(), path) || path, probed),
    ...(await findData({ words, folder })),
  ]
}

/** The text of `weft doctor --help`. */
const doctorHelp = `Says which engines, browser, fonts, data and programs are here, and what mends the rest. Changes nothing.

Usage
  weft doctor [REPORT.md] [--json]

  ok     it is here and works
  lacks  only some reports need it
  FAULT  no report can be built or printed without it

Each arrow is followed by what mends it. What could crash or hang is tried in a process of its own.
Exit status: 0 if a report can be built and printed, 1 if not.
`
