import { spawnSync } from 'node:child_process'

/**
 * Gives the version that a program prints: the first group of the pattern.
 * @throws if the program is missing, fails, or prints something else
 */
export function versionOf(program: string, args: readonly string[], pattern: RegExp): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 })
  if (error) throw new Error(`no ${program}`)
  const version = pattern.exec(stdout)?.[1]
  if (status === 0 && version !== undefined) return version
  const [reason = 'it tells no version'] = stderr.trim().split('\n').filter(Boolean)
  throw new Error(`${program} does not work: ${reason}`)
}

/** Gives the version of pdfTeX and of its distribution. */
export function pdftexVersion(): string {
  return versionOf('pdflatex', ['--version'], /pdfTeX \S+?-([\d.]+ \(.*\))$/m)
}
