import { dirname, relative, resolve } from 'node:path'
import { VFile } from 'vfile'
import { kinds } from '../render/assemble/registers/fill-register.ts'
import { RoundMemory } from '../render/bundle/types/round-memory.ts'
import { Unreadable } from '../render/model/messages.ts'
import type { Reader, Report, ReportTree } from '../render/model/types.ts'
import { frontMatterBlock } from '../render/syntax/front-matter.ts'
import { openReader } from '../render/syntax/open-reader.ts'
import { parse } from '../render/syntax/parse.ts'
import { projectRoot, readReport } from '../render/syntax/read-report.ts'
import type { ReadText } from './find-report.ts'

/** A report as it is in the editor. */
export interface Edited {
  readonly tree: ReportTree
  /** Files with messages about how they are written; all of the report's, and no others. */
  readonly files: readonly VFile[]
}

/** Reads a report again and again, and parses only the chapters that changed. */
export class EditedReader {
  readonly #path: string
  readonly #readText: ReadText
  readonly #parsed = new RoundMemory<ReportTree>()

  /** @param path absolute path of report.md, or of a Markdown file without a report */
  constructor(path: string, readText: ReadText) {
    this.#path = path
    this.#readText = readText
  }

  /** Reads the report as it is now. Throws `Unreadable`, with messages on its files, if it cannot be read. */
  read(): Edited {
    const report = this.#readReport()
    this.#parsed.next()
    const trees = report.files.map((file) =>
      this.#parsed.get(`${file.path} ${report.front.echo} ${String(file)}`, () =>
        parse({ ...report, files: [file] }, kinds),
      ),
    )
    const files = trees.map(
      ({
        report: {
          files: [file],
        },
      }) => file!,
    )
    const tree = {
      report: { ...report, files },
      chapters: trees.flatMap(({ chapters }) => chapters),
      cells: trees.flatMap(({ cells }) => cells),
      listings: [],
      expressions: trees.flatMap(({ expressions }) => expressions),
      registers: kinds,
    }
    return { tree, files }
  }

  #readReport(): Report {
    const [path, folder] = [this.#path, dirname(this.#path)]
    const root = projectRoot(folder)
    const text = this.#readText(path) ?? ''
    const reader = this.#reader(folder, root)
    if (frontMatterBlock(text.replace(/\r\n?/g, '\n'))) return readReport(path, undefined, reader)
    const file = new VFile({ cwd: root, path: relative(root, path), value: text.replace(/\r\n?/g, '\n') })
    return { root, folder, profile: 'full', front: plainFront, params: {}, reader, files: [file] }
  }

  #reader(folder: string, root: string): Reader {
    const disk = openReader(folder, root)
    return {
      ...disk,
      readChapter: (name) => {
        const text = this.#readText(resolve(folder, name))
        return text === undefined ? disk.readChapter(name) : Buffer.from(text)
      },
    }
  }
}

/** The front matter of a Markdown file that has none. */
export const plainFront: Report['front'] = {
  title: 'Untitled',
  author: [],
  lang: 'en',
  contents: false,
  chapters: [],
  echo: 'fold',
  params: {},
}

/** Gives the files with the messages that say why a report cannot be read; undefined for another error. */
export function unreadableFiles(error: unknown): readonly VFile[] | undefined {
  return error instanceof Unreadable ? error.files : undefined
}
