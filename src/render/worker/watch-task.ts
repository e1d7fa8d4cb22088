import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type CodePoint, isOfTool, sourcesBeside } from '../bundle/point-source.ts'
import { basesOf } from '../cache/reads.ts'
import type { Impurity, Reads } from '../model/types.ts'
import { type FileNotes, openFileNotes } from './file-notes.ts'
import { noteGlobals } from './note-globals.ts'
import { isPlainCode } from './plain-code.ts'
import type { Order } from './protocol.ts'
import { watchFiles } from './watch-files.ts'
import { openPurityWatch } from './watch-purity.ts'

/** What a task was seen to do. */
interface Seen {
  readonly reads?: Reads
  readonly impure?: readonly Impurity[]
}

/** Watches the tasks of a thread, one after another. */
interface TaskWatch {
  /** From here on notes what this task does. */
  start(order: Order): void
  /** Call it when the task's modules have run: what they did counts for later tasks with the same code, too. */
  loaded(): void
  /** Gives what the task did until now; empty members are absent. */
  seen(): Seen
  /**
   * Says whether the task is a cell that cannot have left anything in its thread: its code reaches nothing but objects
   * of the language, and these are as they were.
   */
  leftNothing(): boolean
}

// A job may ask the clock, to measure, and the machine that it runs on.
const kinds: Record<'cell' | 'job', ReadonlySet<Impurity['kind']>> = {
  cell: new Set(['clock', 'chance', 'network', 'machine', 'program', 'environment']),
  job: new Set(['chance', 'network', 'environment']),
}

/** Watches the tasks of this thread: what they read, and what they ask for that differs from run to run. */
export function openTaskWatch(): TaskWatch {
  const loads = new Map<string, Seen>()
  const watchPurity = openPurityWatch()
  const globals = new Set(Object.getOwnPropertyNames(globalThis))
  let isWatching = false
  let isPlain = false
  let isUnchanged: (() => boolean) | undefined
  let task: { readonly url: string; readonly notes: FileNotes; readonly impure: Impurity[] } | undefined
  return {
    start(order) {
      const { kind, url } = order
      isPlain = false
      if (kind === 'values') return
      const { caller, isVerifying } = callersOf(order)
      const impure: Impurity[] = []
      const notes = openFileNotes({
        kind,
        bases: basesOf(order.root, order.folder, process.env),
        tool: toolFolders(order),
        isOwnOutside(place) {
          const point = caller()
          if (point) impure.push({ kind: 'file', what: place, ...point })
          return point !== undefined
        },
        isVerifying,
      })
      task = { url, notes, impure }
      const code = readFileSync(new URL(url), 'utf8')
      const hasNewWatch = watchPurity({
        code,
        kinds: kinds[kind],
        caller,
        found: (found) => impure.push(found),
      })
      isPlain = kind === 'cell' && isPlainCode(code, globals)
      if (isPlain) {
        if (hasNewWatch || !isUnchanged) isUnchanged = noteGlobals()
        return
      }
      if (!isWatching) watchFiles(() => task?.notes)
      isWatching = true
    },
    loaded() {
      if (task && !loads.has(task.url))
        loads.set(task.url, { reads: task.notes.reads(), impure: [...task.impure] })
    },
    seen() {
      const { reads = {}, impure = [] } = loads.get(task?.url ?? '') ?? {}
      return seenOf({ ...task?.notes.reads(), ...reads }, [...impure, ...(task?.impure ?? [])])
    },
    leftNothing: () => isPlain && isUnchanged?.() === true,
  }
}

function seenOf(reads: Reads, impure: readonly Impurity[]): Seen {
  const places = Object.entries(reads).sort(([a], [b]) => (a < b ? -1 : 1))
  const each = [...new Map(impure.map((one) => [JSON.stringify(one), one])).values()]
  return {
    ...(places.length === 0 ? {} : { reads: Object.fromEntries(places) }),
    ...(each.length === 0 ? {} : { impure: each }),
  }
}

interface Callers {
  /** Gives the point of the task's own code that calls now; not for code of the tool in its bundle. */
  caller(): CodePoint | undefined
  /** Says whether a reader of data sets calls, perhaps through a package; undefined if the bundle does not call. */
  isVerifying(): boolean | undefined
}

function callersOf({ url, root }: Order): Callers {
  const find = sourcesBeside(fileURLToPath(url))
  const isTool = (point: CodePoint) => {
    const source = find(point)
    return source !== undefined && isOfTool(source, root)
  }
  return {
    caller() {
      const point = ownCaller(url)
      return point && !isTool(point) ? point : undefined
    },
    isVerifying() {
      const point = nearestCaller(url)
      return point && isTool(point)
    },
  }
}

// The folder of this program, and the tool's folder that holds the code of tasks.
function toolFolders({ url }: Order): string[] {
  return [dirname(fileURLToPath(import.meta.url)), dirname(dirname(fileURLToPath(url)))]
}

// Node may put frames of its own between a caller and the function that it calls.
const mostFrames = 20
// Packages may put many.
const mostFramesOfPackages = 100

const ownFolder = dirname(import.meta.url)

/**
 * Gives the point in the report's own code, the bundle at `url`, that called the current function; undefined if a
 * package called it. Skips the frames of Node and of this program: they act for their caller.
 */
function ownCaller(url: string): CodePoint | undefined {
  const site = callSites(mostFrames).find((one) => {
    const file = one.getFileName()
    return file && !file.startsWith('node:') && dirname(file) !== ownFolder
  })
  if (site?.getFileName() !== url) return undefined
  return pointOf(site)
}

/** Gives the nearest point of the bundle at `url` on the stack, whatever it called since; undefined if there is none. */
function nearestCaller(url: string): CodePoint | undefined {
  const site = callSites(mostFramesOfPackages).find((one) => one.getFileName() === url)
  return site && pointOf(site)
}

function pointOf(site: NodeJS.CallSite): CodePoint {
  return { line: site.getLineNumber() ?? 1, column: site.getColumnNumber() ?? 1 }
}

// Points in the bundle itself: Node maps the text of a stack to the sources, which takes long.
function callSites(limit: number): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error
  try {
    Error.stackTraceLimit = limit
    Error.prepareStackTrace = (_, sites) => sites
    const holder: { stack?: NodeJS.CallSite[] } = {}
    Error.captureStackTrace(holder, callSites)
    return holder.stack ?? []
  } finally {
    Error.prepareStackTrace = prepareStackTrace
    Error.stackTraceLimit = stackTraceLimit
  }
}
