/** The objects of a PDF as Chromium writes them, by number: text where each begins, and the trailer. */
export interface PdfObjects {
  /** The dictionary of an object. */
  read(number: number): string
  /** The number that the trailer has for `Root` or `Info`. */
  top(name: 'Root' | 'Info'): number
  /** Appends other dictionaries for some objects; everything before them keeps its bytes. */
  amend(changes: ReadonlyMap<number, string>): Uint8Array
}

/** Opens a PDF with one plain table of references. Throws if it is written otherwise. */
export function openObjects(pdf: Uint8Array): PdfObjects {
  const text = Buffer.from(pdf).toString('latin1')
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? Number.NaN)
  const table = /^xref\s+0 (\d+)\s*\n([\s\S]*)trailer\s*<<([\s\S]*?)>>\s*startxref/.exec(text.slice(start))
  if (!table) throw new Error('Unexpected PDF, expected a plain table of references, found none')
  const [, , entries, trailer] = table as unknown as [string, string, string, string]
  const offsets = [...entries.matchAll(/(\d{10}) \d{5} [nf]/g)].map(([, offset]) => Number(offset))
  return {
    read(number) {
      const at = text.slice(offsets[number], text.indexOf('endobj', offsets[number]))
      const found = new RegExp(`^${number} 0 obj\\s*([\\s\\S]*?)\\s*$`).exec(at)?.[1]
      if (found === undefined) throw new Error(`Unexpected PDF, expected object ${number}, found none`)
      return found
    },
    top(name) {
      return reference(trailer, name) ?? Number.NaN
    },
    amend(changes) {
      if (changes.size === 0) return pdf
      const appended = append(pdf.length, changes)
      const plain = trailer.replace(/\/Prev \d+/, '').trim()
      const end = `trailer\n<<${plain}\n/Prev ${start}>>\nstartxref\n${appended.xref}\n%%EOF\n`
      return new Uint8Array(Buffer.concat([pdf, Buffer.from(`${appended.text}${end}`, 'latin1')]))
    },
  }
}

/** Finds the object that a dictionary refers to by a name. */
export function reference(dictionary: string, name: string): number | undefined {
  const found = new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** Writes a text as a PDF has it: as it stands, or in UTF-16. */
export function pdfString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `(${text.replace(/[\\()]/g, '\\$&')})`
  return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`
}

function append(
  length: number,
  changes: ReadonlyMap<number, string>,
): { readonly text: string; readonly xref: number } {
  let text = '\n'
  let table = 'xref\n'
  for (const [number, dictionary] of [...changes].sort(([a], [b]) => a - b)) {
    table += `${number} 1\n${String(length + text.length).padStart(10, '0')} 00000 n \n`
    text += `${number} 0 obj\n${dictionary}\nendobj\n`
  }
  return { text: text + table, xref: length + text.length }
}
