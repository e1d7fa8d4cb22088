import type { Session, Step } from '../graph/index.ts'

/** Resets all variables that a step changes, weights and optimizer state, to their initial values. */
export function restart(session: Session, { updates }: Step): void {
  for (const [variable] of updates) session.write(variable, variable.value!)
}
