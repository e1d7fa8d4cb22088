import { aligned } from '../aligned.ts'
import type { DataFile } from './data-files.ts'
import type { Loading } from './loading.ts'

const goals = {
  contiguous: { ratio: 2, megabytes: 300 },
  gzip: { ratio: 1.5, megabytes: 450 },
} as const satisfies Readonly<Record<DataFile['packing'], object>>

// Starting the process takes as long as loading a smaller file.
const rowsOfGoals = 200_000

/** Prints the loading times of the files, and whether the goals hold. */
export function printLoading(loadings: readonly Loading[], rows: number): void {
  const heads = [
    'file',
    'implementation',
    'seconds',
    'lowest to highest',
    'CPU s',
    'of h5py in slices',
    'peak MB',
  ]
  const lines = loadings.map(({ file, implementation, ratio, ...each }) => [
    file.name,
    implementation,
    each.seconds.toFixed(2),
    `${each.lowest.toFixed(2)} to ${each.highest.toFixed(2)}`,
    each.cpuSeconds.toFixed(2),
    ratio?.toFixed(2) ?? '-',
    (each.peakBytes / 1e6).toFixed(0),
  ])
  console.log(`\nLoading ${rows.toLocaleString('en')} training rows`)
  for (const line of aligned([heads, ...lines], 2)) console.log(`  ${line}`)
  if (rows < rowsOfGoals) return
  for (const each of loadings) if (each.implementation === 'weft') console.log(`  ${goalText(each)}`)
}

function goalText({ file, ratio, peakBytes }: Loading): string {
  const goal = goals[file.packing]
  const isSmall = peakBytes < goal.megabytes * 1e6
  const size = `under ${goal.megabytes} MB: ${isSmall ? 'holds' : 'does not hold'}`
  if (ratio === undefined) return `${file.name}: ${size}`
  return `${file.name}: at most ${goal.ratio} times h5py's time: ${ratio <= goal.ratio ? 'holds' : 'does not hold'}; ${size}`
}
