import { transform } from 'esbuild'
import type { Point, Position } from 'unist'
import type { Cell } from '../types.ts'
import { pointInChapter } from './message-place.ts'

/** Finds a top-level name of a cell that is already taken, and where it is declared. */
export async function takenName(
  cell: Cell,
  taken: readonly string[],
): Promise<{ name: string; place: Point | Position } | undefined> {
  // TypeScript lets a declaration replace an import, JavaScript does not: so ask after the types are gone.
  const { code } = await transform(cell.source, { loader: 'ts', format: 'esm' })
  try {
    await transform(`import { ${taken.join(', ')} } from 'weft';\n${code}`, { loader: 'js', format: 'esm' })
    return undefined
  } catch (cause) {
    const name = /The symbol "(.+?)" has already been declared/.exec((cause as Error).message)?.[1]
    return name === undefined ? undefined : { name, place: placeOfDeclaration(cell, name) }
  }
}

function placeOfDeclaration(cell: Cell, name: string): Point | Position {
  const declaration = new RegExp(
    `\\b(?:const|let|var|function|class|enum|import)\\b[^=;]*?(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`,
    'm',
  )
  const match = declaration.exec(cell.source)
  if (!match) return cell.position
  const before = cell.source.slice(0, match.index + match[0].length - name.length).split('\n')
  const point = { line: cell.position.start.line + before.length, column: before.at(-1)!.length + 1 }
  return pointInChapter(point, cell, '')
}
