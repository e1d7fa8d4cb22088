import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { loadTypeScript } from '../render/bundle/types/compiler.ts'
import { writeAtomic } from '../render/model/write-atomic.ts'
import { type ImportedChapter, importNotebook } from '../render/notebook/import/import-notebook.ts'
import { plural } from '../render/output/format.ts'
import { projectRoot } from '../render/syntax/read-report.ts'
import type { Output } from './console.ts'
import { systemReasonOf } from './data/console.ts'
import { readOptions } from './read-options.ts'

const options = {
  out: { type: 'string' },
  overwrite: { type: 'boolean' },
  chapter: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Runs `weft import NOTEBOOK.ipynb`: writes a chapter of a Jupyter notebook with its pictures, and lists what could not
 * be carried over. Gives the exit status.
 * @throws if the file is no notebook, or a file to write is there already
 */
export async function runImport(args: readonly string[], { stdout }: Output): Promise<number> {
  const { positionals, values } = readOptions(args, options)
  if (values.help) {
    stdout.write(importHelp)
    return 0
  }
  const [path, ...others] = positionals
  if (path === undefined)
    throw new Error('Cannot import, expected a notebook such as `analysis.ipynb`, found nothing')
  if (others.length > 0) throw new Error(`Unexpected ${others.join(' ')}, expected one notebook`)
  const file = resolve(values.out ?? join(dirname(path), `${basename(path, extname(path))}.md`))
  const folder = `${basename(file, extname(file))}-files`
  const name = shown(path)
  const chapter = await importNotebook(read(path), {
    name,
    toNotebook: relative(dirname(file), dirname(resolve(path)))
      .split(sep)
      .join('/'),
    pictureFolder: folder,
    ...(values.chapter !== undefined && { chapter: values.chapter }),
    loadTypeScript: () => loadTypeScript(projectRoot(dirname(file))),
  })
  const pictures = chapter.pictures.map((picture) => ({
    ...picture,
    file: join(dirname(file), folder, picture.name),
  }))
  if (!values.overwrite) for (const one of [file, ...pictures.map((picture) => picture.file)]) assertFree(one)
  for (const picture of pictures) writeAtomic(picture.file, picture.bytes)
  writeAtomic(file, chapter.markdown)
  stdout.write(answerOf(chapter, [file, ...pictures.map((picture) => picture.file)]))
  return 0
}

function shown(path: string): string {
  const near = relative(process.cwd(), resolve(path))
  return near.startsWith('..') ? path : near.split(sep).join('/')
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Error(`Cannot read ${path}, ${systemReasonOf(cause) ?? (cause as Error).message}`, { cause })
  }
}

function assertFree(file: string): void {
  if (existsSync(file))
    throw new Error(
      `Cannot write ${shown(file)}, expected no such file: give another with --out, or --overwrite`,
    )
}

function answerOf({ counts, notes }: ImportedChapter, [file, ...pictures]: readonly string[]): string {
  const cells = `${plural(counts.run, 'cell')} to run, ${plural(counts.read, 'part')} to read`
  return [
    `  chapter    ${shown(file!)}  ${cells}`,
    ...pictures.map((picture) => `  picture    ${shown(picture)}`),
    ...(notes.length === 0
      ? ['  All of it was carried over.']
      : ['', 'Not carried over:', ...notes.map((note) => `  ${note}`)]),
    '',
  ].join('\n')
}

/** The text of `weft import --help`. */
const importHelp = `Makes a chapter of a Jupyter notebook, with a list of what could not be carried over.

Usage
  weft import NOTEBOOK.ipynb [--out CHAPTER.md] [--overwrite] [--chapter FILE]

  --out CHAPTER.md   the file to write (default: beside the notebook, with its name)
  --overwrite        replace files that are there already
  --chapter FILE     of a notebook that \`weft notebook\` made, the one chapter to make

TypeScript and JavaScript become cells that run. Code of other languages is shown and not run. Outputs are left out:
\`weft build CHAPTER.md\` computes them anew.
`
