import { readImports } from './read-imports.ts'

/** The entry points of what runs in child processes and threads, and of what a build is. */
export interface Sides {
  /** Programs that a child process or a thread starts with. */
  readonly children: readonly string[]
  /** What cells may import, what values may call, and what reads a cell's default export. */
  readonly cells: readonly string[]
}

const worker = 'src/render/worker/'

/** What the build and its children say to each other: the only files of the worker that the build may import. */
const protocol = ['evaluated', 'protocol'].map((name) => `${worker}${name}.ts`)

/** Rooms, and files of rooms that are else the build's own, that children may use as well. */
const shared = [
  'src/statistics/',
  'src/render/model/',
  'src/render/charts/',
  'src/render/output/',
  'src/render/bundle/point-source.ts',
  'src/render/cache/reads.ts',
]

/** What cells may call; below each, in `draw/`, is what builds alone call. */
const rooms = ['src/render/output/', 'src/render/charts/']

/**
 * Says which files lie on the wrong side, given as texts by their paths from the root. Imports of types count.
 *
 * - A child reaches only files of `render/worker` and what it shares with the build, and every file of
 *   `render/worker` is reached by one.
 * - Of `render/worker`, the rest of src imports only the protocol.
 * - Of `output` and `charts`, what cells reach lies at the top, and all else in `draw/`.
 */
export function checkWorkers(texts: ReadonlyMap<string, string>, { children, cells }: Sides): string[] {
  const arrows = new Map([...texts].map(([file, text]) => [file, filesOf(file, text)]))
  const byChildren = reachedFrom(children, arrows)
  const byCells = reachedFrom(cells, arrows)
  const files = [...texts.keys()]
  return [
    ...[...byChildren]
      .filter((file) => !isWorker(file) && !shared.some((place) => file.startsWith(place)))
      .map((file) => `${file}: a child imports it, expected it in ${worker} or among what children share`),
    ...files
      .filter((file) => isWorker(file) && !byChildren.has(file))
      .map((file) => `${file}: no child imports it, expected it in the room that uses it`),
    ...files
      .filter((file) => !isWorker(file))
      .flatMap((file) => arrows.get(file)!.map((to) => [file, to] as const))
      .filter(([, to]) => isWorker(to) && !protocol.includes(to))
      .map(([file, to]) => `${file}: imports ${to}, expected of the worker ${protocol.join(' and ')} alone`),
    ...files
      .filter((file) => rooms.some((room) => file.startsWith(room)))
      .filter((file) => file.includes('/draw/') === byCells.has(file))
      .map((file) =>
        byCells.has(file)
          ? `${file}: cells reach it, expected it above draw/`
          : `${file}: cells do not reach it, expected it in draw/`,
      ),
  ]
}

function isWorker(file: string): boolean {
  return file.startsWith(worker)
}

function filesOf(file: string, text: string): string[] {
  return readImports(file, text).flatMap(({ file: to }) => (to === undefined ? [] : [to]))
}

function reachedFrom(
  entries: readonly string[],
  arrows: ReadonlyMap<string, readonly string[]>,
): Set<string> {
  const reached = new Set(entries)
  // A set's walk goes on to what is added meanwhile.
  for (const file of reached) for (const next of arrows.get(file) ?? []) reached.add(next)
  return reached
}
