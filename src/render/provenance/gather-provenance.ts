import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Results } from '../execute/run-report.ts'
import type { Cards } from '../model/cards.ts'
import { warn } from '../model/messages.ts'
import type { Paths } from '../model/paths.ts'
import { openRest, type Rest } from '../model/rest.ts'
import type { Report, ReportTree } from '../model/types.ts'
import { wordsFor } from '../model/words.ts'
import { type Attachment, attachFiles } from '../print/attach-files.ts'
import type { Used } from '../results/used.ts'
import { attachmentsOf } from './attachments.ts'
import { cardsOf } from './cards.ts'
import { gatherOrigins, openDependencySets } from './gather-origins.ts'
import { completed, draftRecord } from './record.ts'
import { type ProvenanceFiles, type ProvenanceRecord, provenanceJsonSchema, schemaName } from './schema.ts'
import { nearOrigins, shownNumbers } from './shown-numbers.ts'

/** What `finish` needs to complete the record. */
interface FinishOptions {
  readonly used: Used
  readonly paths: Paths
  /** The lock that is about to be written. Default: the present one. */
  readonly nextLocked: string | undefined
  /** Date of the document. */
  readonly date: Date
  /** Whether the print contains lock, bibliography and sources. */
  readonly carriesProject: boolean
}

/** The origins of a report's numbers: for its page, and for the files beside and inside its print. */
export interface GatheredProvenance {
  readonly cards: Cards
  /** Gives the record after the figures are drawn, and the print with the record and the sources attached. */
  finish(
    pdf: Uint8Array,
    options: FinishOptions,
  ): { readonly record: ProvenanceFiles; readonly pdf: Uint8Array }
}

/**
 * Gathers the origin of every number of a computed report.
 *
 * @param isAccepted Says whether the result with a key is accepted. Page and print omit the times of other results, so
 * that computing them again gives the same bytes.
 */
export async function gatherProvenance(
  tree: ReportTree,
  results: Results,
  isAccepted: (key: string) => boolean,
  rest: Rest = openRest(),
): Promise<GatheredProvenance> {
  const origins = gatherOrigins(tree, results)
  await rest()
  const sets = openDependencySets(origins)
  const shown = shownNumbers(results, origins, sets)
  await rest()
  const { report } = tree
  const draft = draftRecord({ report, origins, shown, dependencies: sets.list })
  await rest()
  const near = await nearOrigins(results, origins, rest)
  const cards = cardsOf(withoutTimes(draft, isAccepted), wordsFor(tree.report.front.lang).card, near)
  await rest()
  return {
    cards,
    finish(pdf, { used, paths, nextLocked, date, carriesProject }) {
      const record = completed(draft, used.locked.drawings)
      const schema = provenanceJsonSchema()
      const files = attachmentsOf({
        report,
        inputs: [...results.bundles.values()].map((bundle) => bundle.inputs),
        lock: carriesProject ? lockOf(paths, nextLocked) : undefined,
        carriesProject,
        made: {
          [basename(paths.provenance)]: serializeRecord(withoutTimes(record, isAccepted)),
          [schemaName]: schema,
        },
      })
      return { record: { record: serializeRecord(record), schema }, pdf: attached(pdf, files, date, report) }
    },
  }
}

function lockOf({ lock: path }: Paths, next: string | undefined) {
  const text = next ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
  return text === undefined ? undefined : { path, text }
}

// If a browser writes its PDF in an unknown way, the report is still complete without attachments.
function attached(pdf: Uint8Array, files: readonly Attachment[], date: Date, report: Report): Uint8Array {
  try {
    return attachFiles(pdf, files, date)
  } catch (error) {
    const reason = `Cannot attach the sources to the print, ${(error as Error).message}`
    warn(report.files[0]!, 'page-is-self-contained', reason)
    return pdf
  }
}

/** Writes a record as JSON, with one number, cell or job on each line. */
function serializeRecord(record: ProvenanceRecord): string {
  const members = Object.entries(record).map(([name, value]) => `${JSON.stringify(name)}: ${spread(value)}`)
  return `{\n${members.join(',\n')}\n}\n`
}

/**
 * Gives a record without the times of unaccepted results. All else is the same when they are computed again, so files
 * that contain the record keep their bytes.
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
