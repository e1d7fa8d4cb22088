import { basename, posix, relative, sep } from 'node:path'
import { kinds } from '../assemble/registers/fill-register.ts'
import { verifyStored } from '../cache/result-store.ts'
import type { LockedProfile } from '../model/lock.ts'
import { profileOf } from '../model/lock.ts'
import { orList } from '../model/nearest.ts'
import type { Paths } from '../model/paths.ts'
import type { Digest, Reader, ReportTree, StoredResult } from '../model/types.ts'
import { plural } from '../output/format.ts'
import { parse } from '../syntax/parse.ts'
import { projectRoot, readReport } from '../syntax/read-report.ts'
import { textOf, type VersionFiles } from './files/version-files.ts'
import { type Located, locateReport } from './locate-report.ts'
import { parseOldLock } from './old-lock.ts'
import { outputsIn, packagesIn, specIn, type Version } from './version.ts'

/** The report as it is here, which the other version is compared with. */
export interface Here {
  readonly paths: Paths
  /** Path of report.md relative to the top folder of the project or repository. */
  readonly wanted: string
  /** Name of the profile; by default `full`, or the first that the other version has accepted. */
  readonly profile: string | undefined
}

/**
 * Reads a version from its files: the lock, and what there is beside it of chapters, results and figures. Runs nothing
 * of it. Throws an Error if it has no accepted numbers.
 */
export function readVersion(files: VersionFiles, here: Here): Version {
  const at = locateReport(files, here.wanted)
  const text = textOf(files, at.lock)
  if (text === undefined)
    throw new Error(
      `Cannot compare with ${files.name}, it has no ${at.lock}: its numbers were not accepted (\`weft accept\` writes them there)`,
    )
  const { profile, locked } = profileIn(text, at, files, here)
  const { stored, lost } = readStored(files, at, locked)
  const tree = readTree(files, at, here, profile)
  const notes = [
    ...(locked.kept
      ? lost > 0
        ? [
            `${plural(lost, 'accepted result')} of ${files.name} cannot be read: its numbers are judged without`,
          ]
        : []
      : [
          `${files.name} was accepted with --lock-only: its numbers are known, but not what they were computed from`,
        ]),
    ...(typeof tree === 'string'
      ? [`The chapters of ${files.name} cannot be read (${tree}): its numbers have no sentences`]
      : []),
  ]
  return {
    name: files.name,
    detail: files.detail,
    numbers: 'accepted',
    locked: withTables(renamed(locked, at, here), stored),
    tree: typeof tree === 'string' ? undefined : tree,
    stored,
    spec: (id) => specIn(textOf(files, posix.join(at.figures, `${id}.vl.json`))),
    drawing: async (id) => textOf(files, posix.join(at.figures, `${id}.svg`))?.trim(),
    packages: packagesIn(textOf(files, posix.join(at.root, 'package-lock.json'))),
    notes,
  }
}

function profileIn(
  text: string,
  at: Located,
  { name }: VersionFiles,
  here: Here,
): { readonly profile: string; readonly locked: LockedProfile } {
  const lock = parseOldLock(text, `${at.lock} of ${name}`)
  const names = Object.keys(lock.profiles)
  const profile = here.profile ?? (names.includes('full') ? 'full' : (names[0] ?? 'full'))
  const locked = profileOf(lock, profile)
  if (locked) return { profile, locked }
  const there = names.length > 0 ? `, accepted is ${orList(names)}` : ''
  throw new Error(`Cannot compare the profile \`${profile}\`, ${name} has no accepted numbers of it${there}`)
}

function readStored(
  files: VersionFiles,
  { freeze }: Located,
  { cells, jobs }: LockedProfile,
): { readonly stored: ReadonlyMap<Digest, StoredResult>; readonly lost: number } {
  const keys = [...new Set([...Object.values(cells), ...Object.keys(jobs)])]
  const pathOf = (key: Digest) => posix.join(freeze, `${key}.json`)
  const found = files.read(keys.map(pathOf))
  const stored = keys.flatMap((key) => {
    const bytes = found.get(pathOf(key))
    const result = bytes && verifyStored(new TextDecoder().decode(bytes), key)
    return typeof result === 'object' ? [[key, result] as const] : []
  })
  return { stored: new Map(stored), lost: keys.length - stored.length }
}

// The chapters are read as if they were here, so that both versions have the same names of files.
function readTree(
  files: VersionFiles,
  { folder, source }: Located,
  { paths }: Here,
  profile: string,
): ReportTree | string {
  const read = (name: string) => {
    const path = posix.join(folder, name === basename(paths.source) ? posix.basename(source) : name)
    const bytes = files.read([path]).get(path)
    if (!bytes) throw Object.assign(new Error(`${path} is not there`), { code: 'ENOENT' })
    return bytes
  }
  const reader: Reader = { readChapter: read, read, readSource: read, checkStrings() {} }
  try {
    return parse(readReport(paths.source, profile, reader), kinds)
  } catch (error) {
    const { files: faulty = [], message } = error as Error & {
      files?: readonly { messages: { reason: string }[] }[]
    }
    return faulty.flatMap(({ messages }) => messages)[0]?.reason ?? message
  }
}

// The lock names files from the root of its project, which may have another name here.
function renamed(locked: LockedProfile, { root, folder }: Located, { paths }: Here): LockedProfile {
  const ownFolder = posix.dirname(paths.source.split(sep).join('/'))
  const here = relative(projectRoot(ownFolder), ownFolder).split(sep).join('/')
  const there = posix.relative(root, folder)
  if (here === there) return locked
  const nameHere = (file: string) =>
    there === '' && file.startsWith(`${here}/`) ? file : posix.join(here, posix.relative(there, file))
  const shown = locked.shown.map((one) => ({ ...one, file: nameHere(one.file) }))
  return { ...locked, shown }
}

// A lock of format 1 has no tables and no figures, but its results do.
function withTables(locked: LockedProfile, stored: ReadonlyMap<Digest, StoredResult>): LockedProfile {
  if (Object.keys(locked.tables).length + Object.keys(locked.drawings).length > 0) return locked
  const { tables, drawings, environments } = outputsIn(locked.cells, stored)
  return {
    ...locked,
    tables,
    drawings,
    environments: locked.environments.length > 0 ? locked.environments : environments,
  }
}
