import { markdownOf } from '../execute/output-expressions.ts'
import type { LockedProfile } from '../model/lock.ts'
import type { Cell, Expression, Output, ReportTree } from '../model/types.ts'
import type { Numbers } from './numbers.ts'
import { identify } from './numbers.ts'
import { around, sentencesOf } from './sentences.ts'

/** Gives the prose around every value and claim, of what cells show too, with the accepted values in it. */
export function allSentences(
  tree: ReportTree,
  numbers: Numbers,
  { shown }: LockedProfile,
): ReadonlyMap<number, string> {
  const names = identify(shown)
  const accepted = new Map(shown.map(({ text }, index) => [names[index]!, text]))
  const texts = new Map(
    [...numbers.shown].map(([name, one]) => [one.number, accepted.get(name) ?? one.shown?.text] as const),
  )
  const ofOutputs = [...numbers.shown.values()].flatMap(({ expression, number }) => {
    const text = number < tree.expressions.length ? undefined : inOutput(expression, numbers, tree)
    return text === undefined ? [] : [[number, filled(text, expression, texts.get(number))] as const]
  })
  return new Map([...sentencesOf(tree, (number) => texts.get(number)), ...ofOutputs])
}

// What is shown stands at the place of its cell.
function inOutput(
  { source, position }: Expression,
  { outputs }: Numbers,
  { cells }: ReportTree,
): string | undefined {
  const cell = cells.find((one) => one.position === position)
  return cell && textsOf(cell, outputs.get(cell.label) ?? []).find((text) => text.includes(source))
}

// Of prose, the paragraph.
function textsOf({ options }: Cell, shown: readonly Output[]): string[] {
  const all = [options.caption ?? '', ...shown.flatMap(markdownOf)]
  return all.flatMap((text) => text.split(/\n\s*\n/))
}

function filled(markdown: string, { source }: Expression, value: string | undefined): string {
  const start = markdown.lastIndexOf('`', markdown.indexOf(source) - 1)
  if (start < 0 || value === undefined) return markdown
  const end = markdown.indexOf('`', start + 1) + 1
  const text = markdown.slice(0, start) + value + markdown.slice(end)
  return around(text, { start, end: start + value.length })
}
