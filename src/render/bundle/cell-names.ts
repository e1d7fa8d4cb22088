import { type Message, transform } from 'esbuild'
import type { Point, Position } from 'unist'
import type { Cell } from '../model/types.ts'
import { placeInCell } from './point-source.ts'

/** Finds a top-level name that a cell declares although it is taken, with its place. */
export async function takenName(
  cell: Cell,
  taken: readonly string[],
  chapter: string,
): Promise<{ name: string; place: Point | Position } | undefined> {
  // Declare the names on the line of the fence, so that esbuild's line numbers match the chapter.
  const fence = cell.position.start.line
  const contents = `${'\n'.repeat(fence - 1)}let ${taken.join(', ')}\n${cell.source}`
  try {
    await transform(contents, { loader: cell.lang, format: 'esm', logLevel: 'silent' })
    return undefined
  } catch (cause) {
    for (const error of (cause as { errors?: Message[] }).errors ?? []) {
      const name = nameOn(fence, error)
      if (name !== undefined) return { name, place: placeInCell(error, cell, chapter) }
    }
    return undefined
  }
}

// A note in esbuild's error points to the first of the two declarations. Its columns are bytes.
function nameOn(line: number, { notes }: Message): string | undefined {
  const first = notes.find(({ location }) => location?.line === line)?.location
  if (!first) return undefined
  const { lineText, column, length } = first
  return Buffer.from(lineText)
    .subarray(column, column + length)
    .toString()
}

const name = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`
const declaration = new RegExp(
  String.raw`^\s*export\s+(?:const|let|var|(?:async\s+)?function\s*\*?|class)\s*(${name}|[{[][^=]*)`,
  'gmu',
)
const bound = new RegExp(String.raw`(${name})\s*(?=[,}\]])`, 'gu')

/** Guesses the exports of a cell that cannot be parsed, so that cells that need them can name it. */
export function guessExports(source: string): string[] {
  return [...source.matchAll(declaration)].flatMap(([, declared]) =>
    /^[{[]/.test(declared!) ? [...declared!.matchAll(bound)].map((match) => match[1]!) : [declared!],
  )
}
