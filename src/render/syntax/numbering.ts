interface HeadingOf {
  readonly depth: number
  /** Whether it has no number, nor those below it. */
  readonly isUnnumbered: boolean
  /** Whether appendices begin with it. */
  readonly isAppendix: boolean
}

/** Numbers what stands in a report, in order. */
interface Numbering {
  /** Begins a chapter: an unnumbered heading of the one before it has nothing below it here. */
  beginChapter(): void
  /** Gives the number of the next heading: `2.1`, or `A.1` in an appendix; an empty one if it has none. */
  heading(heading: HeadingOf): string
  /** Gives the number of the next thing of a kind: `7`, or `A.1` in an appendix. */
  next(kind: string): string
}

// Deeper than any heading.
const none = 7

/**
 * Begins to number a report. With a heading that begins appendices it and those of its level after it have letters; what
 * has a number there begins anew with each letter.
 */
export function openNumbering(): Numbering {
  const counts = [0, 0, 0, 0, 0, 0]
  const kinds = new Map<string, number>()
  let inAppendix = new Map<string, number>()
  // The level of the headings that are appendices.
  let appendixDepth: number | undefined
  let appendices = 0
  let unnumberedDepth = none
  return {
    beginChapter() {
      unnumberedDepth = none
    },
    heading({ depth, isAppendix, isUnnumbered }) {
      if (depth <= unnumberedDepth) unnumberedDepth = isUnnumbered ? depth : none
      if (unnumberedDepth !== none) return ''
      if (isAppendix && (appendixDepth === undefined || depth < appendixDepth)) appendixDepth = depth
      if (appendixDepth !== undefined && depth < appendixDepth) appendixDepth = undefined
      if (appendixDepth === depth) {
        appendices += 1
        inAppendix = new Map()
        counts.fill(0, depth - 1)
        return letters(appendices)
      }
      counts[depth - 1]!++
      counts.fill(0, depth)
      if (appendixDepth === undefined) return counts.slice(0, depth).join('.')
      return [letters(appendices), ...counts.slice(appendixDepth, depth)].join('.')
    },
    next(kind) {
      const own = appendixDepth === undefined ? kinds : inAppendix
      const count = (own.get(kind) ?? 0) + 1
      own.set(kind, count)
      return appendixDepth === undefined ? String(count) : `${letters(appendices)}.${count}`
    },
  }
}

function letters(count: number): string {
  const rest = Math.floor((count - 1) / 26)
  const last = String.fromCharCode(65 + ((count - 1) % 26))
  return rest === 0 ? last : letters(rest) + last
}

/** Gives the letters of a part of a figure: `a` for the first, `aa` for the one after `z`. */
export function partLetter(index: number): string {
  return letters(index + 1).toLowerCase()
}
