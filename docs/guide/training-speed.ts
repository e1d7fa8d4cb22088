import { fixed } from 'weft/output'

/** What `npm run bench -- training --json` writes, as far as the guide shows it. */
interface Rates {
  readonly rows: readonly Row[]
}

interface Row {
  readonly workload: string
  readonly implementation: string
  readonly samplesPerSecond: number
  readonly lowest: number
  readonly highest: number
}

/** Speeds of one workload; rates in samples per second. */
export interface Speed {
  readonly workload: string
  /** One job with two threads. */
  readonly job: Row
  /** The fastest single process of a peer. */
  readonly peer: Row
  /** Two jobs of one thread each. */
  readonly sweep: Row
  /** Two processes of PyTorch with one thread each. */
  readonly peers: Row
}

/** Compares Weft with the fastest peers, workload by workload, in the order of the file. */
export function speedsOf({ rows }: Rates): Speed[] {
  return [...new Set(rows.map(({ workload }) => workload))].map((workload) => {
    const own = rows.filter((row) => row.workload === workload)
    const named = (name: string) => own.find(({ implementation }) => implementation === name)!
    const single = own.filter(({ implementation }) => /^(torch-\dp?|keras)$/.test(implementation))
    const peer = single.toSorted((a, b) => b.samplesPerSecond - a.samplesPerSecond)[0]!
    return { workload, job: named('onnx-2'), peer, sweep: named('onnx-1x2'), peers: named('torch-1x2') }
  })
}

/** Gives a ratio of medians with two digits after the point. */
export function ratio(of: Row, to: Row): string {
  return fixed(of.samplesPerSecond / to.samplesPerSecond)
}

/** Gives thousands of samples per second: the median, then the lowest and the highest of the rounds. */
export function thousands({ samplesPerSecond, lowest, highest }: Row): string {
  const digits = samplesPerSecond < 100_000 ? 1 : 0
  const each = [samplesPerSecond, lowest, highest].map((rate) => fixed(rate / 1000, digits))
  return `${each[0]} (${each[1]} to ${each[2]})`
}
