import { messageOf } from '../../render/model/optional-packages.ts'

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

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it is not permitted',
  EPERM: 'it is not permitted',
  EISDIR: 'expected a file, found a folder',
  ENOTDIR: 'expected a folder in its path, found a file',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'no space is left for this user',
  EFBIG: 'the file system takes no file of that length',
  EROFS: 'the file system is read-only',
}

/** Says in one line what went wrong, even if the system gave only a code. */
export function explained(error: unknown): string {
  const { code, path } = error as NodeJS.ErrnoException
  const reason = systemReasonOf(error)
  if (code === undefined || reason === undefined) return messageOf(error).split('\n')[0]!
  return path === undefined ? `Cannot go on, ${reason}` : `Cannot open \`${path}\`, ${reason}`
}

/** Gives the reason for a system error code. */
export function systemReasonOf(error: unknown): string | undefined {
  return reasons[(error as NodeJS.ErrnoException).code ?? '']
}
