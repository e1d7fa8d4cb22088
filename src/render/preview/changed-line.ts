/** Gives the first line, from 1, in which a text differs from the one before it. */
export function changedLine(before: string, now: string): number {
  const [old, lines] = [before.split('\n'), now.split('\n')]
  const at = lines.findIndex((line, index) => line !== old[index])
  return at < 0 ? lines.length : at + 1
}
