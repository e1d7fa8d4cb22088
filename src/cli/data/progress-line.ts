/** Shows progress on a stream. */
interface ProgressLine {
  readonly report: (line: string) => void
  /** Clears the line that a terminal still shows. */
  readonly end: () => void
}

/** Shows progress: one line that is rewritten on a terminal, a new line each time elsewhere. */
function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY) return { report: (line) => void stream.write(`${line}\n`), end() {} }
  const report = (line: string) => {
    // A line that wraps cannot be overwritten. Some terminals report 0 columns.
    stream.write(`\r\x1b[K${line.slice(0, (stream.columns || 80) - 1)}`)
  }
  return { report, end: () => void stream.write('\r\x1b[K') }
}

/** Runs `work` while showing its progress, and clears the last line. */
export async function withProgress<T>(
  work: (report: ProgressLine['report']) => Promise<T>,
  stream: NodeJS.WriteStream = process.stderr,
): Promise<T> {
  const { report, end } = progressLine(stream)
  try {
    return await work(report)
  } finally {
    end()
  }
}
