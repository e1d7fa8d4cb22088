import { firstDifference } from '../model/first-difference.ts'
import type { Json } from '../model/types.ts'

/** Says what two JSON values have at the first place where they differ: `deep.mean 0.5` and `deep.mean 0.25`. */
export function differenceWords(before: Json, now: Json, path = ''): [string, string] | undefined {
  const first = firstDifference(before, now, path)
  return first && [wordsOf(first.path, first.before), wordsOf(first.path, first.now)]
}

function wordsOf(path: string, value: Json | undefined): string {
  return `${path} ${JSON.stringify(value ?? null)}`.trim()
}
