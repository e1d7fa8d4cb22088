/** What was taken from a piece of HTML, as a reader of messages knows it: `<script>`, `onclick=`. */
interface Harmless {
  readonly markup: string
  readonly removed: readonly string[]
  /** The element in which the piece ends: what follows is its text, up to its end tag. */
  readonly open?: { readonly name: string; readonly isKept: boolean }
}

/** Elements that run a program, load a document, or change where the page's links lead. */
export const programElements: ReadonlySet<string> = new Set(
  'script iframe frame frameset object embed applet portal fencedframe base meta link template noscript noembed noframes xmp plaintext'.split(
    ' ',
  ),
)

/** Between their tags a browser reads no other tags, except in drawings: there `<` stands for a tag again. */
const texts = new Set(['style', 'title', 'textarea'])

/** A browser reads no tags in them, and what they hold is nothing for readers. */
const programs = new Set(['script', 'iframe', 'noembed', 'noframes', 'xmp'])

/** Attributes with an address. */
const addresses = new Set(
  'href xlink:href src action formaction data poster background ping cite longdesc manifest codebase'.split(
    ' ',
  ),
)

const animations = new Set(['animate', 'animatetransform', 'animatemotion', 'set'])

interface Tag {
  readonly isEnd: boolean
  readonly name: string
  readonly attributes: readonly Attribute[]
  /** Index behind the tag. */
  readonly end: number
}

interface Attribute {
  readonly name: string
  readonly value: string
  readonly from: number
  readonly to: number
}

/**
 * Takes from a piece of HTML every program, event handler and frame, and leaves all else as it is. Gives undefined for
 * a piece that a browser could read otherwise than we do, such as one that ends within a tag.
 */
export function scanMarkup(source: string): Harmless | undefined {
  if (isPlain(source)) return { markup: source, removed: [] }
  const harmless = scanOnce(source)
  if (!harmless || harmless.removed.length === 0) return harmless
  // What was apart may now be a tag.
  return scanOnce(harmless.markup)?.removed.length === 0 ? harmless : undefined
}

// A tag as drawings, formulas and highlighted code have them: of a name that stands for no program and no text, with
// attributes that are neither addresses nor handlers, all in double quotes.
const plainNames = 'svg|g|path|line|rect|text|tspan|circle|span|code|pre'
const plainAttribute = `(?!on|srcdoc|${[...addresses].join('|')})[a-z][a-z\\d:-]*="[^"]*"`
const plainTag = new RegExp(`<(?:/(?:${plainNames})>|(?:${plainNames})(?: ${plainAttribute})*/?>)`, 'iy')

/** Says whether all tags of a piece are plain ones: many are long, and a drawing has hundreds. */
function isPlain(source: string): boolean {
  for (let at = source.indexOf('<'); at >= 0; at = source.indexOf('<', plainTag.lastIndex)) {
    plainTag.lastIndex = at
    if (!plainTag.test(source)) return false
  }
  return true
}

function scanOnce(source: string): Harmless | undefined {
  const kept: string[] = []
  const removed: string[] = []
  for (let at = 0; at < source.length; ) {
    const next = source.indexOf('<', at)
    kept.push(source.slice(at, next < 0 ? undefined : next))
    if (next < 0) break
    if (source.startsWith('<!--', next)) {
      const end = endOfComment(source, next)
      if (end === undefined) return undefined
      kept.push(source.slice(next, end))
      at = end
    } else if (/^<\/?[a-zA-Z]/.test(source.slice(next, next + 3))) {
      const tag = readTag(source, next)
      if (!tag) return undefined
      const faults = faultsOf(tag)
      removed.push(...faults.removed)
      if (!faults.isElement) kept.push(withoutSpans(source, next, tag.end, faults.spans))
      at = tag.end
      const rest = tag.isEnd ? undefined : restOf(source, tag)
      if (rest === 'unclear') return undefined
      if (rest === 'open') {
        const isKept = !faults.isElement
        if (isKept) kept.push(source.slice(tag.end))
        return { markup: kept.join(''), removed, open: { name: tag.name, isKept } }
      }
      if (rest !== undefined) at = rest
    } else if (/^<(?:[/!?]|$)/.test(source.slice(next, next + 2))) return undefined
    else {
      // As it is, a tag could begin with it once something behind it is gone.
      kept.push('&lt;')
      at = next + 1
    }
  }
  return { markup: kept.join(''), removed }
}

// `<!-->` and `<!--->` are whole comments.
function endOfComment(source: string, start: number): number | undefined {
  if (/^<!--(?:-?>)/.test(source.slice(start, start + 6))) return undefined
  const end = /--!?>/g
  end.lastIndex = start + 4
  const found = end.exec(source)
  return found ? end.lastIndex : undefined
}

/** Reads a tag as HTML's tokenizer does; undefined for one that does not end. */
function readTag(source: string, start: number): Tag | undefined {
  const head = /<(\/?)([a-zA-Z][^\t\n\f\r />]*)/y
  head.lastIndex = start
  const [, slash, name] = head.exec(source)!
  const attributes: Attribute[] = []
  const gap = /[\t\n\f\r /]*/y
  const named = /=?[^\t\n\f\r />=]*/y
  for (let at = head.lastIndex; ; ) {
    gap.lastIndex = at
    gap.exec(source)
    const from = gap.lastIndex
    if (from >= source.length) return undefined
    if (source[from] === '>')
      return { isEnd: slash === '/', name: name!.toLowerCase(), attributes, end: from + 1 }
    named.lastIndex = from
    const key = named.exec(source)![0]
    const value = readValue(source, named.lastIndex)
    if (!value) return undefined
    attributes.push({ name: key.toLowerCase(), value: value.text, from, to: value.end })
    at = value.end
  }
}

function readValue(source: string, at: number): { text: string; end: number } | undefined {
  const equals = /[\t\n\f\r ]*=[\t\n\f\r ]*/y
  equals.lastIndex = at
  if (!equals.test(source)) return { text: '', end: at }
  const from = equals.lastIndex
  const quote = source[from]
  if (quote === '"' || quote === "'") {
    const end = source.indexOf(quote, from + 1)
    return end < 0 ? undefined : { text: source.slice(from + 1, end), end: end + 1 }
  }
  const plain = /[^\t\n\f\r >]*/y
  plain.lastIndex = from
  const [text] = plain.exec(source)!
  return { text, end: plain.lastIndex }
}

interface Faults {
  readonly isElement: boolean
  readonly spans: readonly Attribute[]
  readonly removed: readonly string[]
}

function faultsOf({ isEnd, name, attributes }: Tag): Faults {
  const isProgram =
    programElements.has(name) ||
    (animations.has(name) &&
      attributes.some((one) => one.name === 'attributename' && /href|^\s*on|&/i.test(one.value)))
  if (isProgram) return { isElement: true, spans: [], removed: isEnd ? [] : [`<${name}>`] }
  const spans = attributes.filter((one) => isHarmful(name, one))
  return { isElement: false, spans, removed: spans.map((span) => `${span.name}=`) }
}

// An event handler, or an address that is a program.
function isHarmful(element: string, { name, value }: Attribute): boolean {
  if (name.startsWith('on') || name === 'srcdoc') return true
  if (!addresses.has(name)) return false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip them
  const address = value.replace(/[\u0000- ]/g, '')
  const [, scheme = '', mark] = /^([^/?#:&]*)([:&])/.exec(address) ?? []
  // A letter of the scheme, or its colon, may be written as a character reference.
  if (mark !== ':') return mark === '&'
  if (/^data$/i.test(scheme)) return element === 'a' || !/^data:(?:image|font|audio|video)\//i.test(address)
  return /^(?:java|vb)script$/i.test(scheme)
}

function withoutSpans(source: string, from: number, to: number, spans: readonly Attribute[]): string {
  let at = from
  const pieces: string[] = []
  for (const span of spans) {
    const before = source.slice(at, span.from)
    // Without the gap, what stands on both sides could become one attribute.
    pieces.push(/[\t\n\f\r >]/.test(source[span.to]!) ? before.trimEnd() : before)
    at = span.to
  }
  return [...pieces, source.slice(at, to)].join('')
}

// Behind the start of an element whose text is no markup: the index where we go on, or that the element is still open.
function restOf(source: string, { name, end }: Tag): number | 'open' | 'unclear' | undefined {
  if (!texts.has(name) && !programs.has(name)) return undefined
  const closing = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi')
  closing.lastIndex = end
  const found = closing.exec(source)
  if (programs.has(name)) return found ? found.index : 'open'
  if (source.slice(end, found?.index).includes('<')) return 'unclear'
  return found ? end : 'open'
}
