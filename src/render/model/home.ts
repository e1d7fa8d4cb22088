import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from './digest.ts'
import type { Digest } from './types.ts'

/** Finds the folder of Weft's own package, from the sources as well as from `lib`. */
export function weftHome(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'weft') return folder
    if (dirname(folder) === folder) throw new Error("Cannot find Weft's own package.json above its sources")
  }
}

const lib = join(weftHome(), 'lib') + sep

/** Checks whether an absolute path is one of the tool's own bundles. */
export function isInLib(path: string): boolean {
  return path.startsWith(lib)
}

/** Computes the digest of the tool's own code. */
export function weftDigest(): Digest {
  const files = readdirSync(lib).filter((name) => name.endsWith('.js'))
  // Names of chunks contain a digest of their content.
  const isChunk = (name: string) => /-[A-Z0-9]{8}\.js$/.test(name)
  const codes = files.sort().map((name) => (isChunk(name) ? name : sha256(readFileSync(join(lib, name)))))
  return sha256(codes.join('\n'))
}

/** Gives the path of a program in `lib`, such as the one that runs cells. Throws an Error if it is not built. */
export function weftProgram(name: string): string {
  const path = join(weftHome(), 'lib', name)
  if (!existsSync(path))
    throw new Error(`Cannot find ${path}, expected the tool to be built: run \`npm run prepare\``)
  return path
}
