import { lstatSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Report } from '../model/types.ts'
import { withoutAuthors } from './anonymous.ts'
import type { Finding, HandedFile } from './finding.ts'
import type { Frozen } from './open-frozen.ts'
import { readmeMark } from './readme.ts'

/** How a zip is made. */
export interface SubmissionOptions extends Pick<Frozen, 'text' | 'names'> {
  readonly isAnonymous: boolean
  /** Absolute path of the zip, which is not written here. */
  readonly file: string
}

/** Files as they are handed in, and links among them. */
interface ReadFiles {
  readonly files: readonly HandedFile[]
  readonly links: readonly Finding[]
}

/** Reads the chosen files of a project as they are handed in, and tells of those that are none. */
export function readFiles(names: readonly string[], report: Report, options: SubmissionOptions): ReadFiles {
  const { root } = report
  const links = names.filter((name) => !lstatSync(join(root, name)).isFile())
  const files = names
    .filter((name) => !links.includes(name))
    .map((name) => ({ name, bytes: readFileSync(join(root, name)) }))
    .flatMap((file) => handedIn(file, report, { ...options, readme: freeReadme(names) }))
  return {
    files,
    links: links.map((file) => ({
      rule: 'nothing-ignored',
      file,
      reason: 'Unexpected link or special file, expected a plain one',
      cure: 'put the file in its place, or name the link in .gitignore',
    })),
  }
}

// Another file may have the first name.
function freeReadme(names: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = `README-project${number === 1 ? '' : `-${number}`}.md`
    if (!names.includes(name)) return name
  }
}

interface HandingIn extends SubmissionOptions {
  /** The name of the project's own README.md in the zip. */
  readonly readme: string
}

function handedIn(file: HandedFile, report: Report, options: HandingIn): HandedFile[] {
  const { text, names, isAnonymous, readme } = options
  if (text !== undefined && file.name === report.files[0]!.path.split(sep).join('/'))
    return [{ name: file.name, bytes: Buffer.from(text) }]
  const given = isAnonymous ? withoutAuthors(file, names) : file
  if (file.name !== 'README.md') return [given]
  // The zip has its own in its place, which a zip of an unpacked zip writes anew.
  return Buffer.from(file.bytes).toString().startsWith(readmeMark) ? [] : [{ ...given, name: readme }]
}
