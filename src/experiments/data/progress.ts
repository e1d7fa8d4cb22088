/** What is told of, and how much of it there is. */
export interface Amount {
  /** `data.h5`. */
  readonly name: string
  readonly total: number
  /** `rows`, `bytes checked`. */
  readonly unit: string
}

/** Files with more bytes take so long that their progress is reported. */
export const longBytes = 100e6

/** Makes a function that is told how much is done, and tells it in a line at every tenth. */
export function tenths(
  report: (line: string) => void,
  { name, total, unit }: Amount,
): (done: number) => void {
  let told = 0
  return (done) => {
    const tenth = Math.floor((10 * done) / total)
    if (tenth <= told) return
    told = tenth
    report(`${name}: ${written(done)} of ${written(total)} ${unit}`)
  }
}

/** Writes a number with its thousands apart. */
function written(number: number): string {
  return number.toLocaleString('en-US')
}

/** Writes a line of progress where `options.report` is not given. */
export function reportToStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}
