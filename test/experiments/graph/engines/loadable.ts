import { engines } from '../../../../src/experiments/graph/engines/index.ts'
import { engineOf } from './engine-of.ts'

/** An engine, and why it does not open on this machine if it does not. */
export interface Loadable {
  readonly name: string
  readonly reason?: string
}

/** Tries all engines. */
export async function loadableEngines(): Promise<readonly Loadable[]> {
  const all: Loadable[] = []
  for (const { name } of engines) {
    try {
      await engineOf(name)
      all.push({ name })
    } catch (cause) {
      all.push({ name, reason: (cause as Error).message })
    }
  }
  return all
}
