/** A part of a text, and whether it is a word that was searched for. */
interface Piece {
  readonly text: string
  readonly isFound: boolean
}

const before = 40
const longest = 150

/** Gives the part of a text round the longest word of a query, in pieces. The text begins there where it has none. */
export function snippetOf(text: string, query: string): Piece[] {
  const words = query.split(/\s+/).filter((word) => word.length > 1)
  const rarest = words.toSorted((one, other) => other.length - one.length)[0] ?? ''
  const pattern = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')
  const found = pattern === '' ? undefined : new RegExp(`(${pattern})`, 'giu')
  const at = Math.max(0, text.toLowerCase().indexOf(rarest.toLowerCase()))
  const start = at <= before ? 0 : text.indexOf(' ', at - before) + 1
  const end = start + longest >= text.length ? text.length : text.lastIndexOf(' ', start + longest)
  const cut = text.slice(start, end > start ? end : start + longest)
  const whole = `${start > 0 ? '… ' : ''}${cut}${start + cut.length < text.length ? ' …' : ''}`
  const pieces = found ? whole.split(found) : [whole]
  return pieces
    .map((piece, index) => ({ text: piece, isFound: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}
