import type { SeedResult, Spread } from '../experiment.ts'
import { assertSeeds, run, spread } from '../experiment.ts'
import { network } from './network.ts'
import type { NetworkRun, NetworkSummary } from './summary.ts'
import { summary } from './summary.ts'

type NetworkParams = Parameters<typeof network.run>[0]

/** Times of the training steps in seconds, for a whole training and for one epoch, and images per second. */
interface NetworkTimes {
  readonly training: Spread
  readonly epoch: Spread
  readonly imagesPerSecond: Spread
}

/**
 * Trains a network once for each seed and summarizes the results, with times kept separate. With `pictures`, the
 * pictures of the first seed are included. `runs` has the scores of each single seed, for `compareSeeds`.
 */
export async function trainSeeds(
  { pictures = false, ...params }: Partial<NetworkParams>,
  seeds: readonly number[],
): Promise<{
  readonly result: NetworkSummary
  readonly pictures: Awaited<ReturnType<typeof network.run>>['pictures']
  readonly measured: NetworkTimes
  readonly runs: readonly SeedResult<NetworkRun['scores']>[]
}> {
  assertSeeds(seeds)
  const jobs = await Promise.all(
    seeds.map((seed, index) => run(network, { ...params, pictures: pictures && index === 0 }, { seed })),
  )
  const seconds = jobs.map(({ measured }) => measured.training as number)
  return {
    result: summary(jobs.map(({ result }) => result)),
    pictures: jobs[0]!.result.pictures,
    runs: jobs.map(({ result }, index) => ({ seed: seeds[index]!, result: result.scores })),
    measured: {
      training: spread(seconds),
      epoch: spread(jobs.map(({ result }, index) => seconds[index]! / result.epochs)),
      imagesPerSecond: spread(
        jobs.map(({ result }, index) => (result.images * result.epochs) / seconds[index]!),
      ),
    },
  }
}
