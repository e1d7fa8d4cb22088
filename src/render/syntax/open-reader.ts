import { readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { Reader } from '../model/types.ts'

/** Thrown for a chapter outside the report's own folder. */
export class OutsideFolder extends Error {}

/** Opens the reader for a trusted report: it reads any file, but chapters must be in the report's folder. */
export function openReader(folder: string, root: string): Reader {
  return {
    readChapter(name) {
      const path = resolve(folder, name)
      if (relative(folder, path).split(sep)[0] === '..') throw new OutsideFolder(name)
      return readFileSync(path)
    },
    read: (name) => readFileSync(join(folder, name)),
    readSource: (path) => readFileSync(join(root, path)),
    checkStrings() {},
  }
}
