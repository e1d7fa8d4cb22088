import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { openObjects, pdfString } from './amend.ts'
import { pdfDate } from './same-bytes.ts'

/** A file to put into a PDF. */
export interface Attachment {
  /** Its path as readers are shown it, with `/`. */
  readonly name: string
  /** Such as `text/markdown`. */
  readonly type: string
  /** What it is to the document: what it was made from, or data behind it (ISO 32000-2, table 43). */
  readonly relationship: 'Source' | 'Data'
  readonly bytes: Uint8Array
}

/**
 * Puts files into a PDF (ISO 32000-1, 7.11.4), deflated, with their size and MD5, dated like the document; everything
 * before them keeps its bytes. Equal files give equal bytes, in whatever order they come. Throws if two have one
 * name, or the PDF has files already.
 */
export function attachFiles(pdf: Uint8Array, files: readonly Attachment[], date: Date): Uint8Array {
  if (files.length === 0) return pdf
  const objects = openObjects(pdf)
  const root = objects.top('Root')
  const catalog = objects.read(root)
  if (/\/(?:Names|AF)\b/.test(catalog)) throw new Error('Unexpected PDF, expected one without files in it')
  const sorted = sortedByName(files)
  const changes = new Map<number, string>()
  const names = sorted.map((file, index) => {
    const stream = objects.size + 2 * index
    changes.set(stream, streamOf(file, pdfDate(date)))
    changes.set(stream + 1, specificationOf(file, stream))
    return `${pdfString(file.name)} ${stream + 1} 0 R`
  })
  const all = sorted.map((_, index) => `${objects.size + 2 * index + 1} 0 R`)
  const entries = `/Names <</EmbeddedFiles <</Names [${names.join('\n')}]>>>>\n/AF [${all.join(' ')}]\n`
  changes.set(
    root,
    catalog.replace(/^<</, () => `<<${entries}`),
  )
  return objects.amend(changes)
}

// Readers look names up by halving the list, so that its order is that of the bytes.
function sortedByName(files: readonly Attachment[]): Attachment[] {
  const keyed = files.map((file) => ({ file, key: keyOf(file.name) }))
  keyed.sort((one, other) => Buffer.compare(one.key, other.key))
  const duplicate = keyed.find(({ key }, index) => index > 0 && key.equals(keyed[index - 1]!.key))
  if (duplicate) throw new Error(`Cannot attach two files \`${duplicate.file.name}\``)
  return keyed.map(({ file }) => file)
}

function keyOf(name: string): Buffer {
  const utf16 = /^<(.*)>$/.exec(pdfString(name))?.[1]
  return utf16 === undefined ? Buffer.from(name, 'latin1') : Buffer.from(utf16, 'hex')
}

function streamOf({ bytes, type }: Attachment, date: string): string {
  const deflated = deflateSync(bytes)
  const sum = createHash('md5').update(bytes).digest('hex').toUpperCase()
  const subtype = type.replace(/[^A-Za-z0-9.+-]/g, (sign) => `#${Buffer.from(sign).toString('hex')}`)
  const params = `<</Size ${bytes.length} /CreationDate ${date} /ModDate ${date} /CheckSum <${sum}>>>`
  const dictionary = `<</Type /EmbeddedFile /Subtype /${subtype} /Params ${params} /Filter /FlateDecode /Length ${deflated.length}>>`
  return `${dictionary}\nstream\n${deflated.toString('latin1')}\nendstream`
}

function specificationOf({ name, relationship }: Attachment, stream: number): string {
  const text = pdfString(name)
  return `<</Type /Filespec /F ${text} /UF ${text} /AFRelationship /${relationship} /EF <</F ${stream} 0 R /UF ${stream} 0 R>>>>`
}
