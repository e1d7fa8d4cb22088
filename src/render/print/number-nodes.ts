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
