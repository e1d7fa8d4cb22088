import { structuredPatch } from 'diff'
import { firstDifference } from '../model/first-difference.ts'
import type { Json } from '../model/types.ts'

/** Describes the first difference of two JSON values: `test.accuracy: 0.91 -> 0.92`; undefined if they are equal. */
export function changeText(before: Json, now: Json): string | undefined {
  const first = firstDifference(before, now)
  if (!first) return undefined
  const place = first.path === '' ? '' : `${first.path}: `
  if (first.before === undefined) return `${place}new`
  if (first.now === undefined) return `${place}gone`
  return `${place}${short(first.before)} -> ${short(first.now)}`
}

function short(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

const most = 12

/** Gives a diff of two texts: `- ` and `+ ` before the lines, one line of context, at most 12 lines. */
export function shortDiff(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) => `${brokenUp(text)}\n`)
  const { hunks } = structuredPatch('', '', old!, now!, undefined, undefined, { context: 1 })
  const lines = hunks
    .flatMap((hunk) => hunk.lines)
    .map((line) => `${line.slice(0, 1)} ${line.slice(1)}`.trimEnd().slice(0, 140))
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `... and ${lines.length - most + 1} more lines`]
}

// Breaks long lines, since a bundle writes a whole object on one line.
function brokenUp(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.length > 80 ? line.replace(/(?<=[,{([] ?)(?=[\w$"'`{[(])/g, '\n').replace(/ \n/g, '\n') : line,
    )
    .join('\n')
}
