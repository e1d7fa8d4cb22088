import { dirname } from 'node:path'
import type { CodePoint } from '../bundle/point-source.ts'

// Between a caller and what it calls Node may put frames of its own.
const mostFrames = 20
// And packages many of theirs.
const mostFramesOfPackages = 100

const ownFolder = dirname(import.meta.url)

/**
 * Gives where the report's own code, which lies at `url`, calls the function that asks; undefined where a package
 * does. Frames of Node and of this program are passed over: what they do is done for who called them.
 */
export function ownCaller(url: string): CodePoint | undefined {
  const site = callSites(mostFrames).find((one) => {
    const file = one.getFileName()
    return file && !file.startsWith('node:') && dirname(file) !== ownFolder
  })
  if (site?.getFileName() !== url) return undefined
  return pointOf(site)
}

/** Gives where the bundle that lies at `url` calls what asks, be it through a package; undefined where it does not. */
export function nearestCaller(url: string): CodePoint | undefined {
  const site = callSites(mostFramesOfPackages).find((one) => one.getFileName() === url)
  return site && pointOf(site)
}

function pointOf(site: NodeJS.CallSite): CodePoint {
  return { line: site.getLineNumber() ?? 1, column: site.getColumnNumber() ?? 1 }
}

// As the code stands in its file: Node's own text of a stack has been through the source map, which takes long.
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
