import type { Impurity } from '../model/types.ts'

type Kind = Impurity['kind']

/** Functions of one owner whose results differ from run to run or from machine to machine. */
export interface Subject {
  readonly kind: Kind
  /** Matches every code that calls one of them. */
  readonly words: RegExp
  readonly owner: () => object | undefined
  readonly names: readonly string[]
  /** Stands before the name in messages. */
  readonly prefix: string
}

const ofModule = (kind: Kind, module: string, names: readonly string[]): Subject => ({
  kind,
  words: new RegExp(`["'\`](node:)?${module}(/promises)?["'\`]`),
  owner: () => process.getBuiltinModule(`node:${module}`) as object | undefined,
  names,
  prefix: `${module}.`,
})

const ofGlobal = (
  kind: Kind,
  prefix: string,
  owner: Subject['owner'],
  names: readonly string[],
  words = names,
): Subject => ({ kind, words: new RegExp(`\\b(${words.join('|')})\\b`), owner, names, prefix })

const machine = [
  'cpus',
  'freemem',
  'homedir',
  'hostname',
  'loadavg',
  'networkInterfaces',
  'tmpdir',
  'totalmem',
]
const lookups = ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveTxt', 'reverse']
const programs = ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']
const randomBytes = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID']

/** The functions that are watched by name. */
export const subjects: readonly Subject[] = [
  ofGlobal('clock', 'Date.', () => Date, ['now'], ['Date']),
  ofGlobal('clock', 'performance.', () => Object.getPrototypeOf(performance), ['now']),
  ofGlobal('clock', 'process.hrtime.', () => process.hrtime, ['bigint'], ['hrtime']),
  ofGlobal('clock', 'process.', () => process, ['hrtime', 'uptime']),
  ofGlobal('chance', 'Math.', () => Math, ['random']),
  ofGlobal('chance', 'crypto.', () => Object.getPrototypeOf(crypto), ['getRandomValues', 'randomUUID']),
  ofModule('chance', 'crypto', randomBytes),
  ofGlobal('network', '', () => globalThis, ['fetch', 'WebSocket', 'EventSource']),
  ofModule('network', 'http', ['get', 'request']),
  ofModule('network', 'https', ['get', 'request']),
  ofModule('network', 'http2', ['connect']),
  ofModule('network', 'net', ['connect', 'createConnection']),
  ofModule('network', 'tls', ['connect']),
  ofModule('network', 'dgram', ['createSocket']),
  ofModule('network', 'dns', lookups),
  {
    ...ofModule('network', 'dns', lookups),
    owner: () => process.getBuiltinModule('node:dns')?.promises,
    prefix: 'dns.promises.',
  },
  {
    ...ofModule('network', 'net', ['connect']),
    owner: () => process.getBuiltinModule('node:net')?.Socket.prototype,
    prefix: 'Socket.',
  },
  ofGlobal('machine', 'process.memoryUsage.', () => process.memoryUsage, ['rss'], ['memoryUsage']),
  ofGlobal('machine', 'process.', () => process, ['cpuUsage', 'memoryUsage', 'resourceUsage']),
  ofModule('machine', 'os', [...machine, 'uptime', 'userInfo', 'availableParallelism']),
  ofModule('program', 'child_process', programs),
  ofModule('program', 'worker_threads', ['Worker']),
]
