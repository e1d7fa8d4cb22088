import { inflateSync } from 'node:zlib'

/**
 * Gives the texts of a PDF that nobody sees on its pages: its own data, in which strings are as they are printed, and
 * the files that are attached to it.
 */
export function pdfTexts(pdf: Uint8Array): string[] {
  const raw = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length).toString('latin1')
  const outside: string[] = []
  const attached: string[] = []
  let from = 0
  for (const { index, 0: word } of raw.matchAll(/\bstream\r?\n/g)) {
    if (index < from) continue
    const start = index + word.length
    const end = raw.indexOf('endstream', start)
    if (end < 0) break
    outside.push(raw.slice(from, index))
    const dictionary = raw.slice(raw.lastIndexOf(' obj', index), index)
    if (dictionary.includes('/EmbeddedFile'))
      attached.push(unpacked(Buffer.from(raw.slice(start, end), 'latin1')).toString('utf8'))
    from = end
  }
  outside.push(raw.slice(from))
  return [readableStrings(outside.join('\n')), ...attached]
}

// Another program may have attached it as it is.
function unpacked(stream: Buffer): Buffer {
  try {
    return inflateSync(stream)
  } catch {
    return stream
  }
}

// Those in UTF-16 are written as hexadecimal digits.
function readableStrings(text: string): string {
  const plain = text.replace(/\\([\\()])/g, '$1')
  return plain.replace(/<FEFF([0-9A-Fa-f]*)>/g, (_, digits: string) =>
    Buffer.from(digits.slice(0, digits.length - (digits.length % 4)), 'hex')
      .swap16()
      .toString('utf16le'),
  )
}
