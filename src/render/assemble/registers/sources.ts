import { posix } from 'node:path'
import type { PhrasingContent, RootContent } from 'mdast'
import { minimatch } from 'minimatch'
import { element } from '../../model/element.ts'
import type { RegisterPlace } from '../../syntax/register-directive.ts'
import { type Facts, groupJobs } from './gather-facts.ts'
import { code as named, onPaper, onScreen, paragraph, text } from './nodes.ts'
import { printsList, type Register } from './register.ts'
import type { Speech } from './speech.ts'

/**
 * Shows the source files that cells import, directly or not, and the experiments that they run. `files` has patterns of
 * those to show, `src/graph/**, src/data/*.ts`. Paper has a sentence instead, unless `print=true`.
 */
export const sources: Register = {
  options: ['files', 'print'],
  isTable: false,
  make(facts, { attributes }, speech) {
    const isPrinted = printsList(attributes.print)
    const { say } = speech
    assertPatterns(facts, attributes)
    const files = chosenFiles(facts, attributes)
    if (files.length === 0) return [paragraph(say.sources.none)]
    const texts = files.map((path) => ({ path, source: sourceText(path, facts) }))
    // A file that another register prints is listed there alone.
    const others = isPrinted ? [] : listedSources(facts, ({ print = 'false' }) => /^(true)?$/.test(print))
    const own = texts.filter(({ path }) => !others.includes(path))
    const listings = foldersOf(own, speech, isPrinted)
    if (isPrinted) return listings
    const lines = texts.reduce((sum, { source }) => sum + (source?.trimEnd().split('\n').length ?? 0), 0)
    const told = facts.inputs.length === 0 ? say.sources.onScreen : say.sources.elsewhere
    const sentence = told(speech.counted(say.fileCount, files.length), speech.counted(say.lineCount, lines))
    return [onPaper(sentence), onScreen(listings, 'weft-sources')]
  },
}

/** Lists the files that the registers of the report show, or those of them that are wanted. */
export function listedSources(
  facts: Facts,
  isWanted: (attributes: Attributes) => boolean = () => true,
): string[] {
  return facts.places.flatMap(({ attributes }) =>
    attributes.of === 'sources' && isWanted(attributes) ? chosenFiles(facts, attributes) : [],
  )
}

/** Lists the source files of the project that results come from, relative to its root, in order. */
export function sourceFiles({ inputs, ...facts }: Facts): string[] {
  const modules = groupJobs(facts).map(({ module }) => module)
  const files = [...inputs, ...modules].filter((file) => isSource.test(file) && isInside(file))
  return [...new Set(files)].sort((a, b) =>
    folderOf(a) < folderOf(b) ? -1 : folderOf(a) > folderOf(b) ? 1 : a < b ? -1 : 1,
  )
}

/** Gives the id of a file's listing on the page. */
export function sourceId(path: string): string {
  return `source-${path.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
}

const isSource = /(?<!\.d)\.[cm]?[jt]sx?$/

type Attributes = RegisterPlace['attributes']

function chosenFiles(facts: Facts, attributes: Attributes): string[] {
  const patterns = patternsOf(attributes)
  const files = sourceFiles(facts)
  return patterns ? files.filter((file) => patterns.some((pattern) => minimatch(file, pattern))) : files
}

function patternsOf({ files }: Attributes): string[] | undefined {
  return files
    ?.split(/\s*,(?![^{]*\})\s*|\s+/)
    .flatMap((one) => (one === '' ? [] : [one.replace(/^\.\//, '')]))
}

function assertPatterns(facts: Facts, attributes: Attributes): void {
  const patterns = patternsOf(attributes)
  if (patterns?.length === 0)
    throw new Error('expected `files` to be patterns such as `src/graph/**, src/data/*.ts`, found nothing')
  const files = sourceFiles(facts)
  const idle = patterns?.find((pattern) => !files.some((file) => minimatch(file, pattern)))
  if (idle !== undefined && files.length > 0)
    throw new Error(
      `expected \`files\` to be patterns of files that cells import, such as \`${files[0]}\`, found \`${idle}\`, which fits none of them`,
    )
}

// The path may come from a stored result.
function isInside(path: string): boolean {
  return (
    !posix.isAbsolute(path) &&
    !/(^|\/)(\.\.|node_modules)(\/|$)/.test(posix.normalize(path)) &&
    !path.includes('\\')
  )
}

function folderOf(path: string): string {
  return posix.dirname(path)
}

// The text of a source file, if it exists.
function sourceText(path: string, { readSource }: Facts): string | undefined {
  try {
    return new TextDecoder().decode(readSource(path))
  } catch {
    return undefined
  }
}

interface Source {
  readonly path: string
  readonly source: string | undefined
}

function foldersOf(files: readonly Source[], speech: Speech, isPrinted: boolean): RootContent[] {
  const folders = [...new Set(files.map(({ path }) => folderOf(path)))]
  return folders.flatMap((folder) => {
    const own = files.filter(({ path }) => folderOf(path) === folder)
    const heading: PhrasingContent[] = [
      named(folder),
      text(`: ${speech.counted(speech.say.fileCount, own.length)}`),
    ]
    return [
      ...(isPrinted ? [] : [element('p', { className: ['weft-source-folder'] }, heading)]),
      ...own.map((file) => listing(file, speech, isPrinted)),
    ]
  })
}

// A mark for each word of many files would be most of a page: what is not printed has none.
function listing({ path, source }: Source, { say }: Speech, isPrinted: boolean): RootContent {
  const box = { className: ['weft-source'], id: sourceId(path), ...(isPrinted ? { open: true } : {}) }
  const name = element('summary', {}, [named(path)])
  if (source === undefined) return element('details', box, [name, paragraph(say.sources.gone)])
  const lang = isPrinted ? (/\.[cm]?jsx?$/.test(path) ? 'js' : 'ts') : undefined
  const code = { type: 'code' as const, ...(lang === undefined ? {} : { lang }), value: source.trimEnd() }
  return element('details', box, [name, code])
}
