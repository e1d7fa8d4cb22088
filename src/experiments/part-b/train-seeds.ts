import type { SeedResult, Spread } from '../experiment.ts'
import { assertSeeds, run, spread } from '../experiment.ts'
import { network } from './network.ts'
import type { NetworkRun, NetworkSummary } from './summary.ts'
import { gapOf, summary } from './summary.ts'

type NetworkParams = Parameters<typeof network.run>[0]

/** Times of the training steps in seconds, for a whole training and for one epoch, and images per second. */
interface NetworkTimes {
  readonly training: Spread
  readonly epoch: Spread
  readonly imagesPerSecond: Spread
}

/** What a single seed gave: its scores, the epochs that ran, the epoch that was kept, its weights, and the gap of `NetworkSummary`. */
export type SeedScores = NetworkRun['scores'] &
  Pick<NetworkRun, 'epochs' | 'best' | 'weights'> & { readonly gap: number }

/**
 * Trains a network once for each seed and summarizes the results, with times kept separate. With `pictures`, the
 * pictures of the first seed are included. `runs` has what `compareSeeds` needs of each single seed.
 */
export async function trainSeeds(
  { pictures = false, ...params }: Partial<NetworkParams>,
  seeds: readonly number[],
): Promise<{
  readonly result: NetworkSummary
  readonly pictures: Awaited<ReturnType<typeof network.run>>['pictures']
  readonly measured: NetworkTimes
  readonly runs: readonly SeedResult<SeedScores>[]
}> {
  assertSeeds(seeds)
  const jobs = await Promise.all(
    seeds.map((seed, index) => run(network, { ...params, pictures: pictures && index === 0 }, { seed })),
  )
  const seconds = jobs.map(({ measured }) => measured.training as number)
  return {
    result: summary(jobs.map(({ result }) => result)),
    pictures: jobs[0]!.result.pictures,
    runs: jobs.map(({ result }, index) => ({
      seed: seeds[index]!,
      result: {
        ...result.scores,
        epochs: result.epochs,
        best: result.best,
        weights: result.weights,
        gap: gapOf(result.scores),
      },
    })),
    measured: {
      training: spread(seconds),
      epoch: spread(jobs.map(({ result }, index) => seconds[index]! / result.epochs)),
      imagesPerSecond: spread(
        jobs.map(({ result }, index) => (result.images * result.epochs) / seconds[index]!),
      ),
    },
  }
}
