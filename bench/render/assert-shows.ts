import { readFileSync } from 'node:fs'
import { pdfText } from '../../src/render/print/pdf-text.ts'
import type { Phase } from './candidate.ts'
import type { Document } from './document.ts'

/**
 * Reads a PDF and looks for the caption of each table and figure, a computed value of each table, and the word of this
 * phase.
 * @throws if one is missing, and names it
 */
export async function assertShows(path: string, { sections, edit }: Document, phase: Phase): Promise<void> {
  const text = squeeze((await pdfText(readFileSync(path))).join(''))
  const computed = sections.map(({ table }) => (Math.log(1 + table.growth) * table.rows).toFixed(4))
  const captions = sections.flatMap(({ table, figure }) => [table.caption, figure.caption])
  const word = phase === 'edited' ? edit.to : edit.from
  const missing = [word, ...captions, ...computed].find((each) => !text.includes(squeeze(each)))
  if (missing !== undefined) throw new Error(`its PDF in phase ${phase} lacks "${missing}"`)
}

function squeeze(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '')
}
