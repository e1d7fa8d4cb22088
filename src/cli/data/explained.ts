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
  const { code, path, message } = error as NodeJS.ErrnoException
  const reason = systemReasonOf(error)
  if (code === undefined || reason === undefined) return message.split('\n')[0]!
  return path === undefined ? `Cannot go on, ${reason}` : `Cannot open \`${path}\`, ${reason}`
}

/** Gives the reason for a system error code. */
export function systemReasonOf(error: unknown): string | undefined {
  return reasons[(error as NodeJS.ErrnoException).code ?? '']
}
