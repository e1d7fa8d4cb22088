import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ignore, { type Ignore } from 'ignore'

/** The files of a project that git does not ignore, relative to its root, with `/`, in order. */
export interface ProjectFiles {
  readonly files: readonly string[]
  /** Those of them that git tracks although it ignores them. */
  readonly ignored: readonly string[]
}

/**
 * Lists the files of a project as git sees them, new ones too. Where git cannot be asked, as in an unpacked zip, the
 * project's own .gitignore files decide. Installed packages are left out in any case.
 *
 * @param known a file of the project that git must list: in a folder that another repository ignores it lists none
 */
export function listProjectFiles(root: string, known: string): ProjectFiles {
  const listed = filesByGit(root)
  const found = listed?.files.includes(known) ? listed : { files: walk(root), ignored: [] }
  const files = found.files.filter((file) => !isInstalled(file)).sort()
  return { files, ignored: found.ignored.filter((file) => !isInstalled(file)).sort() }
}

function filesByGit(root: string): ProjectFiles | undefined {
  const list = (...flags: string[]) =>
    execFileSync('git', ['-C', root, 'ls-files', '-z', '--exclude-standard', ...flags], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .split('\0')
      .filter((file) => file !== '')
  try {
    // One that is deleted, but not yet in a commit, is listed too.
    const files = [...new Set(list('-c', '-o'))].filter((file) => existsSync(join(root, file)))
    return { files, ignored: list('-c', '-i').filter((file) => files.includes(file)) }
  } catch {
    return undefined
  }
}

function isInstalled(file: string): boolean {
  return /(^|\/)(node_modules|\.git)(\/|$)/.test(file)
}

interface Scope {
  /** Relative to the root, with `/` at its end; empty at the root. */
  readonly folder: string
  readonly rules: Ignore
}

function walk(root: string, folder = '', above: readonly Scope[] = []): string[] {
  const own = join(root, folder, '.gitignore')
  const scopes = existsSync(own)
    ? [...above, { folder, rules: ignore().add(readFileSync(own, 'utf8')) }]
    : above
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries.flatMap((entry) => {
    const path = `${folder}${entry.name}`
    const isFolder = entry.isDirectory()
    if (isInstalled(path) || isIgnored(isFolder ? `${path}/` : path, scopes)) return []
    return isFolder ? walk(root, `${path}/`, scopes) : [path]
  })
}

// The innermost .gitignore that has a rule for the path decides.
function isIgnored(path: string, scopes: readonly Scope[]): boolean {
  for (const { folder, rules } of [...scopes].reverse()) {
    const { ignored, unignored } = rules.test(path.slice(folder.length))
    if (ignored || unignored) return ignored
  }
  return false
}
