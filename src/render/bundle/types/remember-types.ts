import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { readVerified, writeVerified } from '../../model/cache-file.ts'
import { sha256 } from '../../model/digest.ts'
import { weftDigest } from '../../model/home.ts'
import type { Digest, ReportTree } from '../../model/types.ts'
import { findTypeScript } from './compiler.ts'
import { type Finding, faultOfReport, toFindings } from './findings.ts'
import type { Checker } from './open-checker.ts'
import { awaitCheck, noteCheck } from './running-check.ts'
import { type Fault, typedSource } from './typed-source.ts'
import type { TypesReads } from './types-thread.ts'

// The faults of the last build with all that decided them.
interface Remembered {
  readonly key: Digest
  readonly faults: readonly Fault[]
  /** Sources, data files, settings, and the `package.json` of each package; an absent file has no digest. */
  readonly files: Readonly<Record<string, Digest | null>>
  /** Paths at which nothing was found. */
  readonly absent: readonly string[]
}

/**
 * Checks the types of a report, or gives the findings of the last build if nothing that decided them has changed.
 * While another process checks the same, its findings are awaited. Gives none if the report's own project has no
 * TypeScript. What prevents the check is a finding on report.md.
 *
 * @param path file of the last build's faults
 */
export async function checkRemembered(
  tree: ReportTree,
  checker: Checker,
  path: string,
): Promise<readonly Finding[]> {
  const compiler = findTypeScript(tree.report.root)
  if (!compiler) return []
  const source = typedSource(tree)
  const key = sha256(JSON.stringify([weftDigest(), compiler, source]))
  await awaitCheck(path, key, checker.closed)
  const known = readVerified<Remembered>(path)
  if (known?.key === key && isCurrent(known)) return toFindings(known.faults, tree)
  const endNote = noteCheck(path, key)
  try {
    const { faults, reads } = await checker.check(source)
    // A report that has gone meanwhile gets no folder again.
    if (existsSync(tree.report.folder)) writeVerified(path, { key, faults, ...stateOf(reads) })
    return toFindings(faults, tree)
  } catch (error) {
    return [faultOfReport(error as Error, tree)]
  } finally {
    endNote()
  }
}

function isCurrent({ files, absent }: Remembered): boolean {
  return (
    Object.entries(files).every(([file, digest]) => digestOf(file) === digest) && !absent.some(existsSync)
  )
}

function stateOf({ files, absent }: TypesReads): Pick<Remembered, 'files' | 'absent'> {
  const isOfPackage = (path: string) => path.includes(inPackages)
  const folders = new Map<string, string>()
  const manifests = files.filter(isOfPackage).map((file) => join(packageOf(file, folders), 'package.json'))
  const all = new Set([...files.filter((file) => !isOfPackage(file)), ...manifests])
  return {
    files: Object.fromEntries([...all].map((file) => [file, digestOf(file)])),
    // A package that stays as it is gets no files.
    absent: absent.filter((path) => {
      const folder = packageIn(path)
      const isInPackage = folder !== undefined && existsSync(join(folder, 'package.json'))
      return !isInPackage && !existsSync(path)
    }),
  }
}

const inPackages = `${sep}node_modules${sep}`

// The nearest folder with a package.json.
function packageOf(file: string, known: Map<string, string>): string {
  const folder = dirname(file)
  const found =
    known.get(folder) ??
    (existsSync(join(folder, 'package.json')) || dirname(folder) === folder
      ? folder
      : packageOf(folder, known))
  known.set(folder, found)
  return found
}

// The package that a path lies in, by its name.
function packageIn(path: string): string | undefined {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path)?.[1]
}

function digestOf(file: string): Digest | null {
  return existsSync(file) ? sha256(readFileSync(file)) : null
}
