import type { PhrasingContent } from 'mdast'
import type { Provenance, StoredResult } from '../../model/types.ts'
import type { Facts } from './gather-facts.ts'
import { code, paragraph, text } from './nodes.ts'
import { type Register, registerTable } from './register.ts'
import type { Speech } from './speech.ts'

/**
 * Lists the software and hardware that computed the results: each value of each fact, with the number of results that
 * have it.
 */
export const machine: Register = {
  options: [],
  isTable: true,
  make(facts, _place, speech) {
    const { data, machine: words } = speech.say
    const rows = machineFacts(facts, speech).flatMap(({ title, values }) =>
      values.map(({ value, results }, index): PhrasingContent[][] => [
        [text(index === 0 ? title : '')],
        [code(value)],
        [text(speech.number(results))],
      ]),
    )
    if (rows.length === 0) return [paragraph(words.none)]
    const columns = [
      { title: data.fact },
      { title: data.value },
      { title: words.results, align: 'right' as const },
    ]
    return {
      isShort: true,
      table: registerTable(columns, [{ rows }]),
      caption: words.caption,
    }
  },
}

/** One fact about what computed the results: its values, and how many results have each. */
interface MachineFact {
  readonly name: FactName
  readonly title: string
  readonly values: readonly { readonly value: string; readonly results: number }[]
}

type FactName = keyof Speech['say']['machine']['facts']

const factNames: readonly FactName[] = ['node', 'platform', 'cpu', 'engine', 'threads', 'computedAt']

/** Counts, over all results including jobs, the software, hardware and day of each computation. */
export function machineFacts({ cells, jobs }: Facts, { say }: Speech): MachineFact[] {
  const results = [...cells, ...jobs].map(({ stored }: { stored: StoredResult }) => stored.provenance)
  return factNames.flatMap((name) => {
    const values = tally(results.flatMap((provenance) => factOf(provenance, name) ?? []))
    return values.length === 0 ? [] : [{ name, title: say.machine.facts[name], values }]
  })
}

function factOf(provenance: Provenance, name: FactName): string | undefined {
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
