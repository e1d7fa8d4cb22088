import { existsSync } from 'node:fs'
import type { Root } from 'mdast'
import { readVerified, writeVerified } from '../model/cache-file.ts'
import { sha256 } from '../model/digest.ts'
import { weftDigest } from '../model/home.ts'
import type { Digest } from '../model/types.ts'
import { parseText } from './blocks.ts'

/** Parses whole chapters, each a text. */
export interface Parser {
  parse(text: string): Root
}

/** A parser that remembers what earlier builds parsed. */
export interface RememberingParser extends Parser {
  /** Writes what it parsed for the next build, and forgets the rest; does nothing when that is what the file has. */
  save(): void
}

interface Remembered {
  /** Names the code that parses. */
  readonly tool: Digest
  /** Trees as JSON, by the digest of their text: only what is wanted of it is read. */
  readonly trees: readonly (readonly [text: Digest, tree: string])[]
}

/**
 * Opens a parser with the trees of the last build: it takes a hundredth of the time to read one than to parse its text.
 * A file that is missing or damaged, or that another version of the tool wrote, is as good as empty.
 *
 * @param path file of the last build's trees
 */
export function openParser(path: string): RememberingParser {
  const tool = sha256(`${weftDigest()} ${process.version}`)
  const stored = existsSync(path) ? readVerified<Remembered>(path) : undefined
  const known = new Map(stored?.tool === tool ? stored.trees : [])
  const used = new Map<Digest, string>()
  return {
    parse(text) {
      const digest = sha256(text)
      const before = used.get(digest) ?? known.get(digest)
      if (before !== undefined) {
        used.set(digest, before)
        return JSON.parse(before) as Root
      }
      const tree = parseText(text)
      // At once: who asked for the tree will change it.
      used.set(digest, JSON.stringify(tree))
      return tree
    },
    save() {
      if (
        stored?.tool === tool &&
        used.size === known.size &&
        [...used.keys()].every((one) => known.has(one))
      )
        return
      writeVerified(path, { tool, trees: [...used] } satisfies Remembered)
    },
  }
}
