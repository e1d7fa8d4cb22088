import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pathsIn } from './compare.ts'
import type { Calm, Fault } from './fault.ts'
import type { Place } from './project.ts'

const states = ['new', 'edited'] as const
const diskBytes = 32_000_000

/** Takes space, permissions and the time from a build. */
export const machineFaults: readonly Fault[] = [
  {
    name: 'fill the disk',
    command: 'build',
    states,
    lacks: () => (mounts() ? undefined : 'no file system can be mounted'),
    strike: fill,
    mend: ({ place }) => rmSync(ballastOf(place), { force: true }),
  },
  {
    name: 'limit the size of files',
    command: 'build',
    states,
    settings({ random, note }) {
      const mostKb = Math.round(2 ** random.uniform(0, 12))
      note(`${mostKb} KiB`)
      return { mostKb }
    },
  },
  {
    name: 'make folders read-only',
    command: 'build',
    states,
    lacks: () => (process.getuid?.() === 0 && !mounts() ? 'root may write anywhere' : undefined),
    strike: (round) => protect(round),
    mend: ({ place }) => unprotect(place),
  },
  {
    name: 'move the clock',
    command: 'build',
    states,
    isHarmless: true,
    settings: moveClock,
    strike: moveTimes,
  },
]

let canMount: boolean | undefined

/** Says whether this process may mount file systems. */
export function mounts(): boolean {
  canMount ??= tryMount()
  return canMount
}

function tryMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'weft-mount-'))
  try {
    mountDisk(folder)
    unmount(folder)
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Mounts a small disk in memory. */
export function mountDisk(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', folder], { stdio: 'ignore' })
}

export function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
}

const ballastOf = ({ folder }: Place) => join(folder, 'ballast')

function fill({ place, random, note }: Calm): void {
  const piece = Buffer.alloc(1 << 16)
  const file = openSync(ballastOf(place), 'w')
  let bytes = 0
  try {
    for (;;) bytes += writeSync(file, piece)
  } catch {
    // No space is left.
  }
  const free = Math.round(random.below(2) === 0 ? 0 : random.uniform(0, 400_000))
  ftruncateSync(file, Math.max(0, bytes - free))
  closeSync(file)
  note(`${free} bytes are left`)
}

const protectable = ({ dist, cache, freeze }: ReturnType<typeof pathsIn>) => [
  dist,
  cache,
  join(cache, 'freeze'),
  join(cache, 'run'),
  join(dist, 'figures'),
  freeze,
]

function protect({ place, random, note }: Calm): void {
  const folders = protectable(pathsIn(place))
  const folder = folders[random.below(folders.length)]!
  note(folder.slice(place.folder.length + 1))
  try {
    mkdirSync(folder, { recursive: true })
    if (process.getuid?.() !== 0) chmodSync(folder, 0o555)
    else {
      execFileSync('mount', ['--bind', folder, folder], { stdio: 'ignore' })
      execFileSync('mount', ['-o', 'remount,bind,ro', folder], { stdio: 'ignore' })
    }
  } catch (error) {
    note(`failed: ${(error as Error).message}`)
  }
}

function unprotect(place: Place): void {
  for (const folder of protectable(pathsIn(place))) {
    try {
      if (process.getuid?.() !== 0) chmodSync(folder, 0o755)
      else unmount(folder)
    } catch {
      // Only one of them is protected.
    }
  }
}

const spans = [60, 3_600, 86_400, 366 * 86_400]

function moveClock({ place, random, note }: Calm) {
  const seconds = spans[random.below(spans.length)]! * (random.below(2) === 0 ? 1 : -1)
  const afterMs = Math.round(random.uniform(0, 1_500))
  note(`by ${seconds} s after ${afterMs} ms`)
  const path = join(place.box, 'clock.mjs')
  writeFileSync(
    path,
    `const Real = Date
let offset = 0
setTimeout(() => { offset = ${seconds * 1_000} }, ${afterMs}).unref()
globalThis.Date = class Date extends Real {
  constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + offset) }
  static now() { return Real.now() + offset }
}
`,
  )
  return { env: { NODE_OPTIONS: `--import ${pathToFileURL(path).href}` } }
}

// Files of another clock's time, as after a copy or on another machine's disk.
function moveTimes({ place, random }: Calm): void {
  const { cache } = pathsIn(place)
  const time = Date.now() / 1_000 + random.uniform(-1, 1) * 366 * 86_400
  try {
    for (const entry of readdirSync(cache, { recursive: true, withFileTypes: true }))
      if (entry.isFile() && random.below(2) === 0) utimesSync(join(entry.parentPath, entry.name), time, time)
  } catch {
    // There is no cache yet, or the build has just renamed a file.
  }
}
