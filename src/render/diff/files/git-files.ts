import { spawnSync } from 'node:child_process'
import type { VersionFiles } from './version-files.ts'

/** A repository, as far as it is read here: nothing of it is changed, neither the work tree nor the index. */
export interface Repository {
  /** Absolute path of its work tree. */
  readonly top: string
}

/** Finds the repository of a folder. Throws an Error that says what is missing. */
export function openRepository(folder: string): Repository {
  const found = git(folder, ['rev-parse', '--show-toplevel'])
  if (found.status === 0) return { top: textOf(found.stdout) }
  const reason = lineOf(found.stderr)
  if (/not a git repository/.test(reason))
    throw new Error(
      `Cannot compare with a revision, ${folder} is in no git repository: name a submission zip or a folder, \`weft diff old.zip\``,
    )
  throw new Error(`Cannot compare with a revision, git says: ${reason}`)
}

/** Gives the work tree of a folder's repository, if it is in one and there is git. */
export function findRepositoryTop(folder: string): string | undefined {
  try {
    return openRepository(folder).top
  } catch {
    return undefined
  }
}

/** Opens the files of a revision. Throws an Error if the repository does not have it. */
export function openRevision({ top }: Repository, revision: string): VersionFiles {
  const commit = commitOf(top, revision)
  const listed = asked(top, ['ls-tree', '-r', '-z', '--full-tree', commit])
  const blobs = new Map(
    textOf(listed)
      .split('\0')
      .flatMap((line) => {
        const [, type, blob, path] = /^\d+ (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
        return type === 'blob' ? [[path!, blob!] as const] : []
      }),
  )
  const date = textOf(asked(top, ['show', '-s', '--format=%cs', commit]))
  return {
    name: revision,
    detail: `${commit.slice(0, 8)} of ${date}`,
    paths: new Set(blobs.keys()),
    read(paths) {
      const there = paths.filter((path) => blobs.has(path))
      const contents = readBlobs(
        top,
        there.map((path) => blobs.get(path)!),
      )
      return new Map(there.map((path, index) => [path, contents[index]!]))
    },
  }
}

function commitOf(top: string, revision: string): string {
  const found = git(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (found.status === 0) return textOf(found.stdout)
  const isEmpty = git(top, ['rev-parse', '--verify', '--quiet', 'HEAD']).status !== 0
  if (isEmpty)
    throw new Error(
      `Cannot find the revision \`${revision}\`, ${top} has no commit yet: commit the report first`,
    )
  const isShallow = textOf(git(top, ['rev-parse', '--is-shallow-repository']).stdout) === 'true'
  const advice = isShallow
    ? 'this clone has only the newest commits: run `git fetch --unshallow`, or set `fetch-depth: 0` in the workflow'
    : 'expected a commit, a branch or a tag, or the path of a submission zip or of a folder'
  throw new Error(`Cannot find the revision \`${revision}\` in ${top}, ${advice}`)
}

// One process reads all of them: `<name> blob <size>`, then the bytes and a line end.
function readBlobs(top: string, blobs: readonly string[]): Uint8Array[] {
  if (blobs.length === 0) return []
  const output = asked(top, ['cat-file', '--batch'], `${blobs.join('\n')}\n`)
  let at = 0
  return blobs.map((blob) => {
    const end = output.indexOf(10, at)
    const head = output.toString('utf8', at, end)
    const size = Number(/^[0-9a-f]+ blob (\d+)$/.exec(head)?.[1])
    if (!(size >= 0)) throw new Error(`Cannot read ${blob} from git, found \`${head}\``)
    at = end + 1 + size + 1
    return output.subarray(end + 1, end + 1 + size)
  })
}

function asked(top: string, args: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr } = git(top, args, input)
  if (status !== 0) throw new Error(`Cannot read from git, \`git ${args[0]}\` says: ${lineOf(stderr)}`)
  return stdout
}

function git(folder: string, args: readonly string[], input = '') {
  const done = spawnSync('git', ['-C', folder, ...args], {
    input,
    maxBuffer: 2 ** 31 - 1,
    // Messages are looked at, and reading must not lock anything.
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
  })
  if (done.error && (done.error as NodeJS.ErrnoException).code === 'ENOENT')
    throw new Error(
      'Cannot compare with a revision, expected `git`, found no such program: name a submission zip or a folder, `weft diff old.zip`',
    )
  if (done.error) throw done.error
  return done
}

function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').trim()
}

function lineOf(bytes: Buffer): string {
  return textOf(bytes)
    .split('\n')[0]!
    .replace(/^fatal: /, '')
}
