import { dirname, join, resolve } from 'node:path'
import type { Definition, Image } from 'mdast'
import { basesOf, pathOfPlace } from '../cache/reads.ts'
import type { Paths } from '../model/paths.ts'
import type { Report, ReportTree } from '../model/types.ts'
import { visit } from '../model/visit.ts'
import type { Program, Run } from '../pipeline/stages.ts'
import type { Watched } from './watch.ts'

/** What is watched before a report can be read: its folder. */
export function watchedBefore(paths: Paths): Watched {
  const folder = dirname(paths.source)
  return {
    trees: [folder],
    folders: [],
    files: [paths.source],
    except: [paths.freeze, paths.lock, paths.dist, paths.figures],
  }
}

/** Lists all that decides a report: its folder, what it names, what its code is made of, and what its results have read. */
export function watchedFiles(paths: Paths, program: Program, run: Run, env: NodeJS.ProcessEnv): Watched {
  const { report, tree } = program.source
  const before = watchedBefore(paths)
  const inputs = [...program.cells.values()].flatMap((bundle) => Object.keys(bundle.inputs))
  const code = [...inputs.map((input) => resolve(report.root, input)), ...wantedModules(program)]
  const settings = ['package.json', 'tsconfig.json'].map((name) => join(report.root, name))
  // The root of a project holds much that is no code of the report.
  const folders = [...new Set(code.map((path) => dirname(path)))].filter((folder) => folder !== report.root)
  return {
    ...before,
    folders,
    files: [...before.files, ...settings, ...code, ...named(tree), ...readBy(run, report, env)],
  }
}

// Chapters, bibliography, style and images may lie outside the report's folder.
function named({ report, chapters }: ReportTree): string[] {
  const { front, folder, root, files } = report
  const beside = [...(front.bibliography ?? []), ...(front.css ?? []), ...(front.csl ? [front.csl] : [])]
  const own = beside.map((name) => join(folder, name))
  const images: string[] = []
  for (const { file, tree } of chapters)
    visit(tree, ['image', 'definition'], (node) => {
      const { url } = node as Image | Definition
      const path = url.replace(/[?#].*$/s, '')
      if (path !== '' && !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(path))
        images.push(resolve(root, dirname(file.path), decoded(path)))
    })
  return [...files.map(({ path }) => resolve(root, path)), ...own, ...images]
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

// What a cell without code imports may not be there yet, or is without its extension.
function wantedModules({ source: { report, tree }, cells }: Program): string[] {
  return tree.cells
    .filter(({ label }) => !cells.has(label))
    .flatMap(({ file, source }) =>
      [...source.matchAll(relativeImport)].flatMap(([, name]) => {
        const path = resolve(report.root, dirname(file), name!)
        return extensions.map((extension) => path + extension)
      }),
    )
}

const relativeImport = /\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g
const extensions = ['', '.ts', '.tsx', '.js', '.jsx', '.json', '/index.ts', '/index.js']

// A cell that failed may have read what is wrong, or looked for what is not there.
function readBy(run: Run, { root, folder }: Report, env: NodeJS.ProcessEnv): string[] {
  const bases = basesOf(root, folder, env)
  const reads = [...run.cells.values()].map((result) =>
    result.state === 'failed'
      ? result.failure.reads
      : 'stored' in result
        ? result.stored?.provenance.reads
        : undefined,
  )
  const ofJobs = [...run.jobs.values()].map(({ provenance }) => provenance.reads)
  const places = [...reads, ...ofJobs].flatMap((one) => Object.keys(one ?? {}))
  return [...new Set(places)].flatMap((place) => pathOfPlace(place, bases) ?? [])
}
