import { basename } from 'node:path'
import type { OnLoadResult } from 'esbuild'
import { pathFrom } from '../../model/paths.ts'
import { DataFileError, readData } from './read-data.ts'
import type { Attributes } from './told.ts'

/** Gives esbuild the module of a data file: its rows, with dates where its columns have them. */
export async function loadData(path: string, attributes: Attributes, root: string): Promise<OnLoadResult> {
  try {
    const { rows, dates } = await readData(path, attributes)
    const json = JSON.stringify(rows)
    if (dates.length === 0) return { contents: json, loader: 'json' }
    const code = `(rows, columns) => {
  for (const row of rows) for (const column of columns) if (row[column] !== null) row[column] = new Date(row[column])
  return rows
}`
    const given = `JSON.parse(${JSON.stringify(json)}), ${JSON.stringify(dates)}`
    return { contents: `export default /* @__PURE__ */ (${code})(${given})`, loader: 'js' }
  } catch (cause) {
    if (!(cause instanceof DataFileError)) throw cause
    const { message, file, place } = cause
    const where = place
      ? { location: { file: pathFrom(root, file), line: place.line, column: place.column - 1 } }
      : {}
    return { errors: [{ text: `Cannot read \`${basename(file)}\`, ${message}`, ...where }] }
  }
}
