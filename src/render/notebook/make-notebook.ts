import type { VFile } from 'vfile'
import { dayOfReport } from '../pipeline/day-of-report.ts'
import type { Session } from '../pipeline/session.ts'
import type { RunSettings } from '../pipeline/stages.ts'
import { blocksOf } from './chapter-blocks.ts'
import { chooseChapters } from './choose-chapters.ts'
import { writeNotebook } from './nbformat.ts'
import { notebookCells } from './notebook-cells.ts'

export interface NotebookOptions extends RunSettings {
  /** Names of chapters, as `chapters:` lists them; those of `notebook:` in the front matter unless given. */
  readonly chapters?: readonly string[]
}

/** A notebook, with the files of its report and their messages. */
export interface Notebook {
  readonly text: string
  readonly files: readonly VFile[]
  readonly cells: number
}

/**
 * Gives the bytes of a Jupyter notebook of some chapters: their prose with all values, references and citations in it,
 * and their cells with the stored outputs. Cells whose result is not stored run. Throws for an unknown chapter.
 */
export async function makeNotebook(session: Session, options: NotebookOptions = {}): Promise<string> {
  return (await buildNotebook(session, options)).text
}

/** Does the same, and gives the messages too. */
export async function buildNotebook(
  session: Session,
  { chapters: named, ...settings }: NotebookOptions = {},
): Promise<Notebook> {
  const source = session.read()
  const chosen = chooseChapters(source.tree, named)
  const program = await session.bundle(source)
  const run = await session.run(program, settings)
  const pages = await session.typeset(await session.assemble(run), true)
  const chapters = await Promise.all(
    chosen.map((index) => blocksOf(source.tree.chapters[index]!, pages.chapters[index]!, index)),
  )
  const { mode, env } = session.options
  const date = dayOfReport(source.report, { env, mayAskGit: mode.mayAskGit })
  const front = { ...source.report.front, ...(date !== undefined && { date }) }
  const cells = await notebookCells({ program, pages, front, chapters })
  return { text: writeNotebook(cells, front.title), files: pages.files, cells: cells.length }
}
