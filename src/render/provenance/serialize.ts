import type { ProvenanceRecord } from './schema.ts'

/** Writes a record as JSON, one number, cell or job a line. */
export function serializeRecord(record: ProvenanceRecord): string {
  const members = Object.entries(record).map(([name, value]) => `${JSON.stringify(name)}: ${spread(value)}`)
  return `{\n${members.join(',\n')}\n}\n`
}

/**
 * Gives a record without the times of results that are not accepted: whoever computes those again gets all else
 * of it alike, and so the bytes of whatever holds it.
 */
export function withoutTimes<Some extends Pick<ProvenanceRecord, 'cells' | 'jobs'>>(
  record: Some,
  isAccepted: (key: string) => boolean,
): Some {
  const timeless = <One extends { readonly key: string }>(
    entries: Record<string, One>,
  ): Record<string, One> =>
    Object.fromEntries(
      Object.entries(entries).map(([name, one]) => {
        const { computedAt, elapsedMs, ...rest } = one as One & { computedAt?: string; elapsedMs?: number }
        return [name, isAccepted(one.key) ? one : (rest as unknown as One)]
      }),
    )
  return { ...record, cells: timeless(record.cells), jobs: timeless(record.jobs) }
}

function spread(value: unknown): string {
  if (Array.isArray(value))
    return lines(
      '[',
      value.map((one) => JSON.stringify(one)),
      ']',
    )
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(
    ([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`,
  )
  return lines('{', entries, '}')
}

function lines(open: string, parts: readonly string[], close: string): string {
  return parts.length === 0
    ? `${open}${close}`
    : `${open}\n${parts.map((part) => ` ${part}`).join(',\n')}\n${close}`
}
