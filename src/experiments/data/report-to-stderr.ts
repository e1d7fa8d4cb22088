/** Writes a line of progress; the default for `options.report`. */
export function reportToStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}
