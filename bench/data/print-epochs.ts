import type { EpochRun, Network } from './epochs.ts'
import { openEpochs } from './epochs.ts'

const heads = ['threads', 'samples/s', 'of 1 thread', 'epoch s', 'fit s', 'loading s', 'peak MB', 'accuracy']

/** Trains networks one after the other, and prints and yields the result of each. */
export async function* printEpochs(
  networks: readonly Network[],
  options: Parameters<typeof openEpochs>[0],
): AsyncGenerator<EpochRun> {
  const { load, train } = await openEpochs(options)
  const [first, again] = [await load(), await load()]
  console.log(`\nOne epoch of ${whole(first.rows)} letters in batches of 256`)
  console.log(
    `  Loaded, cleaned and split in ${again.loadSeconds.toFixed(1)} s (${first.loadSeconds.toFixed(1)} s where the digest` +
      ` is checked, too) with a peak of ${megabytes(again.peakBytes)} MB`,
  )
  // Print each line when its network is done, since all networks take minutes.
  const nameWidth = Math.max(...networks.map(({ name }) => name.length))
  const line = ([name, ...cells]: readonly string[]) =>
    ['', name!.padEnd(nameWidth), ...cells.map((cell, column) => cell.padStart(heads[column]!.length))].join(
      '  ',
    )
  console.log(line(['network', ...heads]))
  const rates = new Map<Network, number>()
  for await (const run of train(networks)) {
    const rate = run.rows / run.epochSeconds
    // The run with one thread comes first.
    const single = rates.get(run.network) ?? rate
    rates.set(run.network, single)
    console.log(line([run.network.name, ...cellsOf(run, rate, single)]))
    yield run
  }
}

function cellsOf(
  { threads, epochSeconds, fitSeconds, loadSeconds, ...run }: EpochRun,
  rate: number,
  single: number,
) {
  return [
    String(threads),
    whole(rate),
    (rate / single).toFixed(2),
    epochSeconds.toFixed(2),
    fitSeconds.toFixed(2),
    loadSeconds.toFixed(2),
    megabytes(run.peakBytes),
    `${(100 * run.accuracy).toFixed(1)} %`,
  ]
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en')
}
