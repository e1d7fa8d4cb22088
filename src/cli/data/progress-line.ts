/** Tells of progress on stderr. */
interface ProgressLine {
  readonly report: (line: string) => void
  /** Wipes what a terminal still shows. */
  readonly end: () => void
}

/** Makes lines of progress: on a terminal one that is written anew each time, else one below the other. */
function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (!stream.isTTY) return { report: (line) => void stream.write(`${line}\n`), end() {} }
  const report = (line: string) => {
    // A line that wraps could not be written over; some terminals say that they have no columns.
    stream.write(`\r\x1b[K${line.slice(0, (stream.columns || 80) - 1)}`)
  }
  return { report, end: () => void stream.write('\r\x1b[K') }
}

/** Runs `work` with lines of progress, and wipes the last one. */
export async function withProgress<T>(work: (report: ProgressLine['report']) => Promise<T>): Promise<T> {
  const { report, end } = progressLine()
  try {
    return await work(report)
  } finally {
    end()
  }
}
