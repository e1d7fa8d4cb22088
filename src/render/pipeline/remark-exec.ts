import { dirname, join, relative, resolve } from 'node:path'
import type { Root } from 'mdast'
import type { Processor } from 'unified'
import { visit } from 'unist-util-visit'
import { VFile } from 'vfile'
import { inject } from '../assemble/inject.ts'
import { kinds } from '../assemble/registers/kinds.ts'
import { writeOnly } from '../cache/result-store.ts'
import { openResults } from '../cache/store.ts'
import { reportDifferences } from '../execute/report-differences.ts'
import { runReport, silentEvents } from '../execute/run-report.ts'
import { warn } from '../model/messages.ts'
import type { Echo, Json, Report } from '../model/types.ts'
import { isDirective } from '../syntax/directives.ts'
import { remarkEquationFence } from '../syntax/equation-fence.ts'
import { findCitations } from '../syntax/find-citations.ts'
import { markReport } from '../syntax/parse.ts'
import { projectRoot } from '../syntax/read-report.ts'

export interface RemarkExecOptions {
  /** Constants that cells and values know as `params`. */
  readonly params?: { readonly [name: string]: Json }
  readonly echo?: Echo
  /** Keeps results; `.weft` beside the file unless given. */
  readonly cache?: string
  /** Runs everything, as if nothing were kept. */
  readonly rerun?: boolean
  readonly env?: NodeJS.ProcessEnv
}

/**
 * Runs the `ts exec` cells of a Markdown file in any remark pipeline and puts their results in: use it after the
 * plugins that parse (remark-gfm, remark-directive for claims, remark-math for equations, whose closing fence may then
 * carry a label) and before remark-rehype with `allowDangerousHtml`, since figures are SVG. The file needs a path. What
 * goes wrong is a message on the file. Citations need a report: they stay as they are written, with one warning.
 */
export default function remarkExec(this: Processor, options: RemarkExecOptions = {}) {
  remarkEquationFence.call(this)
  return async (tree: Root, file: VFile): Promise<Root> => {
    if (!file.path) throw new Error('Cannot run cells, expected a file with a path, found none')
    const report = reportOf(file, options)
    const cache = options.cache === undefined ? join(report.folder, '.weft') : resolve(options.cache)
    warnOfCitations(tree, file)
    const marked = markReport(report, [{ file, tree }], kinds)
    const kept = join(cache, 'freeze')
    const env = options.env ?? process.env
    const store = openResults(report, env, {
      layers: [kept],
      writeTo: kept,
      onDamaged: (path, reason) =>
        warn(file, 'result-is-whole', `Cannot use ${path}, ${reason}: it is computed again`),
    })
    const results = await runReport(marked, {
      store: options.rerun ? writeOnly(store) : store,
      runFolder: join(cache, 'run'),
      mayRun: true,
      env,
      accepted: () => undefined,
      events: silentEvents,
    })
    reportDifferences(marked, results.cells, store.differences)
    const { chapters } = await inject(marked, results)
    return chapters[0]!.tree
  }
}

// Once each: there is no bibliography to cite from, nor a list to fill.
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

function reportOf(file: VFile, { params = {}, echo = 'fold' }: RemarkExecOptions): Report {
  const path = resolve(file.cwd, file.path)
  const folder = dirname(path)
  const root = projectRoot(folder)
  // Messages and stacks speak of paths from the root, as everywhere.
  file.cwd = root
  file.path = relative(root, path)
  const front = { title: '', author: [], lang: 'en', contents: false, chapters: [], echo, params: {} }
  return { root, folder, profile: 'full', front, params, files: [file] }
}
