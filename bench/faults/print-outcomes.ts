import type { Outcome } from './run-round.ts'

/** Writes a round as one line, with how to run it alone if it failed. */
export function lineOf(
  { seed, fault, notes, disturbed, stored, ran, faults, elapsedMs }: Outcome,
  only = '',
): string {
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`
  const jobs = `${stored} of 8 jobs stored, ${ran} run`
  const row = `${String(seed).padStart(4)}  ${fault.padEnd(28)} ${disturbed.padEnd(10)} ${jobs.padEnd(26)} ${seconds.padStart(7)}  ${notes.join(', ')}`
  if (faults.length === 0) return row
  const alone = `npm run bench -- faults --rounds 1 --seed ${seed}${only && ` --only '${only}'`}`
  return [row, ...faults.map((one) => `      FAILED: ${one}`), `      alone: ${alone}`].join('\n')
}

/** Counts the rounds of each fault. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const names = [...new Set(outcomes.map(({ fault }) => fault))]
  const ends = ['succeeded', 'said why', 'was ended'] as const
  const rows = names.map((name) => {
    const own = outcomes.filter(({ fault }) => fault === name)
    const counts = ends.map((end) => own.filter(({ disturbed }) => disturbed === end).length)
    const kept = own.reduce((sum, { stored }) => sum + stored, 0)
    const failed = own.filter(({ faults }) => faults.length > 0).length
    return [name, own.length, ...counts, kept, failed]
  })
  const head = ['fault', 'rounds', ...ends, 'jobs kept', 'failed']
  return [head, ...rows]
    .map((row) =>
      row.map((text, at) => (at === 0 ? String(text).padEnd(28) : String(text).padStart(10))).join(' '),
    )
    .join('\n')
}
