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

const nameOfNode = /\(node(\d{8})\)/g
/** An index of names: the least and the largest, then each with its element. */
const indexOfNodes =
  /(\/Limits \[)\(node\d{8}\) \(node\d{8}\)(\]\s*\/Names \[)((?:\(node\d{8}\) \d+ 0 R ?)+)(?=\])/g

/**
 * Numbers the names of a PDF's structure elements from 1, as they come in its bytes, and sorts their index. Chromium
 * numbers a node when it first needs its number, also to paint it on a screen: two prints of one page differ in the
 * numbers and in their order. Keeps lengths, hence all offsets; without one index of all names it keeps the order too.
 */
export function numberNodes(pdf: Uint8Array): Uint8Array {
  const text = Buffer.from(pdf).toString('latin1')
  const used = [...new Set(Array.from(text.matchAll(nameOfNode), ([, number]) => number!))]
  if (used.length === 0) return pdf
  if (text.match(indexOfNodes)?.length !== 1) used.sort()
  const numbers = new Map(used.map((number, index) => [number, String(index + 1).padStart(8, '0')]))
  const numbered = text.replace(nameOfNode, (_, number: string) => `(node${numbers.get(number)})`)
  return new Uint8Array(Buffer.from(numbered.replace(indexOfNodes, sortedIndex), 'latin1'))
}

function sortedIndex(_: string, limits: string, names: string, entries: string): string {
  const sorted = entries.match(/\(node\d{8}\) \d+ 0 R/g)!.sort()
  const [first, last] = [sorted[0], sorted.at(-1)].map((entry) => /^\S+/.exec(entry!)![0])
  return `${limits}${first} ${last}${names}${sorted.join(' ')}`
}
