import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startWeft } from './command.ts'
import { acceptedIn, pathsIn, type Stored, storedIn } from './compare.ts'
import type { Fault, State } from './fault.ts'
import { type Place, placeIn, writeProject } from './project.ts'

/** A project as it is if nothing disturbs it, to compare with. */
export interface Undisturbed {
  /** What rounds start from. */
  readonly places: { readonly [state in State]: Place }
  readonly expected: Place
  /** Label -> key of its last build. */
  readonly cells: Readonly<Record<string, string>>
  readonly stored: Stored
  readonly accepted: string
  /** How long the commands take, in ms. */
  readonly times: { readonly [command in Fault['command']]: number }
  readonly limits: { readonly limitMs: number }
}

/** Makes the projects that rounds start from, and an undisturbed build of the same report. */
export async function openUndisturbed(folder: string): Promise<Undisturbed> {
  const limits = { limitMs: 120_000 }
  const run = async (place: Place, command: string) => {
    const { code, text, elapsedMs } = await startWeft(place, [command, '--jobs', '2'], limits).ended
    if (code !== 0) throw new Error(`Cannot ${command} the report, expected status 0, found ${code}: ${text}`)
    return elapsedMs
  }
  const edited = newPlace(folder, 'edited')
  writeProject(edited, 'before')
  await run(edited, 'accept')
  writeProject(edited, 'after')
  rmSync(join(edited.box, 'trace.txt'), { force: true })
  const fresh = newPlace(folder, 'new')
  writeProject(fresh, 'after')
  const built = copyOf(edited, folder, 'built')
  const build = await run(built, 'build')
  const expected = copyOf(built, folder, 'expected')
  const accept = await run(expected, 'accept')
  const { cache } = pathsIn(expected)
  const last = JSON.parse(readFileSync(join(cache, 'last/report.full.json'), 'utf8')) as {
    cells: Record<string, string>
  }
  return {
    places: { new: fresh, edited, built },
    expected,
    cells: last.cells,
    stored: storedIn(join(cache, 'freeze')),
    accepted: acceptedIn(expected),
    times: { build, accept },
    // Many times what they take, on a machine that does other things as well.
    limits: { limitMs: 60_000 + 10 * Math.max(build, accept) },
  }
}

function newPlace(folder: string, name: string): Place {
  const place = placeIn(join(folder, name))
  mkdirSync(join(place.box, 'tmp'), { recursive: true })
  return place
}

function copyOf({ folder: original }: Place, folder: string, name: string): Place {
  const place = placeIn(join(folder, name))
  mkdirSync(join(place.box, 'tmp'), { recursive: true })
  cpSync(original, place.folder, { recursive: true, verbatimSymlinks: true })
  return place
}
