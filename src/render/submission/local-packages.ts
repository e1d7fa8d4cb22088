import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'] as const

/**
 * Lists the packages that a project installs from a tarball or a folder of this machine, as package.json names them:
 * `weft-0.1.0.tgz`, `../weft`. Gives their paths relative to the project's root, with `/`.
 */
export function localPackages(root: string): string[] {
  const path = join(root, 'package.json')
  if (!existsSync(path)) return []
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<(typeof kinds)[number], object>>
  const specs = kinds.flatMap((kind) => Object.values(manifest[kind] ?? {}))
  return specs.flatMap((spec) => {
    const local = typeof spec === 'string' ? /^(?:file:|link:)(.+)$|^(\.{0,2}\/.+)$/.exec(spec) : null
    const found = local?.[1] ?? local?.[2]
    return found === undefined ? [] : [posix.normalize(found.replace(/\\/g, '/')).replace(/\/$/, '')]
  })
}
