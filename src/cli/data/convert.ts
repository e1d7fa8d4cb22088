import { h5Normalisations, h5Types } from '../../experiments/data/h5-header.ts'
import type { H5WriteOptions } from '../../experiments/data/h5-writer.ts'
import { writeH5 } from '../../experiments/data/h5-writer.ts'
import type { IdxPaths } from '../../experiments/data/idx-rows.ts'
import { readIdxRows } from '../../experiments/data/idx-rows.ts'
import type { LetterRows } from '../../experiments/data/letter-rows.ts'
import type { LeftOut } from '../../experiments/data/png-tree.ts'
import { openPngTree } from '../../experiments/data/png-tree.ts'
import type { Amount } from '../../experiments/data/progress.ts'
import { tenths } from '../../experiments/data/progress.ts'
import { synthesise } from '../../experiments/data/synthesise.ts'
import { count } from '../../render/output/format.ts'
import { oneOf, readOptions, wholeNumber } from '../read-options.ts'
import { withProgress } from './console.ts'
import { writeAside } from './write-aside.ts'

const options = {
  to: { type: 'string' },
  images: { type: 'string' },
  labels: { type: 'string' },
  'test-images': { type: 'string' },
  'test-labels': { type: 'string' },
  folder: { type: 'string' },
  'stand-in': { type: 'string' },
  test: { type: 'string' },
  seed: { type: 'string' },
  type: { type: 'string' },
  normalisation: { type: 'string' },
  chunked: { type: 'string' },
  gzip: { type: 'string' },
  overwrite: { type: 'boolean' },
} as const

/** Writing fewer rows takes less than a second, so it shows no progress. */
const longRows = 20_000

/** Options whose number may be omitted, with its default. */
const implied = { '--chunked': '1000', '--gzip': '4' }

/** Runs `weft data convert`: writes a data.h5 from one of the sources. Gives the text to print. */
export async function convert(args: readonly string[], signal: AbortSignal): Promise<string> {
  const { values, positionals } = readOptions(withImplied(args), options)
  if (positionals.length > 0) {
    throw new Error(
      `Unexpected ${positionals.join(' ')}, expected options only: write \`weft data convert --to data.h5 ...\``,
    )
  }
  const { to } = values
  if (to === undefined)
    throw new Error('Cannot convert, expected --to FILE, found none: see `weft data --help`')
  const format = readFormat(values)
  const source = readSource(values)
  const written = await withProgress((report) =>
    writeAside(to, { overwrite: values.overwrite ?? false }, async (temporary) => {
      const { rows, leftOut } = await openSource(source)
      const progress = progressOf({ name: to, total: rows.rows, unit: 'rows' }, report)
      const done = await writeH5(temporary, rows, { ...format, signal, progress })
      return { ...done, leftOut: leftOut() }
    }),
  )
  return [
    `${to}: trainData ${count(written.train)} x 785, testData ${count(written.test)} x 785, ${format.type}, ${format.normalisation}\n`,
    ...written.leftOut,
  ].join('')
}

/** Adds omitted numbers, since Node's parser has no options with an optional value. */
function withImplied(args: readonly string[]): string[] {
  return args.map((arg, index) => {
    if (!(arg in implied) || /^\d/.test(args[index + 1] ?? '')) return arg
    return `${arg}=${implied[arg as keyof typeof implied]}`
  })
}

type Values = Readonly<Partial<Record<keyof typeof options, string | boolean>>>

function readFormat(
  values: Values,
): H5WriteOptions & Required<Pick<H5WriteOptions, 'type' | 'normalisation'>> {
  const type = oneOf('--type', text(values.type) ?? 'float64', namesOf(h5Types))
  const usual = type === 'uint8' ? 'bytes' : 'centred'
  const normalisation = oneOf(
    '--normalisation',
    text(values.normalisation) ?? usual,
    namesOf(h5Normalisations),
  )
  if (type === 'uint8' && normalisation !== 'bytes') {
    throw new Error(`Unexpected --normalisation ${normalisation} with --type uint8, expected bytes`)
  }
  const gzip = text(values.gzip)
  const chunked = text(values.chunked) ?? (gzip === undefined ? undefined : implied['--chunked'])
  return {
    type,
    normalisation,
    chunkRows: chunked === undefined ? undefined : wholeNumber('--chunked', chunked, 1, 10_000),
    gzip: gzip === undefined ? undefined : wholeNumber('--gzip', gzip, 1, 9),
  }
}

function readSource(values: Values): SourceOptions {
  const sources = (['images', 'folder', 'stand-in'] as const).filter((name) => values[name] !== undefined)
  const [kind, other] = sources
  if (kind === undefined) {
    throw new Error(
      'Cannot convert, expected --images, --folder or --stand-in, found none: see `weft data --help`',
    )
  }
  if (other !== undefined) throw new Error(`Unexpected --${other} with --${kind}, expected one source`)
  const seed = wholeNumber('--seed', text(values.seed) ?? '1', 0)
  const test = values.test === undefined ? undefined : wholeNumber('--test', text(values.test)!, 1)
  if (kind === 'images') return readIdxSource(values, test)
  refuse(values, ['labels', 'test-images', 'test-labels'], `--${kind}`)
  if (kind === 'folder') return { kind, folder: text(values.folder)!, test, seed }
  return { kind, train: wholeNumber('--stand-in', text(values['stand-in'])!, 1, 10_000_000), test, seed }
}

function readIdxSource(values: Values, test: number | undefined): SourceOptions {
  refuse(values, ['seed'], '--images')
  const [images, labels] = [text(values.images)!, text(values.labels)]
  if (labels === undefined)
    throw new Error('Cannot convert, expected --labels FILE with --images, found none')
  const [testImages, testLabels] = [text(values['test-images']), text(values['test-labels'])]
  if ((testImages === undefined) !== (testLabels === undefined)) {
    throw new Error('Cannot convert, expected --test-images and --test-labels, found one of them')
  }
  if ((testImages === undefined) === (test === undefined)) {
    const found = test === undefined ? 'neither' : 'both'
    throw new Error(`Cannot convert, expected --test N or --test-images and --test-labels, found ${found}`)
  }
  const pair = testImages === undefined ? test! : { images: testImages, labels: testLabels! }
  return { kind: 'images', train: { images, labels }, test: pair }
}

function refuse(values: Values, names: readonly (keyof Values)[], source: string): void {
  const wrong = names.find((name) => values[name] !== undefined)
  if (wrong !== undefined)
    throw new Error(`Unexpected --${wrong} with ${source}, expected it not to be given`)
}

function progressOf(whole: Amount, report: (line: string) => void): H5WriteOptions['progress'] {
  return whole.total < longRows ? undefined : tenths(report, whole)
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function namesOf<T extends object>(of: T): (keyof T & string)[] {
  return Object.keys(of) as (keyof T & string)[]
}

/** The source of the rows of `weft data convert`. */
type SourceOptions =
  | { readonly kind: 'images'; readonly train: IdxPaths; readonly test: IdxPaths | number }
  | { readonly kind: 'folder'; readonly folder: string; readonly test?: number; readonly seed: number }
  | { readonly kind: 'stand-in'; readonly train: number; readonly test?: number; readonly seed: number }

/** Rows to write. */
interface Source {
  readonly rows: LetterRows
  /** Gives lines that list the omitted files, once all rows are read. */
  leftOut(): readonly string[]
}

const namedAtMost = 10

/** Opens the source of rows that the options name. */
async function openSource(options: SourceOptions): Promise<Source> {
  if (options.kind === 'images') {
    return { rows: await readIdxRows(options.train, options.test), leftOut: () => [] }
  }
  const { test, seed } = options
  if (options.kind === 'folder') {
    const tree = await openPngTree(options.folder, { test, seed })
    return { rows: tree, leftOut: () => summary(tree.leftOut, tree.rows) }
  }
  const { train } = options
  const rows = await synthesise({ train, test: test ?? Math.max(1, Math.floor(train / 10)), seed })
  return { rows, leftOut: () => [] }
}

function summary(leftOut: readonly LeftOut[], files: number): string[] {
  if (leftOut.length === 0) return []
  const named = leftOut.slice(0, namedAtMost).map(({ path, reason }) => `  ${path}: ${reason}\n`)
  const more = leftOut.length - named.length
  return [
    `${count(leftOut.length)} of ${count(files)} files left out:\n`,
    ...named,
    ...(more > 0 ? [`  and ${count(more)} more\n`] : []),
  ]
}
