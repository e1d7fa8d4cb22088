import type { Session, Step } from '../graph/index.ts'

/** Sets all that a step changes, weights and the optimizer's own state, to what it began with. */
export function restart(session: Session, { updates }: Step): void {
  for (const [variable] of updates) session.write(variable, variable.value!)
}
