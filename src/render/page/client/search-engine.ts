import MiniSearch from 'minisearch'

/** What a search looks through: a title, what it stands in, and words. */
interface Searched {
  readonly title: string
  readonly chapter: string
  readonly text: string
}

const mostResults = 12

/** Opens a search; gives the places of what it finds, the best first. */
export function openEngine(entries: readonly Searched[]): (query: string) => number[] {
  const engine = new MiniSearch<Searched & { id: number }>({
    fields: ['title', 'chapter', 'text'],
    tokenize: wordsOf,
    searchOptions: { prefix: true, fuzzy: 0.15, combineWith: 'AND', boost: { title: 4, chapter: 1.5 } },
  })
  engine.addAll(entries.map((entry, id) => ({ ...entry, id })))
  return (query) =>
    engine
      .search(query)
      .slice(0, mostResults)
      .map(({ id }) => id as number)
}

const segmenter = new Intl.Segmenter(document.documentElement.lang || undefined, { granularity: 'word' })

// In Japanese and Chinese no spaces part the words. Names in code are found by their parts too.
function wordsOf(text: string): string[] {
  const words = [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment] : [],
  )
  return words.flatMap((word) => {
    const parts = word.split(/[_.:]|(?<=\p{Ll})(?=\p{Lu})/u).filter(Boolean)
    return parts.length > 1 ? [word, ...parts] : [word]
  })
}
