import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Point, Position } from 'unist'
import { VFile } from 'vfile'
import { fail, warn } from '../../model/messages.ts'
import type { ReportTree } from '../../model/types.ts'
import { placeOf } from './place-part.ts'
import { type Fault, typedParts } from './typed-source.ts'

/** What the type checker found, at its place. */
export interface Finding {
  readonly rule: 'types-agree'
  readonly reason: string
  /** A chapter, or a module that the report imports; relative to the root. */
  readonly file: string
  readonly place: Position | Point
}

/** Gives faults their places in the chapters as they are now: prose may have moved since they were found. */
export function toFindings(faults: readonly Fault[], tree: ReportTree): readonly Finding[] {
  const chapters = new Map(tree.chapters.map(({ file }) => [file.path, file]))
  const parts = typedParts(tree)
  return faults.map((fault): Finding => {
    const { reason } = fault
    if ('file' in fault) {
      const { file, line, column } = fault
      return { rule: 'types-agree', reason, file, place: { line, column } }
    }
    const part = parts[fault.part]!
    const place = placeOf(part, fault, String(chapters.get(part.file)))
    return { rule: 'types-agree', reason, file: part.file, place }
  })
}

/** Gives what prevented a check as a finding on report.md. */
export function faultOfReport({ message }: Error, { report }: ReportTree): Finding {
  return {
    rule: 'types-agree',
    reason: `Cannot check types: ${message}`,
    file: report.files[0]!.path,
    place: { line: 1, column: 1 },
  }
}

/** Reports findings on the files of a report, and gives the other files that have some. */
export function reportFindings(
  findings: readonly Finding[],
  { report }: ReportTree,
  kind: 'errors' | 'warnings',
): readonly VFile[] {
  const files = new Map(report.files.map((file) => [file.path, file]))
  const others = new Map<string, VFile>()
  const openOther = (path: string) => {
    const absolute = join(report.root, path)
    // It may be gone since it was checked.
    const value = existsSync(absolute) ? readFileSync(absolute, 'utf8') : ''
    const file = new VFile({ cwd: report.root, path, value })
    others.set(path, file)
    return file
  }
  const tell = kind === 'errors' ? fail : warn
  for (const { file: path, rule, reason, place } of findings)
    tell(files.get(path) ?? others.get(path) ?? openOther(path), rule, reason, place)
  return [...others.values()]
}
