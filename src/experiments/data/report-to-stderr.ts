/** Writes a line of progress where `options.report` is not given. */
export function reportToStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}
