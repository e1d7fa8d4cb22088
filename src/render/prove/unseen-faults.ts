import type { Fault } from './fault.ts'
import type { Unseen } from './find-unseen.ts'
import type { Spot } from './piece.ts'
import type { Shown } from './reading.ts'

/** Says of what cannot be seen on the page where it comes from. */
export function unseenFaults(unseen: readonly Unseen[], shown: Shown): Fault[] {
  return unseen.map((one) => ({
    spot: spotOf(one, shown),
    reason: `Cannot see ${nameOf(one)} in the print, it ${one.what}`,
  }))
}

function nameOf({ number, label, text }: Unseen): string {
  return number === undefined && label !== undefined ? `\`${text}\` of \`#${label}\`` : `\`${text}\``
}

function spotOf({ number, label = '' }: Unseen, { expressions, tree, targets }: Shown): Spot {
  const expression = number === undefined ? undefined : expressions[number]
  const owner = tree.cells.find((cell) => cell.label === label || label.startsWith(`${cell.label}-`))
  const found = expression ?? targets.find((target) => target.label === label) ?? owner
  return found ?? { file: tree.chapters[0]!.file.path, position: undefined }
}
