import { auditData } from './audit-data.ts'
import { auditTexts, type Forbidden } from './audit-texts.ts'
import type { Finding, HandedFile } from './finding.ts'

interface Auditing extends Forbidden {
  /** Files that git tracks although it ignores them. */
  readonly ignored: readonly string[]
  /** Tarballs that package.json installs from. */
  readonly packages: readonly string[]
}

/** Checks what is to be handed in, and lists what must not be, in the order of the files. */
export function auditFiles(
  files: readonly HandedFile[],
  { ignored, packages, ...forbidden }: Auditing,
): Finding[] {
  const found = [
    ...files.flatMap(({ name }) => auditName(name, ignored)),
    ...auditData(files, packages),
    ...auditTexts(files, forbidden),
  ]
  return found.sort((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : 0))
}

// What tools and systems leave in a folder.
const leftover =
  /^coverage\/|(^|\/)(\.cache|__pycache__|\.ipynb_checkpoints|\.pytest_cache|\.nyc_output|\.DS_Store|Thumbs\.db|desktop\.ini)(\/|$)|(\.(log|tmp|swp|swo|pyc|bak|orig)|~)$/
// Files whose whole content is a secret.
const secret =
  /(^|\/)(\.env(\.(?!example$|sample$|template$)[\w.-]+)?|\.netrc|id_(rsa|dsa|ecdsa|ed25519)|[^/]+\.(pem|key|p12|pfx|keystore|jks))$/

function auditName(file: string, ignored: readonly string[]): Finding[] {
  const found: Finding[] = []
  if (ignored.includes(file))
    found.push({
      rule: 'nothing-ignored',
      file,
      reason: 'Unexpected file, git tracks it although .gitignore ignores it',
      cure: `run \`git rm --cached ${file}\`, or take it out of .gitignore`,
    })
  if (leftover.test(file))
    found.push({
      rule: 'nothing-ignored',
      file,
      reason: 'Unexpected file, it is a cache or was left by a program',
      cure: 'remove it, or name it in .gitignore',
    })
  if (secret.test(file))
    found.push({
      rule: 'no-secret',
      file,
      reason: 'Unexpected file, files of this name hold keys or passwords',
      cure: 'move it out of the project, or name it in .gitignore',
    })
  return found
}
