import { firstDifference } from '../model/first-difference.ts'
import type { Json } from '../model/types.ts'

/** Says where one JSON value became another first: `test.accuracy: 0.91 -> 0.92`; undefined where they are equal. */
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
