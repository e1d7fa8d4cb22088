/** The work whose progress is reported. */
export interface Whole {
  /** `data.h5`. */
  readonly name: string
  readonly total: number
  /** `rows`, `bytes checked`. */
  readonly unit: string
}

/** Files with more bytes take so long that their progress is reported. */
export const longBytes = 100e6

/** Gives a function that receives the amount done so far and reports it at every tenth. */
export function tenths(report: (line: string) => void, { name, total, unit }: Whole): (done: number) => void {
  let told = 0
  return (done) => {
    const tenth = Math.floor((10 * done) / total)
    if (tenth <= told) return
    told = tenth
    report(`${name}: ${written(done)} of ${written(total)} ${unit}`)
  }
}

function written(number: number): string {
  return number.toLocaleString('en-US')
}
