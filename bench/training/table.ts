import { aligned } from '../aligned.ts'
import { isPeer } from './implementations.ts'
import type { Product, Rate, Result } from './measure.ts'
import type { Workload } from './workloads.ts'
import { flopPerSample } from './workloads.ts'

/** Prints a workload's rates with their ratios to the fastest peer and to the machine's limit. */
export function print(workload: Workload, { rates, products }: Result): void {
  const limits = limitsOf(products)
  const flop = flopPerSample(workload)
  const peers = rates.filter(({ implementation }) => isPeer(implementation))
  const one = fastest(peers.filter(({ implementation }) => implementation.processes === 1))
  const several = fastest(peers.filter(({ implementation }) => implementation.processes > 1))
  const rows = rates.map(({ implementation, rate, lowest, highest }) => {
    const { name, threads, processes } = implementation
    const limit = limits.get(threads * processes)
    return [
      name,
      whole(rate),
      `${whole(lowest)} to ${whole(highest)}`,
      one ? (rate / one.rate).toFixed(2) : '-',
      several && processes > 1 ? (rate / several.rate).toFixed(2) : '-',
      limit ? ((rate * flop) / limit).toFixed(2) : '-',
    ]
  })
  const heads = [
    'implementation',
    'samples/s',
    'lowest to highest',
    `of ${one?.implementation.name ?? 'a peer'}`,
    `of ${several?.implementation.name ?? 'peers at once'}`,
    'of sgemm',
  ]
  console.log(`\n${workload.name}`)
  for (const line of aligned([heads, ...rows])) console.log(`  ${line}`)
  console.log(`  ${limitText(limits)}; ${whole(flop)} FLOP a sample`)
  for (const { multiplier, rate } of products.filter(isSlowPeer(limits))) {
    console.log(
      `  ${multiplier.name} multiplies at ${(rate / 1e9).toFixed(0)} GFLOP/s only: its ratios are those of a slow BLAS ` +
        '(for python3-torch: apt-get install libopenblas0) or of a machine with other work',
    )
  }
}

function fastest(rates: readonly Rate[]): Rate | undefined {
  return rates.toSorted((a, b) => b.rate - a.rate)[0]
}

/** Gives the rate of the fastest multiplier for each number of threads. */
function limitsOf(products: readonly Product[]): Map<number, number> {
  const limits = new Map<number, number>()
  for (const { multiplier, rate } of products.toSorted((a, b) => a.multiplier.threads - b.multiplier.threads))
    limits.set(multiplier.threads, Math.max(limits.get(multiplier.threads) ?? 0, rate))
  return limits
}

function isSlowPeer(limits: ReadonlyMap<number, number>): (product: Product) => boolean {
  return ({ multiplier: { name, threads }, rate }) =>
    name.startsWith('torch') && rate < limits.get(threads)! / 2
}

function limitText(limits: ReadonlyMap<number, number>): string {
  const each = [...limits].map(
    ([threads, flops]) => `${threads} thread${threads > 1 ? 's' : ''} ${(flops / 1e9).toFixed(0)}`,
  )
  return `sgemm 2048 x 2048: ${each.join(', ') || 'not measured'} GFLOP/s`
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en')
}
