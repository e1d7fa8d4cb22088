import { dirname, join, resolve } from 'node:path'
import type { Definition, Image } from 'mdast'
import { visit } from 'unist-util-visit'
import { basesOf, pathOfPlace } from '../cache/reads.ts'
import type { Paths } from '../model/paths.ts'
import type { Report, ReportTree, StoredResult } from '../model/types.ts'
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
  const code = [...inputs.map((input) => resolve(report.root, input)), ...missingModules(report)]
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
  const own = [...(front.bibliography ?? []), ...(front.csl ? [front.csl] : [])].map((name) =>
    join(folder, name),
  )
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

// A module that is not there yet: esbuild says where it looked.
function missingModules({ files, root }: Report): string[] {
  return files.flatMap(({ messages, path }) =>
    messages.flatMap(({ message }) => {
      const [, name] = /Could not resolve "(\.[^"]+)"/.exec(message) ?? []
      return name === undefined ? [] : [resolve(root, dirname(path), name)]
    }),
  )
}

function readBy(run: Run, { root, folder }: Report, env: NodeJS.ProcessEnv): string[] {
  const bases = basesOf(root, folder, env)
  const stored = [...run.cells.values()].flatMap((result) =>
    'stored' in result ? (result.stored ?? []) : [],
  )
  const places = [...stored, ...run.jobs.values()].flatMap(({ provenance }: StoredResult) =>
    Object.keys(provenance.reads ?? {}),
  )
  return [...new Set(places)].flatMap((place) => pathOfPlace(place, bases) ?? [])
}
