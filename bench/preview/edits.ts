/** One change of a file, and the words by which a page shows it. */
export interface Edit {
  readonly kind: 'prose' | 'heading' | 'caption' | 'value' | 'citation' | 'cell'
  /** Relative to the report's folder. */
  readonly file: string
  readonly text: string
  readonly shows: string
}

interface Chapter {
  readonly file: string
  readonly text: string
}

/** Spreads edits of one word over the paragraphs of chapters; each is made to the chapter as it was. */
export function proseEdits(chapters: readonly Chapter[], count: number): Edit[] {
  const places = chapters.flatMap(({ file, text }) => paragraphsOf(text).map((at) => ({ file, text, at })))
  return Array.from({ length: count }, (_, index): Edit => {
    const { file, text, at } = places[Math.floor(((index + 0.5) * places.length) / count)]!
    const word = `edited${index}`
    return { kind: 'prose', file, text: withWord(text, at, word), shows: word }
  })
}

/** Edits that change the numbers of headings or tables, values or citations elsewhere, or run a cell: some of each kind. */
export function structuralEdits(chapters: readonly Chapter[], bibliography: string, count: number): Edit[] {
  const long = chapters.filter(({ text }) => paragraphsOf(text).length > 5)
  const keys = [...bibliography.matchAll(/^@\w+\{([^,\s]+),/gm)].map(([, key]) => key!)
  return Array.from({ length: count }, (_, index) => {
    const { file, text } = long[index % long.length]!
    const [first] = paragraphsOf(text)
    const word = `numbered${index}`
    const table = `| one |\n|---|\n| two |\n\n: Caption ${word} {#tbl-bench}\n\n`
    return [
      { kind: 'heading', file, text: inserted(text, first!, `## Heading ${word}\n\n`), shows: word },
      { kind: 'caption', file, text: inserted(text, first!, table), shows: word },
      { kind: 'value', file, text: withWord(text, first!, `${word} \`{ts} 1 + ${index}\``), shows: word },
      {
        ...{ kind: 'citation', file, shows: word },
        text: withWord(text, first!, `${word} [@${keys[index % keys.length]}]`),
      },
      {
        ...{ kind: 'cell', file, shows: word },
        text: inserted(text, first!, `\`\`\`ts exec #bench-cell\nexport default 'cell ${word}'\n\`\`\`\n\n`),
      },
    ] satisfies Edit[]
  }).flat()
}

// Where paragraphs of prose begin: lines of words after an empty one, outside of fences and front matter.
function paragraphsOf(text: string): number[] {
  const places: number[] = []
  let [at, isFenced, isAfterGap] = [0, false, false]
  for (const line of text
    .replace(/^---\n[\s\S]*?\n---\n/, (front) => front.replace(/[^\n]/g, '-'))
    .split('\n')) {
    if (line.startsWith('```')) isFenced = !isFenced
    if (!isFenced && isAfterGap && /^[A-Z][a-z]* [a-z]+ .{60}/.test(line)) places.push(at)
    isAfterGap = line === ''
    at += line.length + 1
  }
  return places
}

function withWord(text: string, at: number, word: string): string {
  return inserted(text, text.indexOf(' ', at), ` ${word}`)
}

function inserted(text: string, at: number, words: string): string {
  return text.slice(0, at) + words + text.slice(at)
}
