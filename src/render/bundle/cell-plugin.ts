import { dirname, join } from 'node:path'
import type { OnLoadArgs, OnLoadResult, Plugin } from 'esbuild'
import type { Cell, ReportTree } from '../model/types.ts'
import { importMeta, usesMeta } from './resolve-plugin.ts'

/** Which names a cell may use, and who exports them. */
export interface Scope {
  /** Export -> label of its cell. */
  readonly owners: ReadonlyMap<string, string>
  /** Label -> names of the cells before it. */
  readonly earlier: ReadonlyMap<string, readonly string[]>
}

/**
 * Makes each cell a virtual module `weft-cell:LABEL` whose lines are those of its chapter, with what earlier cells
 * export and `params` imported on the line of its fence. Without a scope, as for finding out what each exports,
 * nothing is imported.
 */
export function cellPlugin(tree: ReportTree, scope?: Scope): Plugin {
  const cells = new Map(tree.cells.map((cell) => [cell.label, cell]))
  const { root, folder, params } = tree.report
  const load = (contents: string, file?: string): OnLoadResult => ({
    contents,
    loader: 'ts',
    resolveDir: file === undefined ? folder : dirname(join(root, file)),
  })
  return {
    name: 'weft-cells',
    setup(build) {
      build.onResolve({ filter: /^weft-cell:/ }, ({ path }) => ({
        path: path.slice('weft-cell:'.length),
        namespace: 'weft-cell',
      }))
      build.onResolve({ filter: /^weft:(earlier|params)$/ }, ({ path }) => ({
        path,
        namespace: 'weft-given',
        sideEffects: false,
      }))
      build.onLoad({ filter: /.*/, namespace: 'weft-cell' }, ({ path }: OnLoadArgs) => {
        const cell = cells.get(path)!
        return load(cellModule(cell, scope), cell.file)
      })
      build.onLoad({ filter: /earlier$/, namespace: 'weft-given' }, () =>
        load(given('earlier', [...(scope?.owners.keys() ?? [])])),
      )
      build.onLoad({ filter: /params$/, namespace: 'weft-given' }, () =>
        load(given('param', Object.keys(params))),
      )
    },
  }
}

function cellModule(cell: Cell, scope: Scope | undefined): string {
  const imports = scope ? importLine(wordsOf(cell.source, scope.earlier.get(cell.label) ?? [])) : ''
  const meta = scope && usesMeta(cell.source) ? importMeta(cell.file) : ''
  return `${'\n'.repeat(cell.position.start.line - 1)}${imports}${meta}\n${cell.source}`
}

function importLine(names: readonly string[]): string {
  return `import { ${names.join(', ')} } from 'weft:earlier';import * as params from 'weft:params';`
}

// Only names that a cell may mean are imported, members such as `.x` are not: esbuild makes way for unused ones too.
function wordsOf(source: string, names: readonly string[]): string[] {
  const words = new Set(
    source.match(/(?<![\p{ID_Continue}$]|(?<!\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$]*/gu),
  )
  return names.filter((name) => words.has(name))
}

// The bundle of a cell names what it uses and needs no value of it: that comes with the task. The constants have
// names that no author writes, else esbuild renames the author's own to tell them apart, and the key changes with
// what a cell does not use.
function given(kind: 'earlier' | 'param', names: readonly string[]): string {
  // In one order wherever their cells stand: a chapter that moves changes no bundle.
  const sorted = [...names].sort()
  const constants = sorted.map(
    (name) => `const $weft_${kind}_${name} = /* @__PURE__ */ __weft.${kind}(${JSON.stringify(name)})`,
  )
  const exported = sorted.map((name) => `$weft_${kind}_${name} as ${name}`)
  return `${constants.join('\n')}\nexport { ${exported.join(', ')} }`
}
