import { dirname } from 'node:path'
import type { CodePoint } from '../bundle/point-source.ts'

// Node may put frames of its own between a caller and the function that it calls.
const mostFrames = 20
// Packages may put many.
const mostFramesOfPackages = 100

const ownFolder = dirname(import.meta.url)

/**
 * Gives the point in the report's own code, the bundle at `url`, that called the current function; undefined if a
 * package called it. Skips the frames of Node and of this program: they act for their caller.
 */
export function ownCaller(url: string): CodePoint | undefined {
  const site = callSites(mostFrames).find((one) => {
    const file = one.getFileName()
    return file && !file.startsWith('node:') && dirname(file) !== ownFolder
  })
  if (site?.getFileName() !== url) return undefined
  return pointOf(site)
}

/** Gives the nearest point of the bundle at `url` on the stack, whatever it called since; undefined if there is none. */
export function nearestCaller(url: string): CodePoint | undefined {
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
