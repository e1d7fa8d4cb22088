import type { Json, StoredResult } from '../model/types.ts'
import type { Parts } from './key.ts'

/**
 * Says in a few words why a result has to be computed: how its parts differ from those of the last one.
 *
 * @param codeWords says what changed in the code
 * @param changedReads places that the last one or one of its jobs read, and that have changed since
 */
export function reasonToCompute(
  parts: Parts,
  params: { readonly [name: string]: Json },
  previous: StoredResult | undefined,
  codeWords = 'code changed',
  changedReads: readonly string[] = [],
): string {
  if (!previous) return 'new'
  const names = [...new Set([...Object.keys(parts), ...Object.keys(previous.parts)])].sort()
  const changed = names.filter((name) => parts[name] !== previous.parts[name])
  if (changed.length + changedReads.length === 0) return 'asked to'
  const words = [
    ...changed.map((name) => (name === 'bundle' ? codeWords : explain(name, params, previous))),
    ...changedReads.map((place) => `${place} changed`),
  ]
  return words.length > 3 ? `${words.slice(0, 2).join(', ')} and ${words.length - 2} more` : words.join(', ')
}

function explain(part: string, params: { readonly [name: string]: Json }, previous: StoredResult): string {
  const [kind, name] = /^([a-z]+)(?::(.*))?$/.exec(part)!.slice(1)
  if (kind === 'package') return `package ${name} changed`
  if (kind !== 'param' || name === undefined) return `${name ?? kind} changed`
  const [before, after] = [previous.provenance.params?.[name], params[name]].map((value) =>
    JSON.stringify(value),
  )
  const isShort = before !== undefined && after !== undefined && before.length + after.length < 40
  return `params.${name} changed${isShort ? ` ${before} -> ${after}` : ''}`
}
