import type { SlurmSettings } from '../render/model/types.ts'
import type { RunSettings } from '../render/pipeline/stages.ts'
import { explain } from '../render/syntax/front-matter/explain.ts'
import { slurm, toSlurm } from '../render/syntax/front-matter/slurm.ts'
import { oneOf } from './read-options.ts'

interface Given {
  readonly executor?: string
  /** `NAME=VALUE` as the front matter's `slurm:` has them. */
  readonly slurm?: readonly string[]
}

/** Reads where jobs run. Throws an Error that says what is wrong. */
export function executorOptions(
  { executor, slurm: words }: Given,
  isFresh: boolean,
): Pick<RunSettings, 'slurm'> {
  const name = executor === undefined ? 'local' : oneOf('--executor', executor, ['local', 'slurm'])
  if (name === 'slurm') return { slurm: { settings: settingsOf(words ?? []), isFresh } }
  if (words) throw new Error('Unexpected --slurm, expected it with --executor slurm')
  return {}
}

function settingsOf(words: readonly string[]): SlurmSettings {
  const pairs = new Map<string, string | number>()
  for (const [name, value] of words.map(pairOf)) {
    const before = pairs.get(name)
    if (before !== undefined && name !== 'flags')
      throw new Error(`Unexpected second --slurm ${name}=${value}, expected it once`)
    pairs.set(name, before === undefined ? value : `${before} ${value}`)
  }
  const given = Object.fromEntries(pairs)
  const read = slurm.safeParse(given)
  if (read.success) return toSlurm(read.data)
  const [problem] = read.error.issues.flatMap((issue) => explain(issue, { slurm: given }, ['slurm']))
  throw new Error(`Cannot read --slurm: ${problem!.reason}`)
}

function pairOf(word: string): readonly [string, string | number] {
  const at = word.indexOf('=')
  if (at < 1) throw new Error(`Unexpected --slurm \`${word}\`, expected NAME=VALUE such as partition=cpu`)
  const [name, value] = [word.slice(0, at), word.slice(at + 1)]
  return [name, isText(name) || !/^\d+$/.test(value) ? value : Number(value)]
}

function isText(name: string): boolean {
  return name === 'partition' || name === 'account' || name === 'memory' || name === 'flags'
}
