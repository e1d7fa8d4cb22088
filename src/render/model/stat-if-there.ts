import { type Stats, statSync } from 'node:fs'

/**
 * Gives what is at a path; undefined if nothing is, also where the path goes on below a file: `fit.ts/index.ts`. Node's
 * own `throwIfNoEntry: false` throws `ENOTDIR` there.
 *
 * @throws if it cannot be told, for instance because a folder may not be searched
 */
export function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined
    throw error
  }
}
