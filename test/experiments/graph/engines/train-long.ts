// Runs as a separate process, so that nothing else changes its memory: trains 10,000 steps on the engine named by the
// first argument, and prints the resident bytes after each thousand steps, after garbage collection, as JSON.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { adam, openSession } from '../../../../src/experiments/graph/index.ts'
import { engineOf } from '../check-op.ts'
import { network, rowsOf } from './networks.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const [batchSize, stepsOfEpoch] = [8, 1000]
const { loss } = network([6, 5, 3])
const session = openSession(await engineOf(process.argv[2]!))
const resident: number[] = []
await session.train(adam().minimize(loss), {
  data: rowsOf(batchSize * stepsOfEpoch, [6, 3]),
  batchSize,
  epochs: 10,
  shuffleSeed: 1,
  onEpoch() {
    collect()
    resident.push(process.memoryUsage.rss())
  },
})
await session.close()
console.log(JSON.stringify(resident))
