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
