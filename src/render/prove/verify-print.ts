import type { Page } from 'puppeteer-core'
import { readClient } from '../model/client-programs.ts'
import { fail } from '../model/messages.ts'
import type { Chapter } from '../model/types.ts'
import type { Audit } from './client/audit.ts'
import type { Sight, Unseen } from './client/find-unseen.ts'
import { elementFaults } from './element-faults.ts'
import { findInChains, findInOrder, missingFaults } from './find-in-order.ts'
import { doubledFaults, orderFaults } from './float-faults.ts'
import type { Fault, Shown, Spot } from './piece.ts'
import { readPrintedText } from './printed-text.ts'
import { readReportPieces } from './read-report-pieces.ts'
import { type Wanted, wantedIn } from './wanted.ts'

/** How much of a print was verified. */
export interface Verified {
  /** Values and claims of the prose. */
  readonly values: number
  readonly cells: number
  readonly captions: number
  /** What is not in the print as it was computed, or cannot be seen there. */
  readonly faults: readonly Fault[]
}

interface VerifyOptions {
  /** Whether its figures and tables may have moved. */
  readonly isFloated?: boolean
}

/** Proves a printed page: its bytes, and the page that was printed, still loaded. */
export async function verifyPrint(
  page: Page,
  pdf: Uint8Array,
  shown: Shown,
  { isFloated = false }: VerifyOptions = {},
): Promise<Verified> {
  const firstId = await firstIdOf(page)
  // The browser looks at the page while its print is read here.
  const [audit, printed] = await Promise.all([auditPage(page), readPrintedText(pdf, firstId)])
  const all = wantedIn(readReportPieces(shown))
  const wanted = isFloated ? all : all.map((one) => ({ ...one, isFloat: false }))
  const places = isFloated ? findInChains(wanted, printed) : findInOrder(wanted, printed)
  const elements = elementFaults(wanted, audit.texts)
  return {
    ...counted(wanted),
    faults: [
      ...missingFaults(wanted, places, printed, elements),
      ...doubledFaults(wanted, printed),
      ...orderFaults(shown.targets, audit.texts.figures),
      ...unseenFaults(audit.unseen, shown),
    ],
  }
}

/** Leaves an error at the place of each fault (`page-is-proved`). */
export function reportFaults(faults: readonly Fault[], chapters: readonly Chapter[]): void {
  for (const { spot, reason } of faults) {
    const chapter = chapters.find(({ file }) => file.path === spot.file) ?? chapters[0]!
    fail(chapter.file, 'page-is-proved', reason, spot.position)
  }
}

function counted(wanted: readonly Wanted[]): Omit<Verified, 'faults'> {
  const kinds = (...names: Wanted['kind'][]) => wanted.filter(({ kind }) => names.includes(kind)).length
  const cells = wanted.flatMap(({ grid }) => (grid ? grid.rows.flat() : []))
  return {
    values: kinds('value', 'claim'),
    cells: cells.filter(({ text }) => text !== '').length,
    captions: kinds('caption'),
  }
}

/** Says of what cannot be seen on the page where it comes from. */
function unseenFaults(unseen: readonly Unseen[], shown: Shown): Fault[] {
  const kinds = new Map<string, Unseen[]>()
  for (const one of unseen) {
    const kind = `${one.id ?? ''} ${one.label} ${one.what}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), one])
  }
  return [...kinds.values()].flatMap((alike) =>
    alike.slice(0, mostAlike).map((one, index) => {
      const rest = index === mostAlike - 1 ? alike.length - mostAlike : 0
      const more = rest > 0 ? `, nor ${rest} more of it` : ''
      return {
        spot: spotOfUnseen(one, shown),
        reason: `Cannot see ${nameOfUnseen(one)}${more} in the print, it ${one.what}`,
      }
    }),
  )
}

// Of one table.
const mostAlike = 3

function nameOfUnseen({ id, label, text }: Unseen): string {
  return id === undefined && label !== undefined ? `\`${text}\` of \`#${label}\`` : `\`${text}\``
}

function spotOfUnseen({ id, label = '' }: Unseen, { results, tree, targets }: Shown): Spot {
  const expression = id === undefined ? undefined : results.expressions.get(id)?.expression
  const owner = tree.cells.find((cell) => cell.label === label || label.startsWith(`${cell.label}-`))
  const found = expression ?? targets.find((target) => target.label === label) ?? owner
  return found ?? { file: tree.chapters[0]!.file.path, position: undefined }
}

// A4 with the margins of the printed page, at 96 pixels an inch.
const pxPerMm = 96 / 25.4
const sight: Sight = {
  widthPx: 165 * pxPerMm,
  marginPx: 22.5 * pxPerMm,
  leastTypePx: 4,
  leastContrast: 2,
  leastOpacity: 0.5,
}

/** Looks at a loaded page as it is printed; leaves it laid out for print, without its pages. */
export async function auditPage(page: Page): Promise<Audit> {
  const program = await readClient('audit')
  await page.setViewport({ width: Math.ceil(sight.widthPx), height: Math.round(247 * pxPerMm) })
  await page.emulateMediaType('print')
  // What takes no clicks may cover all the same.
  const style = await page.addStyleTag({ content: '*{pointer-events:auto!important}' })
  try {
    // In a function, so that the page keeps no name of it.
    return (await page.evaluate(
      `(() => {${program}\nreturn weftAudit.audit(${JSON.stringify(sight)})})()`,
    )) as Audit
  } finally {
    await style.evaluate((element) => (element as Element).remove())
  }
}

/** Gives the id of the heading that begins the first chapter behind contents, where there are any. */
function firstIdOf(page: Page): Promise<string | undefined> {
  return page.evaluate(firstIdBehindContents)
}

function firstIdBehindContents(): string | undefined {
  if (!document.querySelector('.weft-navigation')) return undefined
  return document.querySelector('.weft-chapter :is(h1,h2,h3,h4,h5,h6)')?.id
}
