import type { Random } from '../../src/statistics/random.ts'
import type { Sources } from './sources.ts'

/** Makes a random edit: gives its description and the changed project; undefined if there is nothing to change. */
export type RandomEdit = (
  random: Random,
  sources: Sources,
) => { readonly what: string; readonly sources: Sources } | undefined

/** Draws an item of a list; throws if it is empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  if (list.length === 0) throw new Error('Cannot pick from an empty list')
  return list[random.below(list.length)]!
}

/** Random edits of texts. Each may break the report, but none makes a cell or job run for long. */
export const textEdits: Readonly<Record<string, RandomEdit>> = {
  number: inText(/^(report-src|src|data)\//, /(?<!timeout=)\b\d+(\.\d+)?\b/g, (random) =>
    pick(random, ['0', '1', '2', '3', '5', '7', '0.25', '1.5', '40']),
  ),
  operator: inText(/^(report-src\/.*md|src\/.*ts)$/, / (\*\*|[-+*/<>]|[<>]=) /g, (random) =>
    pick(random, [' + ', ' - ', ' * ', ' / ', ' < ', ' > ', ' <= ']),
  ),
  comment: inText(
    /^src\/.*ts$/,
    /^(?=export|import|\/\/|$)/gm,
    (random) => `// Nothing ${random.below(9)}.\n`,
  ),
  'comment of a cell': inText(
    /^report-src\/.*md$/,
    /^trace\(/gm,
    (random) => `/* ${random.below(9)} */ trace(`,
  ),
  space: inText(/^(report-src\/.*md|src\/.*ts)$/, / (?=[=+*/{}<>(])/g, () => '  '),
  'blank line': inText(/^(report-src\/.*md|src\/.*ts|data\/.*)$/, /\n\n/g, () => '\n\n\n'),
  word: inText(/^(report-src|src|data)\//, /\b(the|of|rows|loss|first|low|Sizes|them|line)\b/gi, (random) =>
    pick(random, ['many', 'few', 'all', 'some']),
  ),
  quotes: inText(/^(report-src\/.*md|src\/.*ts)$/, /'([^'"\n]+)'/g, (_, text) => `"${text.slice(1, -1)}"`),
  'unused function': inText(/^src\/.*ts$/, /$(?![\s\S])/g, (random) => {
    const value = random.below(100)
    return `export const unused${value} = () => ${value}\n`
  }),
  type: inText(/^(report-src\/.*md|src\/.*ts)$/, /: (number|string)\b/g, () => ': unknown | any'),
  imports: inText(/^(report-src\/.*md|src\/.*ts)$/, /^(import .*\n)(import .*\n)/gm, (_, text) => {
    const [first, second] = text.split('\n')
    return `${second}\n${first}\n`
  }),
  'import taken away': inText(/^(report-src\/.*md|src\/.*ts)$/, /^import .*\n/gm, () => ''),
  'line ends': inText(/^(report-src|src|data)\//, /^[\s\S]+$/g, (_, text) =>
    text.includes('\r') ? text.replaceAll('\r\n', '\n') : text.replaceAll('\n', '\r\n'),
  ),
  'byte order mark': inText(/^(report-src|src|data)\//, /^[\s\S]+$/g, (_, text) =>
    text.startsWith('\uFEFF') ? text.slice(1) : `\uFEFF${text}`,
  ),
  option: inText(
    /^report-src\/.*md$/,
    /```ts exec #[a-z-]+/g,
    (random, text) =>
      `${text} ${pick(random, ['echo=show', 'echo=fold', 'caption="Drawn."', 'eval=false', 'timeout=40s'])}`,
  ),
  label: inText(/^report-src\/.*md$/, /(?<=exec #)[a-z-]+/g, (random, text) => `${text}-${random.below(9)}`),
  byte: inText(/^data\//, /[a-z0-9]/g, (random) => pick(random, ['a', 'x', '1', '8'])),
  line: inText(/^data\/.*(csv|dat|txt)$/, /(?<=\n).+\n/g, (random, text) =>
    random.below(2) ? '' : text + text,
  ),
}

/** Makes an edit that changes one match of `places` in the files whose path matches. */
function inText(files: RegExp, places: RegExp, change: (random: Random, text: string) => string): RandomEdit {
  return (random, sources) => {
    const found = Object.entries(sources).flatMap(([file, text]) =>
      files.test(file) ? [...text.matchAll(places)].map((match) => ({ file, text, match })) : [],
    )
    if (found.length === 0) return undefined
    const { file, text, match } = pick(random, found)
    const [old] = match
    const made = change(random, old)
    const line = text.slice(0, match.index).split('\n').length
    return {
      what: `${file}:${line} ${brief(old)} -> ${brief(made)}`,
      sources: {
        ...sources,
        [file]: text.slice(0, match.index) + made + text.slice(match.index + old.length),
      },
    }
  }
}

function brief(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text)
}
