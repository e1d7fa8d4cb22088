import { dirname, join } from 'node:path'
import type { OnLoadArgs, OnLoadResult, Plugin } from 'esbuild'
import type { Cell, ReportTree } from '../model/types.ts'
import { importMeta, usesMeta } from './resolve-plugin.ts'

/** Which names a cell may use, and which cells export them. */
export interface Scope {
  /** Name of an export -> label of its cell. */
  readonly owners: ReadonlyMap<string, string>
  /** Label -> names that the cells before it export. */
  readonly earlier: ReadonlyMap<string, readonly string[]>
}

/**
 * Makes each cell a virtual module `weft-cell:LABEL` with the line numbers of its chapter. The line of its fence imports
 * `params` and the exports of earlier cells. Without a scope it imports nothing, which is enough to list exports.
 */
export function cellPlugin(tree: ReportTree, scope?: Scope): Plugin {
  const cells = new Map(tree.cells.map((cell) => [cell.label, cell]))
  const { root, folder, params } = tree.report
  const load = (contents: string, cell?: Cell): OnLoadResult => ({
    contents,
    loader: cell?.lang ?? 'ts',
    resolveDir: cell === undefined ? folder : dirname(join(root, cell.file)),
  })
  return {
    name: 'weft-cells',
    setup(build) {
      build.onResolve({ filter: /^weft-cell:/ }, ({ path }) => ({
        path: path.slice('weft-cell:'.length),
        namespace: 'weft-cell',
      }))
      build.onResolve({ filter: /^weft:(earlier\/|param\/|params$)/ }, ({ path }) => ({
        path: path.slice('weft:'.length),
        namespace: 'weft-given',
        sideEffects: false,
      }))
      build.onLoad({ filter: /.*/, namespace: 'weft-cell' }, ({ path }: OnLoadArgs) => {
        const cell = cells.get(path)!
        return load(cellModule(cell, scope), cell)
      })
      build.onLoad({ filter: /^(earlier|param)\//, namespace: 'weft-given' }, ({ path }) => load(given(path)))
      build.onLoad({ filter: /^params$/, namespace: 'weft-given' }, () =>
        load(
          Object.keys(params)
            .sort()
            .map((name) => importOf(name, 'export', 'param'))
            .join(''),
        ),
      )
    },
  }
}

/** Gives the text of a cell's module, at its lines in its chapter. */
function cellModule(cell: Cell, scope: Scope | undefined): string {
  return `${'\n'.repeat(cell.position.start.line - 1)}${cellText(cell, scope)}`
}

/** Gives the text of a cell's module, from the line of its fence. */
export function cellText(cell: Cell, scope: Scope | undefined): string {
  const imports = scope ? importLine(wordsOf(cell.source, scope.earlier.get(cell.label) ?? [])) : ''
  const meta = scope && usesMeta(cell.source) ? importMeta(cell.file) : ''
  return `${imports}${meta}\n${cell.source}`
}

// Sorted by name, so that moving a chapter changes no bundle.
function importLine(names: readonly string[]): string {
  const earlier = [...names].sort().map((name) => importOf(name, 'import', 'earlier'))
  return `${earlier.join('')}import * as params from 'weft:params';`
}

function importOf(name: string, verb: 'import' | 'export', kind: 'earlier' | 'param'): string {
  return `${verb} { ${name} } from ${JSON.stringify(`weft:${kind}/${name}`)};`
}

// Imports only names that the cell may mean, not members such as `.x`, since each import costs time.
function wordsOf(source: string, names: readonly string[]): string[] {
  const words = new Set(
    source.match(/(?<![\p{ID_Continue}$]|(?<!\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu),
  )
  return names.filter((name) => words.has(name))
}

// A bundle names what its cell uses; the values come with the task. Each name has its own module: if one module
// contained all names, esbuild would rename an author's variable because of an export that the cell does not use, and
// the cell's key would depend on other cells. For the same reason the constants have names that no author writes.
function given(path: string): string {
  const [kind, name] = path.split('/') as ['earlier' | 'param', string]
  const constant = `$weft_${kind}_${name}`
  return `const ${constant} = /* @__PURE__ */ __weft.${kind}(${JSON.stringify(name)})\nexport { ${constant} as ${name} }`
}
