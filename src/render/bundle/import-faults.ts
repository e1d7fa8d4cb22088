import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import type { Point } from 'unist'
import { listed } from '../model/found.ts'
import { suggestion } from '../model/nearest.ts'
import type { Cell, Failure, ReportTree } from '../model/types.ts'
import { bundleOptions } from './bundle.ts'
import { cellPlugin } from './cell-plugin.ts'
import { resolvePlugin } from './resolve-plugin.ts'

type Fault = NonNullable<Failure['faults']>[number]

/** A name that a cell imports, and where. */
interface Imported {
  readonly module: string
  readonly name: string
  readonly place: Point
}

/**
 * Finds the imports of a cell, or of the project's modules below it, whose module has no such export, with the nearest
 * one that it has.
 *
 * @param failing The name that failed: it is a fault even if the exports of its module cannot be listed. Another name is
 * one only if something similar is exported, since it may be a type.
 */
export async function missingImports(cell: Cell, tree: ReportTree, failing: string): Promise<Fault[]> {
  const { root } = tree.report
  const own = importsOf(cell.source, cell.position.start.line)
  const faults = await faultsOf(own, join(root, cell.file), root, failing)
  if (faults.length > 0) return faults
  for (const path of Object.keys(await inputsOf(cell, tree)).filter((one) =>
    /^[^:]+\.[cm]?[jt]sx?$/.test(one),
  )) {
    const below = importsOf(readFileSync(join(root, path), 'utf8'), 0)
    for (const { message, place } of await faultsOf(below, join(root, path), root, failing))
      faults.push({ message: `${path}:${place?.line}:${place?.column}: ${message}` })
  }
  return faults
}

async function faultsOf(
  imports: readonly Imported[],
  importer: string,
  root: string,
  failing: string,
): Promise<Fault[]> {
  const exported = new Map<string, Promise<readonly string[] | undefined>>()
  const faults: Fault[] = []
  for (const { module, name, place } of imports) {
    const names = exported.get(module) ?? exportsOfModule(module, root, dirname(importer))
    exported.set(module, names)
    const known = await names
    if (known?.includes(name)) continue
    const near = suggestion(name, known ?? [])
    if (name !== failing && !(known && (name === 'default' || isMistyped(name, known, near)))) continue
    const list = known && known.length > 0 ? `, expected one of ${listed(known, 20)}` : ''
    faults.push({ message: `\`${module}\` has no export \`${name}\`${near || list}`, place })
  }
  return faults
}

// `Figure` may be the type beside `figure`.
function isMistyped(name: string, known: readonly string[], near: string): boolean {
  return near !== '' && !known.some((one) => one.toLowerCase() === name.toLowerCase())
}

// The places of cells have the line numbers of their chapter.
function importsOf(source: string, linesBefore: number): Imported[] {
  const found: Imported[] = []
  const statements = source.matchAll(
    /(?<=^|[;\n])\s*import\s+(?!type\s)([^'";]*?)\s*from\s*(['"])([^'"\n]+)\2/g,
  )
  for (const { index, 0: whole, 1: clause = '', 3: module = '' } of statements) {
    const from = index + whole.indexOf(clause)
    const add = (name: string, at: number) => {
      const lines = source.slice(0, from + at).split('\n')
      const line = linesBefore + lines.length
      found.push({ module, name, place: { line, column: lines.at(-1)!.length + 1 } })
    }
    if (/^[\w$]/.test(clause)) add('default', 0)
    const braces = /\{([^}]*)\}/.exec(clause)
    for (const match of (braces?.[1] ?? '').matchAll(
      /(?<=^|,)\s*(?!type\s)([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu,
    ))
      add(match[1]!, (braces?.index ?? 0) + 1 + match.index + match[0].indexOf(match[1]!))
  }
  return found
}

// Undefined if they cannot be listed, as for a CommonJS module.
async function exportsOfModule(
  module: string,
  root: string,
  folder: string,
): Promise<readonly string[] | undefined> {
  if (module.startsWith('node:') || builtinModules.includes(module))
    return Object.keys((await import(module)) as object)
  // A package is bundled itself: the plugin would leave it outside.
  const isOwn = /^(?:[.#]|weft\/)/.test(module)
  const list = async (contents: string) => {
    const { metafile, outputFiles } = await build({
      ...bundleOptions(root),
      stdin: { contents, resolveDir: folder, loader: 'js' },
      plugins: isOwn ? [resolvePlugin({ root, packages: new Map(), found: new Map() })] : [],
    })
    // Names that come from a package outside the bundle are not listed.
    if (outputFiles.some(({ path, text }) => path.endsWith('.js') && /\bexport\s*\*/.test(text)))
      return undefined
    return Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined)!.exports
  }
  const from = JSON.stringify(module)
  try {
    const names = await list(`export * from ${from}`)
    const own = await list(`export { default } from ${from}`).catch(() => [])
    return names === undefined || names.length + (own?.length ?? 0) === 0
      ? undefined
      : [...names, ...(own ?? [])]
  } catch {
    return undefined
  }
}

/**
 * Finds project modules below a cell that import each other, as a way that ends where it begins: `a.ts`, `b.ts`, `a.ts`;
 * undefined if there are none.
 */
export async function findCycle(cell: Cell, tree: ReportTree): Promise<readonly string[] | undefined> {
  const inputs = await inputsOf(cell, tree)
  const visited = new Set<string>()
  const visit = (path: string, above: readonly string[]): readonly string[] | undefined => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path]
    if (visited.has(path)) return undefined
    visited.add(path)
    for (const { path: next, external } of inputs[path]?.imports ?? []) {
      const cycle = external ? undefined : visit(next, [...above, path])
      if (cycle) return cycle
    }
    return undefined
  }
  return visit(`weft-cell:${cell.label}`, [])
}

// The cell and all modules below it, without packages.
async function inputsOf(cell: Cell, tree: ReportTree): Promise<Metafile['inputs']> {
  const { root } = tree.report
  const { metafile } = await build({
    ...bundleOptions(root),
    entryPoints: [`weft-cell:${cell.label}`],
    plugins: [cellPlugin(tree), resolvePlugin({ root, packages: new Map(), found: new Map() })],
  })
  return metafile.inputs
}
