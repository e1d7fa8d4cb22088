/** The objects of a PDF as Chromium writes them, by number: text where each begins, and the trailer. */
export interface PdfObjects {
  /** The first number that no object has. */
  readonly size: number
  /** The dictionary of an object. */
  read(number: number): string
  /** The number that the trailer has for `Root` or `Info`. */
  top(name: 'Root' | 'Info'): number
  /**
   * Appends other contents for some objects, and new objects from `size` on; everything before them keeps its bytes.
   * A content is text, or bytes as text (`latin1`).
   */
  amend(changes: ReadonlyMap<number, string>): Uint8Array
}

/** Opens a PDF with plain tables of references, also one that was amended. Throws if it is written otherwise. */
export function openObjects(pdf: Uint8Array): PdfObjects {
  const text = Buffer.from(pdf).toString('latin1')
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-64))?.[1] ?? Number.NaN)
  const { offsets, trailer } = readTables(text, start)
  const size = Number(/\/Size (\d+)/.exec(trailer)?.[1])
  return {
    size,
    read(number) {
      const at = text.slice(offsets.get(number), text.indexOf('endobj', offsets.get(number)))
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
      const plain = trailer
        .replace(/\/Prev \d+/, '')
        .replace(/\/Size \d+/, `/Size ${Math.max(size, ...[...changes.keys()].map((number) => number + 1))}`)
        .trim()
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

// Each table names the one before it, whose places hold for the objects that it has not changed.
function readTables(text: string, start: number): { offsets: Map<number, number>; trailer: string } {
  const offsets = new Map<number, number>()
  let last: string | undefined
  let at: number | undefined = start
  while (at !== undefined) {
    const table: string = text.slice(at, text.indexOf('startxref', at))
    const [, tables, trailer] = /^xref\s+([\d\snf]*)trailer\s*<<([\s\S]*?)>>\s*$/.exec(table) ?? []
    if (tables === undefined || trailer === undefined)
      throw new Error('Unexpected PDF, expected a plain table of references, found none')
    for (const [number, offset] of entriesIn(tables)) if (!offsets.has(number)) offsets.set(number, offset)
    last ??= trailer
    const before = /\/Prev (\d+)/.exec(trailer)?.[1]
    at = before === undefined ? undefined : Number(before)
  }
  return { offsets, trailer: last! }
}

function entriesIn(tables: string): [number, number][] {
  const entries: [number, number][] = []
  let next = 0
  for (const [, offset, first] of tables.matchAll(/(\d{10}) \d{5} [nf]|(\d+) \d+/g)) {
    if (first !== undefined) next = Number(first)
    else entries.push([next++, Number(offset)])
  }
  return entries
}

function append(
  length: number,
  changes: ReadonlyMap<number, string>,
): { readonly text: string; readonly xref: number } {
  const parts = ['\n']
  let at = length + 1
  let table = 'xref\n'
  for (const [number, content] of [...changes].sort(([a], [b]) => a - b)) {
    const object = `${number} 0 obj\n${content}\nendobj\n`
    table += `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`
    parts.push(object)
    at += object.length
  }
  return { text: parts.join('') + table, xref: at }
}
