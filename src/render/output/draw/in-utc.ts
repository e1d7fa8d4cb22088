/**
 * Does work while the process is in UTC, for vega knows no other clock than the process's:
 * axes of time would differ from place to place.
 */
export async function inUtc<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.TZ
  process.env.TZ = 'UTC'
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
}
