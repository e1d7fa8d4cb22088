import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '../../src/statistics/random.ts'
import { pathsIn } from './compare.ts'
import type { Calm, Fault } from './fault.ts'
import type { Place } from './project.ts'

/** Damages what builds have stored. */
export const damageFaults: readonly Fault[] = [
  damaging('damage stored results', ['edited', 'built'], true, resultsOf),
  damaging('damage other caches', ['edited', 'built'], true, cachesOf),
  {
    ...damaging('damage the lock', ['edited', 'built'], false, (place) => [pathsIn(place).lock]),
    mend({ place, note }) {
      note('the lock is restored')
      rmSync(pathsIn(place).lock, { recursive: true, force: true })
      writeFileSync(pathsIn(place).lock, readFileSync(join(place.box, 'lock')))
    },
  },
]

function damaging(
  name: string,
  states: Fault['states'],
  isHarmless: boolean,
  filesOf: (place: Place) => string[],
): Fault {
  const damage = ({ place, random, note }: Calm) => {
    const files = random.shuffle(filesOf(place))
    for (const path of files.slice(0, 1 + random.below(3)))
      note(`${damageFile(path, random)} ${path.slice(place.folder.length + 1)}`)
  }
  return {
    name,
    command: 'build',
    states,
    isHarmless,
    prepare(round) {
      const { lock } = pathsIn(round.place)
      writeFileSync(join(round.place.box, 'lock'), readFileSync(lock))
      if (round.random.below(3) > 0) damage(round)
    },
    strike: damage,
  }
}

function resultsOf(place: Place): string[] {
  const { cache, freeze } = pathsIn(place)
  return [join(cache, 'freeze'), freeze].flatMap((folder) => filesIn(folder, /\.json$/))
}

function cachesOf(place: Place): string[] {
  const { cache } = pathsIn(place)
  return [
    ...filesIn(cache, /\.json$/),
    ...filesIn(join(cache, 'last'), /\.json$/),
    ...filesIn(join(cache, 'run'), /\.(mjs|map)$/),
  ]
}

function filesIn(folder: string, name: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((each) => name.test(each))
      .map((each) => join(folder, each))
      .sort()
  } catch {
    return []
  }
}

/** Harms a file, and says how. */
export function damageFile(path: string, random: Random): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return 'nothing is done to'
  const bytes = readFileSync(path)
  const kind = random.below(6)
  if (kind === 0) writeFileSync(path, bytes.subarray(0, random.below(bytes.length)))
  else if (kind === 1) writeFileSync(path, '')
  else if (kind === 2) {
    rmSync(path)
    mkdirSync(path)
  } else if (kind === 3)
    writeFileSync(
      path,
      bytes.map((byte, index) => (index % 7 === 0 ? random.below(256) : byte)),
    )
  else changeDigit(path, bytes, random)
  return ['cut', 'emptied', 'made a folder of', 'garbled', 'a digit changed in', 'a digit changed in'][kind]!
}

// The worst that can happen to a file: it stays well-formed.
function changeDigit(path: string, bytes: Buffer, random: Random): void {
  const digits = [...bytes.keys()].filter((index) => bytes[index]! >= 0x30 && bytes[index]! <= 0x39)
  const at = digits[random.below(digits.length)] ?? 0
  bytes[at] = 0x30 + ((bytes[at]! - 0x30 + 1 + random.below(9)) % 10)
  writeFileSync(path, bytes)
}
