import { posix } from 'node:path'

interface Wing {
  readonly name: string
  /** From the top down; a room imports those after it. */
  readonly rooms: readonly string[]
  /** Names of the wings below, whose every room it may import. */
  readonly on: readonly string[]
}

/**
 * The rooms of the house as DESIGN draws them. A room holds its nested folders, and `src/experiments` only the loose
 * files there: the contract of an experiment. Publishing and computing do not know each other, so that one serves any
 * report and the other runs without one.
 */
const wings: readonly Wing[] = [
  { name: 'checks', rooms: ['test', 'bench'], on: ['commands', 'publishing', 'computing', 'shared'] },
  { name: 'commands', rooms: ['src/cli', 'src/language-server'], on: ['publishing', 'computing', 'shared'] },
  {
    name: 'publishing',
    rooms: [
      ...['preview', 'submission', 'notebook', 'diff', 'check', 'pipeline'],
      ...['provenance', 'prove', 'lint', 'why', 'untrusted', 'results'],
      ...['assemble', 'execute', 'worker', 'cache', 'bundle'],
      ...['output', 'page', 'print', 'charts', 'syntax', 'model'],
    ].map((room) => `src/render/${room}`),
    on: ['shared'],
  },
  {
    name: 'computing',
    rooms: [
      ...['part-c', 'part-b', 'part-a'].map((room) => `src/experiments/${room}`),
      'src/experiments',
      ...['classes', 'keras', 'graph', 'data'].map((room) => `src/experiments/${room}`),
    ],
    on: ['shared'],
  },
  { name: 'shared', rooms: ['src/statistics'], on: [] },
]

const places = new Map(
  wings.flatMap((wing) => wing.rooms.map((room, floor) => [room, { floor, wing }] as const)),
)

/** The room of a file, given by its path from the root; undefined for a file that lies in none. */
export function roomOf(file: string): string | undefined {
  const own = posix.dirname(file)
  if (places.has(own)) return own
  for (let folder = posix.dirname(own); folder !== '.'; folder = posix.dirname(folder))
    if (places.has(folder) && folder !== 'src/experiments') return folder
  return undefined
}

/** Says why no file of one room may import a file of the other; undefined where it may. */
export function whyNotImport(from: string, to: string): string | undefined {
  const [upper, lower] = [places.get(from), places.get(to)]
  if (from === to || upper === undefined || lower === undefined) return undefined
  if (upper.wing.on.includes(lower.wing.name)) return undefined
  if (upper.wing === lower.wing && upper.floor < lower.floor) return undefined
  if (upper.wing === lower.wing || lower.wing.on.includes(upper.wing.name))
    return `imports point down, and ${to} is above ${from}`
  return `${upper.wing.name} and ${lower.wing.name} do not know each other`
}
