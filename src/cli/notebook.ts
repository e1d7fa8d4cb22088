import { join, relative, resolve } from 'node:path'
import { hasErrors } from '../render/model/messages.ts'
import { writeAtomic } from '../render/model/write-atomic.ts'
import { buildNotebook } from '../render/notebook/make-notebook.ts'
import { plural } from '../render/output/format.ts'
import type { Arguments } from './arguments.ts'
import type { Console } from './console.ts'
import { openReport } from './open-report.ts'

/** Writes the notebook of a report, and gives the exit status: 1 if the report has an error. */
export async function runNotebook(
  { report, build: { mayRun, jobs, threads }, chapters }: Arguments,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  // A notebook is one file: `--out` may name it.
  const isFile = report.out?.endsWith('.ipynb') ?? false
  const session = openReport(isFile ? { ...report, out: undefined } : report, {
    signal,
    listener: console.listener,
  })
  try {
    const { paths } = session.options
    const name = paths.stem === 'report' ? 'notebook' : paths.stem
    const file = isFile ? resolve(report.out!) : join(paths.dist, `${name}.ipynb`)
    const { text, files, cells } = await buildNotebook(session, { chapters, mayRun, jobs, threads })
    writeAtomic(file, text)
    console.messages(files)
    const size = `${plural(cells, 'cell')}, ${(text.length / 1e6).toFixed(1)} MB`
    console.answer(`  notebook   ${relative(process.cwd(), file)}  ${size}\n`)
    return hasErrors(files) ? 1 : 0
  } finally {
    await session.close()
  }
}
