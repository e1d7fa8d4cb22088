import type { EngineEntry } from '../../experiments/graph/engines/index.ts'
import { jobEnvironment } from '../../render/execute/workers.ts'
import type { EngineFacts } from './engine-facts.ts'
import { type Probed, probe } from './probe.ts'

/** An engine of the list, and what it did in a process of its own. */
export interface ProbedEngine {
  readonly entry: EngineEntry
  readonly probed: Probed<EngineFacts>
}

/** Lists the engines; imported by the package's name, as the tool holds none. */
async function listEngines(): Promise<readonly EngineEntry[]> {
  return ((await import('weft/engine')) as { readonly engines: readonly EngineEntry[] }).engines
}

/**
 * Opens each engine in a process of its own, as a job does, and trains one step on it. An engine that crashes or hangs
 * takes nothing else with it.
 */
export async function probeEngines({
  env = process.env,
  timeoutMs,
}: {
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
} = {}): Promise<readonly ProbedEngine[]> {
  const entries = await listEngines()
  return Promise.all(
    entries.map(async (entry) => ({
      entry,
      probed: await probe('engine', { name: entry.name }, { env: jobEnvironment(env), timeoutMs }),
    })),
  )
}
