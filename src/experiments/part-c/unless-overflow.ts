/** Gives the result of `train`, or undefined if it ended because a loss was no longer finite. */
export async function unlessOverflow<T>(train: () => Promise<T>): Promise<T | undefined> {
  try {
    return await train()
  } catch (error) {
    // The session has no error type for this: see `addUp` in graph/session-checks.ts.
    if (error instanceof Error && /expected (a finite loss|finite metrics)/.test(error.message))
      return undefined
    throw error
  }
}
