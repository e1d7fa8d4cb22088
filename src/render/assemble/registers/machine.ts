import type { PhrasingContent } from 'mdast'
import type { Provenance, StoredResult } from '../../model/types.ts'
import { count } from '../../output/format.ts'
import type { Facts } from './gather-facts.ts'
import { code, paragraph, text } from './nodes.ts'
import { type Register, registerTable } from './register.ts'

/**
 * Lists the software and hardware that computed the results: each value of each fact, with the number of results that
 * have it.
 */
export const machine: Register = {
  options: [],
  isTable: true,
  make(facts) {
    const rows = machineFacts(facts).flatMap(({ title, values }) =>
      values.map(({ value, results }, index): PhrasingContent[][] => [
        [text(index === 0 ? title : '')],
        [code(value)],
        [text(count(results))],
      ]),
    )
    if (rows.length === 0) return [paragraph('Nothing is computed.')]
    const columns = [{ title: 'Fact' }, { title: 'Value' }, { title: 'Results', align: 'right' as const }]
    return {
      isShort: true,
      table: registerTable(columns, [{ rows }]),
      caption:
        'What computed the results of this report, and how many results each value holds for. Engine and threads are those of jobs alone.',
    }
  },
}

/** One fact about what computed the results: its values, and how many results have each. */
interface MachineFact {
  readonly name: keyof typeof titles
  readonly title: string
  readonly values: readonly { readonly value: string; readonly results: number }[]
}

const titles = {
  node: 'Node',
  platform: 'Platform',
  cpu: 'Processor',
  engine: 'Engine',
  threads: 'Threads of a job',
  computedAt: 'Computed on (UTC)',
} as const

/** Counts, over all results including jobs, the software, hardware and day of each computation. */
export function machineFacts({ cells, jobs }: Facts): MachineFact[] {
  const results = [...cells, ...jobs].map(({ stored }: { stored: StoredResult }) => stored.provenance)
  return (Object.keys(titles) as (keyof typeof titles)[]).flatMap((name) => {
    const values = tally(results.flatMap((provenance) => factOf(provenance, name) ?? []))
    return values.length === 0 ? [] : [{ name, title: titles[name], values }]
  })
}

function factOf(provenance: Provenance, name: keyof typeof titles): string | undefined {
  const value = provenance[name]
  if (value === undefined) return undefined
  // Readers need the day, not the hour.
  return name === 'computedAt' ? String(value).slice(0, 10) : String(value)
}

function tally(values: readonly string[]): MachineFact['values'] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([value, results]) => ({ value, results }))
}
