import { readdirSync, realpathSync } from 'node:fs'
import { basename, dirname, extname, join, sep } from 'node:path'
import { nearest } from './nearest.ts'

/**
 * Gives the end of a message on a module or data file that is not there, `: did you mean \`./data/rain.csv\`?`: the file
 * beside it with the nearest name, whatever its ending; or an empty text.
 *
 * @param name as it is written, relative to `folder`
 */
export function fileSuggestion(name: string, folder: string): string {
  const files = filesIn(dirname(join(folder, name)))
  const isLike = (file: string) => extname(file) === extname(name)
  // The first of equally near ones is taken.
  return suggestionOf(name, [...files.filter(isLike), ...files.filter((file) => !isLike(file))])
}

/**
 * The same for a file of a report that may be somebody else's: of its own kind, and none outside `folder`.
 *
 * @param others names that are not meant, such as those of the other chapters
 */
export function fileInsideSuggestion(name: string, folder: string, others: readonly string[] = []): string {
  try {
    const searched = realpathSync(dirname(join(folder, name)))
    if (!`${searched}${sep}`.startsWith(`${realpathSync(folder)}${sep}`)) return ''
    const taken = others.map((other) => join(folder, other))
    const isLike = (file: string) =>
      extname(file).toLowerCase() === extname(name).toLowerCase() &&
      !taken.includes(join(folder, dirname(name), file))
    return suggestionOf(name, filesIn(searched).filter(isLike))
  } catch {
    return ''
  }
}

// Endings would make short names look alike.
function suggestionOf(name: string, files: readonly string[]): string {
  const near = nearest(stemOf(name), files.map(stemOf))
  const file = files.find((one) => stemOf(one) === near)
  return file === undefined ? '' : `: did you mean \`${name.slice(0, name.lastIndexOf('/') + 1)}${file}\`?`
}

function stemOf(file: string): string {
  return basename(file, extname(file))
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
  } catch {
    return []
  }
}
