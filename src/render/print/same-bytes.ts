/**
 * Gives a PDF the date instead of the moment of its printing: the only bytes in which two prints by one browser
 * differ. Keeps the length, hence all offsets. Throws if the PDF has no such dates.
 */
export function setDates(pdf: Uint8Array, date: Date): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1')
  const stamp = pdfDate(date)
  let found = 0
  const dated = text.replace(/\/(CreationDate|ModDate) \(D:\d{14}[^)]*\)/g, (entry, name: string) => {
    found++
    const plain = `/${name} ${stamp.slice(0, -1)}`
    if (plain.length >= entry.length)
      throw new Error(`Unexpected date in the PDF, ${entry}, expected ${plain})`)
    return `${plain})`.padEnd(entry.length)
  })
  if (found === 0) throw new Error('Unexpected PDF, expected a date of creation, found none')
  return new Uint8Array(Buffer.from(dated, 'latin1'))
}

/** Gives the instant that a document is dated, of a build: SOURCE_DATE_EPOCH, else the day, else 1980. */
export function documentDate(day: string | undefined, epoch: string | undefined): Date {
  if (epoch !== undefined && /^\d+$/.test(epoch)) return new Date(Number(epoch) * 1000)
  const named = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(named.getTime()) ? new Date('1980-01-01T00:00:00Z') : named
}

/** Writes an instant as a PDF has it. */
export function pdfDate(date: Date): string {
  return `(D:${date.toISOString().replace(/\D/g, '').slice(0, 14)}+00'00')`
}

/**
 * Numbers the names of a PDF's structure elements from 1, in their order: Chromium counts all nodes that it ever
 * made, so that two prints of one page differ in them. Keeps lengths, hence all offsets, and the order of names.
 */
export function numberNodes(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1')
  const pattern = /\(node(\d{8})\)/g
  const used = [...new Set(Array.from(text.matchAll(pattern), ([, number]) => number!))].sort()
  if (used.length === 0) return pdf
  const numbers = new Map(used.map((number, index) => [number, String(index + 1).padStart(8, '0')]))
  return new Uint8Array(
    Buffer.from(
      text.replace(pattern, (_, number: string) => `(node${numbers.get(number)})`),
      'latin1',
    ),
  )
}
