import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileOf, keysIn, readStored } from '../../src/render/cache/result-store.ts'
import { canonicalJson } from '../../src/render/model/digest.ts'
import { acceptedKeys, readLock } from '../../src/render/model/lock.ts'
import { pathsOf } from '../../src/render/model/paths.ts'
import type { Json, StoredResult } from '../../src/render/model/types.ts'
import type { Place } from './project.ts'

/** Gives the paths of a round's report. */
export function pathsIn({ folder }: Place) {
  return pathsOf(join(folder, 'report-src/report.md'))
}

/** Lists the files of two builds that differ, apart from the times and places in them. */
export function differingFiles(place: Place, expected: Place): string[] {
  const [now, before] = [place, expected].map(publishedOf) as [Published, Published]
  const names = [...new Set([...now.keys(), ...before.keys()])].sort()
  return names.filter((name) => !same(now.get(name), before.get(name)))
}

type Published = ReadonlyMap<string, Buffer>

// The cards of the page and the files in the print hold the times of results, and whether they are accepted.
function publishedOf(place: Place): Published {
  const { html, pdf, dist } = pathsIn(place)
  const page = readFileSync(html, 'utf8').replace(
    /<script type="application\/json" class="weft-cards">[^<]*<\/script>/,
    '',
  )
  const print = readFileSync(pdf)
  const end = print.lastIndexOf('%%EOF', print.lastIndexOf('%%EOF') - 1)
  return new Map([
    ['report.html', Buffer.from(page)],
    ['report.pdf', print.subarray(0, end)],
    ...filesIn(join(dist, 'figures'), 'figures'),
  ])
}

function filesIn(folder: string, prefix: string): [string, Buffer][] {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).filter((name) => /\.(svg|vl\.json)$/.test(name))
  return names.map((name) => [`${prefix}/${name}`, readFileSync(join(folder, name))])
}

function same(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one !== undefined && other !== undefined && one.equals(other)
}

/** The results that lie whole in a folder, by key, and the paths of those that do not. */
export interface Stored {
  readonly whole: ReadonlyMap<string, StoredResult>
  readonly damaged: readonly string[]
}

/** Reads all results of a folder. */
export function storedIn(folder: string): Stored {
  const whole = new Map<string, StoredResult>()
  const damaged: string[] = []
  for (const key of keysIn(folder)) {
    const stored = readStored(fileOf(folder, key), key)
    if (typeof stored === 'string') damaged.push(`${key.slice(0, 12)}: ${stored}`)
    else whole.set(key, stored)
  }
  return { whole, damaged }
}

/** Lists the results whose numbers are not those of an undisturbed build. */
export function wrongNumbers({ whole }: Stored, expected: Stored): string[] {
  return [...whole].flatMap(([key, stored]) => {
    const right = expected.whole.get(key)
    if (right && contentOf(right) === contentOf(stored)) return []
    const what = stored.provenance.label
    return [right ? `${what} has other numbers` : `${what} has a key that no undisturbed build has`]
  })
}

function contentOf({ shown, exports }: StoredResult): string {
  return canonicalJson({ shown, exports } as unknown as Json)
}

/** Gives what `accept` keeps of a report, without times and digests of files: equal for equal reports. */
export function acceptedIn(place: Place): string {
  const { lock, freeze, figures } = pathsIn(place)
  const { profiles } = readLock(lock)
  const own = Object.entries(profiles).map(([name, profile]) => [name, { ...profile, seals: {} }])
  const drawn = filesIn(figures, 'figures').map(([name, bytes]) => [name, bytes.toString('base64')])
  return JSON.stringify([own, keysIn(freeze), drawn], null, 1)
}

/** Lists what the lock names and the folder of accepted results lacks. */
export function missingAccepted(place: Place): string[] {
  const { lock, freeze } = pathsIn(place)
  const { whole } = storedIn(freeze)
  return [...acceptedKeys(readLock(lock))].filter((key) => !whole.has(key))
}
