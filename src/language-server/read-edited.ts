import { dirname, resolve } from 'node:path'
import { VFile } from 'vfile'
import { kinds } from '../render/assemble/registers/fill-register.ts'
import { Memory } from '../render/model/memory.ts'
import { Unreadable } from '../render/model/messages.ts'
import { pathFrom } from '../render/model/paths.ts'
import type { Reader, Report, ReportTree } from '../render/model/types.ts'
import { frontMatterBlock, plainFront } from '../render/syntax/front-matter.ts'
import { openReader } from '../render/syntax/open-reader.ts'
import { parse } from '../render/syntax/parse.ts'
import { projectRoot, readReport } from '../render/syntax/read-report.ts'
import type { ReadText } from './find-report.ts'

/** Reads a report as it is in the editor, again and again, and parses only the blocks that changed. */
export class EditedReader {
  readonly #path: string
  readonly #readText: ReadText
  readonly #memory = new Memory()

  /** @param path absolute path of report.md, or of a Markdown file without a report */
  constructor(path: string, readText: ReadText) {
    this.#path = path
    this.#readText = readText
  }

  /**
   * Reads the report as it is now; what is wrong with how it is written is on its files. Positions in the tree of the
   * last read move with the text. Throws `Unreadable`, with messages on its files, if it cannot be read.
   */
  read(): ReportTree {
    return parse(this.#readReport(), kinds, this.#memory)
  }

  #readReport(): Report {
    const [path, folder] = [this.#path, dirname(this.#path)]
    const root = projectRoot(folder)
    const text = this.#readText(path) ?? ''
    const reader = this.#reader(folder, root)
    if (frontMatterBlock(text.replace(/\r\n?/g, '\n'))) return readReport(path, undefined, reader)
    const file = new VFile({ cwd: root, path: pathFrom(root, path), value: text.replace(/\r\n?/g, '\n') })
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

/** Gives the files with the messages that say why a report cannot be read; undefined for another error. */
export function unreadableFiles(error: unknown): readonly VFile[] | undefined {
  return error instanceof Unreadable ? error.files : undefined
}
