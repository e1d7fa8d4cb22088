// A process that trains on a graph engine. It reads one command a line: see Command in worker.ts.
import { createInterface } from 'node:readline'
import { openEngine } from '../../src/experiments/graph/engines/index.ts'
import { matMul, openSession, variable } from '../../src/experiments/graph/index.ts'
import type { Training } from './graph-training.ts'
import { prepareTraining, randomMatrix } from './graph-training.ts'
import type { Answer, Command } from './worker.ts'
import type { Workload } from './workloads.ts'

const engine = await openEngine().catch((cause: Error) => {
  // The last line tells why the engine is skipped.
  console.error(cause.message)
  process.exit(1)
})
const lines = createInterface({ input: process.stdin })
const product = sgemm()
let training: Training | undefined
let isStopped = true
let running: Promise<void> | undefined

lines.on('line', async (line) => {
  try {
    await obey(JSON.parse(line))
  } catch (cause) {
    answer({ error: (cause as Error).message })
  }
})
// The parent process has ended.
lines.on('close', () => process.exit())
answer({ title: `${engine.name} ${engine.version}${engine.device ? ` on ${engine.device}` : ''}` })

async function obey(command: Command): Promise<void> {
  if (command.command === 'prepare') {
    await training?.close()
    training = undefined
    training = await prepareTraining(engine, command.workload as Workload)
    answer({})
  } else if (command.command === 'run') {
    isStopped = !command.together
    running = training!.run(command.seconds, { answer, isStopped: () => isStopped })
    await running
  } else if (command.command === 'stop') {
    isStopped = true
    // Else the next run would begin beside this one, and start it again.
    await running
    answer({})
  } else answer(await product(command.seconds))
}

function answer(sent: Answer): void {
  process.stdout.write(`${JSON.stringify(sent)}\n`)
}

/** Gives a function that multiplies square matrices for about this many seconds. */
function sgemm(): (seconds: number) => Promise<Answer> {
  const size = 2048
  const session = openSession(engine)
  const [a, b] = [1, 2].map((seed) => variable(`matrix${seed}`, randomMatrix(size, size, seed)))
  const multiplied = matMul(a!, b!)
  return async (wanted) => {
    // The first run compiles.
    await session.run(multiplied)
    const startedAt = performance.now()
    for (let count = 1; ; count++) {
      await session.run(multiplied)
      const seconds = (performance.now() - startedAt) / 1000
      if (seconds >= wanted) return { count: 2 * size ** 3 * count, seconds }
    }
  }
}
