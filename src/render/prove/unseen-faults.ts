import type { Fault } from './fault.ts'
import type { Unseen } from './find-unseen.ts'
import type { Spot } from './piece.ts'
import type { Shown } from './reading.ts'

/** Says of what cannot be seen on the page where it comes from. */
export function unseenFaults(unseen: readonly Unseen[], shown: Shown): Fault[] {
  const kinds = new Map<string, Unseen[]>()
  for (const one of unseen) {
    const kind = `${one.number ?? ''} ${one.label} ${one.what}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), one])
  }
  return [...kinds.values()].flatMap((alike) =>
    alike.slice(0, mostAlike).map((one, index) => {
      const rest = index === mostAlike - 1 ? alike.length - mostAlike : 0
      const more = rest > 0 ? `, nor ${rest} more of it` : ''
      return {
        spot: spotOf(one, shown),
        reason: `Cannot see ${nameOf(one)}${more} in the print, it ${one.what}`,
      }
    }),
  )
}

// Of one table.
const mostAlike = 3

function nameOf({ number, label, text }: Unseen): string {
  return number === undefined && label !== undefined ? `\`${text}\` of \`#${label}\`` : `\`${text}\``
}

function spotOf({ number, label = '' }: Unseen, { expressions, tree, targets }: Shown): Spot {
  const expression = number === undefined ? undefined : expressions[number]
  const owner = tree.cells.find((cell) => cell.label === label || label.startsWith(`${cell.label}-`))
  const found = expression ?? targets.find((target) => target.label === label) ?? owner
  return found ?? { file: tree.chapters[0]!.file.path, position: undefined }
}
