import { dirname, join, resolve } from 'node:path'
import type { Root } from 'mdast'
import type { Processor } from 'unified'
import { VFile } from 'vfile'
import { kinds } from '../assemble/registers/fill-register.ts'
import { writeOnly } from '../cache/result-store.ts'
import { openResults } from '../cache/store.ts'
import { reportSlip, warn } from '../model/messages.ts'
import { pathFrom, pathsOf, realPathOf } from '../model/paths.ts'
import type { Chapter, Echo, Json, Report } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import { plural } from '../output/format.ts'
import type { StoredBlockCache } from '../page/block-cache.ts'
import { isDirective } from '../syntax/directives.ts'
import { findCitations } from '../syntax/find-citations.ts'
import { plainFront } from '../syntax/front-matter.ts'
import { nearMisses } from '../syntax/near-misses.ts'
import { openReader } from '../syntax/open-reader.ts'
import { markReport } from '../syntax/parse.ts'
import { remarkEquationFence } from '../syntax/processor.ts'
import { projectRoot } from '../syntax/read-report.ts'
import { openAuthorMode } from './author-mode.ts'
import { fitForHost } from './host-tree.ts'
import type { Mode } from './mode.ts'
import { openSession, type SessionOptions } from './session.ts'

export interface RemarkExecOptions {
  /** Constants that cells and values can use as `params`. */
  readonly params?: { readonly [name: string]: Json }
  readonly echo?: Echo
  /** Language of the words that the results bring with them, such as `Figure`: a BCP 47 tag. Default: `en`. */
  readonly lang?: string
  /** Folder for results. Default: `.weft` beside the file. */
  readonly cache?: string
  /** Runs everything, as if nothing were stored. */
  readonly rerun?: boolean
  /**
   * What a false claim, a wrong value or a failed cell does: `fail` (the default) throws an Error with all of them, so
   * that the build of the host fails; `warn` leaves them as messages on the file and marks them on the page.
   */
  readonly onError?: 'fail' | 'warn'
  /** Environment variables, of which cells get only PATH, HOME and WEFT_*. Default: those of this process. */
  readonly env?: { readonly [name: string]: string | undefined }
}

/**
 * Runs the `ts exec` cells of a Markdown file in any remark pipeline and inserts their results. Use it after the plugins
 * that parse (remark-gfm, remark-directive for claims, remark-math for equations, whose closing fence may then have a
 * label) and before remark-rehype, or in `remarkPlugins` of a host such as MDX or Astro; neither rehype-raw nor
 * `allowDangerousHtml` is needed. In MDX a brace of an id needs a backslash: `# Post \{#sec-post}`. The file needs a
 * path. Faults become messages on the file, and an error among them fails the pipeline. Citations need a report: here
 * they stay as written, with one warning.
 */
export default function remarkExec(this: Processor, options: RemarkExecOptions = {}) {
  remarkEquationFence.call(this)
  return async (tree: Root, file: VFile): Promise<Root> => {
    if (!file.path) throw new Error('Cannot run cells, expected a file with a path, found none')
    const report = reportOf(file, options)
    const cache = options.cache === undefined ? join(report.folder, '.weft') : resolve(options.cache)
    warnOfCitations(tree, file)
    for (const slip of nearMisses(tree, String(file), true)) reportSlip(file, slip)
    const paths = { ...pathsOf(resolve(file.cwd, file.path)), cache }
    const env = options.env ?? process.env
    const session = openSession({ paths, env, mode: pluginMode(report, { file, tree }, { paths, env }) })
    try {
      const program = await session.bundle(session.read())
      const run = await session.run(program, options.rerun ? { reuse: writeOnly } : {})
      const { chapters } = await session.assemble(run)
      if (options.onError !== 'warn') assertNoErrors(file)
      const { tree: made } = chapters[0]!
      fitForHost(made)
      return made
    } finally {
      await session.close()
    }
  }
}

// Most hosts ignore messages on a file: they would publish a page with a wrong number.
function assertNoErrors(file: VFile): void {
  const errors = file.messages.filter(({ source, fatal }) => source === 'weft' && fatal === true)
  if (errors.length === 0) return
  const lines = errors.map(
    ({ line, column, reason, ruleId }) => `${file.path}:${line ?? 1}:${column ?? 1} ${reason} [${ruleId}]`,
  )
  const wanted = `expected no error, found ${plural(errors.length, 'error')} (\`onError: 'warn'\` publishes it anyway)`
  throw new Error([`Cannot publish ${file.path}, ${wanted}:`, ...lines].join('\n'))
}

// The caller has already parsed the file and has neither a lock nor stored markup.
function pluginMode(
  report: Report,
  chapter: Chapter,
  { paths, env }: Pick<SessionOptions, 'paths' | 'env'>,
): Mode {
  const freeze = join(paths.cache, 'freeze')
  return {
    ...openAuthorMode({ paths, env, isFresh: true }),
    read: () => markReport(report, chapter, kinds),
    accepted: () => undefined,
    lastKeys: () => ({}),
    store: () =>
      openResults(report, env, {
        layers: [freeze],
        writeTo: freeze,
        onDamaged: (path, reason) =>
          warn(chapter.file, 'result-is-whole', `Cannot use ${path}, ${reason}: it is computed again`),
      }),
    readCache: async () => noMarkup,
  }
}

const noMarkup: StoredBlockCache = {
  isEmpty: true,
  get: () => undefined,
  set() {},
  async write() {},
}

// Warns once about citations and once about a list of references, since there is no bibliography.
function warnOfCitations(tree: Root, file: VFile): void {
  const probe = new VFile({ path: file.path, value: file.value })
  findCitations([{ file: probe, tree }], undefined)
  const [first] = probe.messages
  if (first) {
    const reason = 'Cannot cite here, expected a report with a `bibliography` in its front matter'
    warn(file, 'citation-resolves', reason, first.place)
  }
  let isListed = false
  visit(tree, (node) => {
    if (isListed || !isDirective(node) || node.name !== 'register') return
    if (node.attributes?.of !== 'references') return
    isListed = true
    const reason = 'Cannot list references here, expected a report with a `bibliography` in its front matter'
    warn(file, 'register-is-known', reason, node.position)
  })
}

function reportOf(
  file: VFile,
  { params = {}, echo = 'fold', lang = plainFront.lang }: RemarkExecOptions,
): Report {
  const path = realPathOf(resolve(file.cwd, file.path))
  const folder = dirname(path)
  const root = projectRoot(folder)
  // Messages and stack traces use paths relative to the root, as everywhere.
  file.cwd = root
  file.path = pathFrom(root, path)
  const front = { ...plainFront, echo, lang }
  file.data.lang = lang
  const reader = openReader(folder, root)
  return { root, folder, profile: 'full', front, params, files: [file], reader }
}
