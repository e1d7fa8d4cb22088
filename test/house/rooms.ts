import { posix } from 'node:path'

/**
 * The rooms of the house from the top down, as DESIGN draws them. A room imports the rooms that come after it in its
 * own wing, and those of the wings that its wing stands on. A nested folder belongs to its room.
 */
export const wings: readonly Wing[] = [
  { name: 'checks', rooms: ['test', 'bench'], on: ['commands', 'publishing', 'computing', 'shared'] },
  { name: 'commands', rooms: ['src/cli'], on: ['publishing', 'computing', 'shared'] },
  {
    name: 'publishing',
    rooms: [
      ...['check', 'pipeline'],
      ...['provenance', 'prove', 'lint', 'why', 'untrusted', 'results'],
      ...['assemble', 'execute', 'worker', 'cache', 'bundle'],
      ...['output', 'page', 'print', 'charts', 'syntax'],
      'model',
    ].map((room) => `src/render/${room}`),
    on: ['shared'],
  },
  {
    name: 'computing',
    rooms: [
      ...['part-c', 'part-b', 'part-a'].map((room) => `src/experiments/${room}`),
      // Its loose files: the contract of an experiment, and what jobs do with several results.
      'src/experiments',
      ...['classes', 'keras', 'graph', 'data'].map((room) => `src/experiments/${room}`),
    ],
    on: ['shared'],
  },
  { name: 'shared', rooms: ['src/statistics'], on: [] },
]

interface Wing {
  readonly name: string
  readonly rooms: readonly string[]
  /** Names of the wings whose every room it may import. */
  readonly on: readonly string[]
}

const rooms = new Map(
  wings.flatMap((wing) => wing.rooms.map((room, floor) => [room, { room, floor, wing }] as const)),
)

/** The room of a file, given by its path from the root; undefined for a file that lies in none. */
export function roomOf(file: string): string | undefined {
  let folder = posix.dirname(file)
  // Loose files have a room only where one is named exactly so.
  if (rooms.has(folder)) return folder
  while (folder !== '.') {
    folder = posix.dirname(folder)
    if (rooms.has(folder) && folder !== 'src/experiments') return folder
  }
  return undefined
}

/** Says why no file of one room may import a file of the other; undefined where it may. */
export function whyNotImport(from: string, to: string): string | undefined {
  const [upper, lower] = [rooms.get(from), rooms.get(to)]
  if (from === to || upper === undefined || lower === undefined) return undefined
  if (upper.wing.on.includes(lower.wing.name)) return undefined
  if (upper.wing !== lower.wing) return `${upper.wing.name} knows nothing of ${lower.wing.name}`
  return upper.floor < lower.floor ? undefined : `imports point down, and ${to} is above ${from}`
}
