import { findCircles } from './find-circles.ts'
import { type Import, readImports } from './read-imports.ts'
import { roomOf, whyNotImport } from './rooms.ts'

/**
 * Says what is wrong with the imports of a house, given as texts by their paths from the root: a file outside all
 * rooms, an import that points up or across, a circle among files. Imports of types count. Rooms cannot be in a circle
 * where none of their imports points up.
 */
export function checkImports(texts: ReadonlyMap<string, string>): string[] {
  const imports = new Map([...texts].map(([file, text]) => [file, readImports(file, text)]))
  return [
    ...[...imports].flatMap(([file, list]) => checkRooms(file, list)),
    ...findCircles(arrowsOf(imports)).map((circle) => circleText(circle, imports)),
  ]
}

function checkRooms(file: string, list: readonly Import[]): string[] {
  const room = roomOf(file)
  if (room === undefined) return [`${file}: lies in no room of test/house/rooms.ts`]
  return list.flatMap((item) => {
    const problem = problemOf(room, item)
    return problem === undefined
      ? []
      : [`${file}:${item.line}: ${takesText(item.names, item.specifier)}: ${problem}`]
  })
}

function problemOf(room: string, { specifier, file }: Import): string | undefined {
  if (file !== undefined) return whyNotImport(room, roomOf(file) ?? '')
  // The worker hands a job its engine under this name; the other public entries are for cells.
  if (room.startsWith('src/') && specifier.startsWith('weft/') && specifier !== 'weft/engine')
    return 'src imports its own files by their paths'
  return undefined
}

function arrowsOf(imports: ReadonlyMap<string, readonly Import[]>): Map<string, string[]> {
  return new Map(
    [...imports].map(([file, list]) => [
      file,
      list.flatMap(({ file: to }) => (to !== undefined && imports.has(to) ? [to] : [])),
    ]),
  )
}

function circleText(circle: readonly string[], imports: ReadonlyMap<string, readonly Import[]>): string {
  const steps = circle.map((from, index) => {
    const to = circle[(index + 1) % circle.length]!
    const names = imports.get(from)!.flatMap((item) => (item.file === to ? item.names : []))
    return `  ${from} ${takesText(names, to)}`
  })
  return ['Files import each other in a circle; move what ties it to a file below both:', ...steps].join('\n')
}

function takesText(names: readonly string[], from: string): string {
  return `takes ${names.length === 0 ? 'effects' : names.join(', ')} from ${from}`
}
