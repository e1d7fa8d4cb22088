/** How readers call a language, and its name in a fence. */
interface Language {
  readonly title: string
  readonly fence: string
}

const languages: { readonly [name: string]: Language } = {
  python: { title: 'Python', fence: 'python' },
  ipython: { title: 'Python', fence: 'python' },
  r: { title: 'R', fence: 'r' },
  julia: { title: 'Julia', fence: 'julia' },
  bash: { title: 'Shell', fence: 'bash' },
}

/** Says how a language is called, and what it is in a fence. */
export function languageNamed(name: string): Language {
  const plain = name.toLowerCase()
  return languages[plain] ?? { title: name, fence: plain.replace(/[^a-z0-9+#-]/g, '') || 'text' }
}

/** Says whether cells of this language become cells of a report, and in which language. */
export function runnable(language: string): 'ts' | 'js' | undefined {
  if (/^(?:typescript|ts|deno)$/.test(language)) return 'ts'
  return /^(?:javascript|js|node|ecmascript)$/.test(language) ? 'js' : undefined
}

/** Says what to write instead of code that a report cannot run, by what the code does. */
export function insteadOf(code: string): string {
  const hints = hintsOf.flatMap(([pattern, hint]) => (pattern.test(code) ? [hint] : []))
  const all = hints.length === 0 ? [other] : hints
  return `Write instead ${all.join('; ')}`
}

const other =
  'a `ts exec` cell, or let the code write its result as CSV or JSON before the build, and import that file'

const hintsOf: readonly (readonly [RegExp, string])[] = [
  [
    /read_csv|read\.csv|CSV\.read|read_json|fromJSON|read_excel/,
    "`import rows from './data.csv'` for the file that it reads",
  ],
  [
    /\b(?:plt|sns|px|go|alt)\.|ggplot|\bplot\(/,
    '`lineChart`, `barChart` or Vega-Lite (`weft/charts`) for what it draws',
  ],
  [/\b(?:keras|torch|tensorflow|tf|sklearn)\b/, 'an experiment with `weft/experiment` for what it trains'],
  [/\b(?:groupby|group_by|pivot|merge|summari[sz]e)\b/, 'arquero, or `Map` and `reduce`, for its tables'],
  [/\bprint\(|\bcat\(|println\(/, 'a value such as `{ts} mean` in a sentence for what it prints'],
]

/** A line of a cell that speaks to the kernel or to the shell. */
export interface Magic {
  readonly line: string
  readonly instead: string
}

/**
 * Finds lines such as `%matplotlib inline`, `!pip install x` or `%%bash`.
 *
 * @param isScript Whether it is TypeScript or JavaScript, where `!isDone` is an expression
 */
export function magicsIn(code: string, isScript: boolean): Magic[] {
  return code.split('\n').flatMap((text) => {
    const line = text.trim()
    const isMagic = isScript ? inScript.test(text) : /^(?:%{1,2}[a-zA-Z]|![^=\s]|\?{1,2}\w)/.test(line)
    return isMagic ? [{ line, instead: insteadOfMagic(line) }] : []
  })
}

// A command has a word after its name, an expression has none: `!npm install x`, but `!isDone && x`.
const inScript = /^(?:%{1,2}[a-zA-Z]|!\w[\w-]* +(?!(?:in|instanceof|as|satisfies)\b)(?:\w|--?[a-z]))/

function insteadOfMagic(line: string): string {
  if (/^[!%]\s*(?:pip|conda|npm|deno|yarn)\b/.test(line))
    return 'install packages with npm, once, before the build'
  if (line.startsWith('!') || /^%%(?:bash|sh|script|cmd)/.test(line)) return 'run it before the build'
  if (/^%(?:matplotlib|config|load_ext|autoreload)/.test(line))
    return 'leave it out: a report needs nothing in its place'
  if (/^%%?time/.test(line)) return 'leave it out: the record of each result has its time'
  return 'leave it out, or write TypeScript that does the same'
}
