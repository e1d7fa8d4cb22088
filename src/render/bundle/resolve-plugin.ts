import { readFileSync, realpathSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import type { Loader, OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild'
import { weftHome } from '../model/home.ts'
import { commandToInstall } from '../model/optional-packages.ts'
import { dataFile } from './data/data-kinds.ts'
import { loadData } from './data/load-data.ts'
import { findPackage, isLinked, nestedName, packageName } from './packages.ts'

export interface ResolveOptions {
  readonly root: string
  /** The plugin adds each package that it meets: name -> folder. */
  readonly packages: Map<string, string>
  /** The plugin notes each search: `[name, folder that asked, folder found]`. */
  readonly found: Map<string, readonly [string, string, string]>
}

/**
 * Resolves the imports of project code: installed packages stay outside the bundle, `weft/...` comes from the tool
 * itself, data files become data, the contract of experiments gets the address of its importer, and `import.meta.url`
 * means the source file.
 */
export function resolvePlugin({ root, packages, found }: ResolveOptions): Plugin {
  const home = weftHome()
  const fromSource = realpathSync(home) === realpathSync(root)
  const contract = weftEntry(home, 'weft/experiment', fromSource)
  return {
    name: 'weft-resolve',
    setup(build) {
      build.onResolve({ filter: /^[^./]|^\.\.?$/ }, (args) =>
        resolveBare(args, { root, home, fromSource, packages, found, contract }),
      )
      build.onResolve({ filter: /experiment(\.ts|\.js)?$/ }, (args) => resolveContract(args, build, contract))
      build.onLoad({ filter: /.*/, namespace: 'weft-contract' }, (args) =>
        loadContract(args.path, contract, root),
      )
      build.onResolve({ filter: /^weft-meta:/ }, ({ path }) => ({
        path: path.slice('weft-meta:'.length),
        namespace: 'weft-meta',
        sideEffects: false,
      }))
      build.onLoad({ filter: /.*/, namespace: 'weft-meta' }, ({ path }) => ({
        contents: `export const $weft_meta = /* @__PURE__ */ __weft.meta(${JSON.stringify(path)})`,
      }))
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, (args) =>
        loadSource(args.path, { root, home }),
      )
      build.onLoad({ filter: dataFile }, ({ path, with: attributes }) => loadData(path, attributes, root))
      build.onLoad({ filter: /.*/, namespace: 'weft-plot' }, () => ({
        contents: plotModule,
        resolveDir: root,
      }))
    },
  }
}

/**
 * Suffix for the path of a public entry that is imported by its name. To esbuild it is then a different module from the
 * same file imported by its path. The first has no side effects, the second may have: if both were one module, the
 * first import in a call would decide that for all bundles.
 */
export const entrySuffix = '?weft'

/** A library that draws into the document of its page, which a cell has only then. */
const plot = '@observablehq/plot'
const plotModule = `import 'weft/document'\nexport * from '${plot}'`

interface Scope {
  readonly root: string
  readonly home: string
  readonly fromSource: boolean
  readonly packages: Map<string, string>
  readonly found: ResolveOptions['found']
  readonly contract: string
}

function resolveBare(args: OnResolveArgs, scope: Scope): OnResolveResult | undefined {
  const { path } = args
  if (
    args.kind === 'entry-point' ||
    path.startsWith('#') ||
    path.startsWith('weft:') ||
    (/^[a-z-]+:/.test(path) && !path.startsWith('node:'))
  )
    return undefined
  if (path.startsWith('node:') || builtinModules.includes(path)) return { path, external: true }
  // The process that runs a job provides the engine, so no bundle contains it.
  if (path === 'weft/engine') return { path, external: true, sideEffects: false }
  if (path === 'weft/experiment') return contractOf(args, scope.contract)
  if (packageName(path) === 'weft') {
    const entry = weftEntry(scope.home, path, scope.fromSource)
    return entry
      ? { path: entry, suffix: entrySuffix, sideEffects: path === 'weft/document' }
      : {
          errors: [
            { text: `Cannot find \`${path}\`, expected one of ${weftEntries(scope.home).join(', ')}` },
          ],
        }
  }
  const find = (name: string) =>
    findPackage(name, args.resolveDir) ?? findPackage(name, scope.home) ?? findPackage(name, scope.root)
  if (path === plot && args.namespace !== 'weft-plot' && find(plot))
    return find('linkedom')
      ? { path, namespace: 'weft-plot' }
      : {
          errors: [
            {
              text: `Cannot use \`${plot}\` without a document to draw in: ${commandToInstall('linkedom')}`,
            },
          ],
        }
  const name = packageName(path)
  const folder = find(name)
  if (!folder)
    return {
      errors: [
        { text: `Cannot find the package \`${name}\`, expected it installed: ${commandToInstall(name)}` },
      ],
    }
  // Its code decides the result, as that of a module of the project does. esbuild finds its files.
  if (isLinked(name, args.resolveDir)) return undefined
  // All tasks find their packages by name in one folder, so two packages of one name need two names.
  const usual = findPackage(name, scope.root) ?? findPackage(name, scope.home)
  const searches = [[args.resolveDir, folder] as const, ...(usual ? [[scope.root, usual] as const] : [])]
  for (const [from, found] of searches) scope.found.set(`${name} ${from}`, [name, from, found])
  const own = folder === usual ? name : nestedName(folder)
  scope.packages.set(own, folder)
  return { path: own + path.slice(name.length), external: true }
}

interface Exports {
  readonly [entry: string]: { readonly source: string; readonly default: string } | string
}

function weftExports(home: string): Exports {
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).exports
}

function weftEntries(home: string): string[] {
  return Object.keys(weftExports(home))
    .filter((entry) => entry !== './package.json')
    .map((entry) => `weft${entry.slice(1)}`)
}

// Gives the file of a public entry: its source inside the tool's own repository, its bundle elsewhere.
function weftEntry(home: string, path: string, fromSource: boolean): string {
  const entry = weftExports(home)[`.${path.slice('weft'.length)}`]
  if (!entry || typeof entry === 'string') return ''
  return join(home, fromSource ? entry.source : entry.default)
}

async function resolveContract(
  args: OnResolveArgs,
  build: PluginBuild,
  contract: string,
): Promise<OnResolveResult | undefined> {
  // A copy of the contract imports the contract itself.
  if (args.namespace === 'weft-contract' && args.path === contract)
    return { path: contract, sideEffects: false }
  if (args.pluginData === 'resolved' || args.kind === 'entry-point' || args.namespace !== 'file')
    return undefined
  const { path } = await build.resolve(args.path, {
    resolveDir: args.resolveDir,
    kind: args.kind,
    importer: args.importer,
    pluginData: 'resolved',
  })
  return path === contract ? contractOf(args, contract) : undefined
}

// Each importing module gets its own copy of the contract. A cell has no address and gets the plain contract.
function contractOf(args: OnResolveArgs, contract: string): OnResolveResult {
  return args.namespace === 'file'
    ? { path: args.importer, namespace: 'weft-contract', sideEffects: false }
    : { path: contract, sideEffects: false }
}

function loadContract(importer: string, contract: string, root: string): OnLoadResult {
  const module = relative(root, importer).split(sep).join('/')
  const address = JSON.stringify(`./${module}`)
  const contents = `
    export * from ${JSON.stringify(contract)}
    import { defineExperiment as define } from ${JSON.stringify(contract)}
    const names = /* @__PURE__ */ new Set()
    export const defineExperiment = (definition) => {
      if (names.has(definition.name)) throw new Error('Unexpected second experiment \`' + definition.name + '\` in ' + ${address} + ', expected one of that name')
      names.add(definition.name)
      return { ...define(definition), module: ${address} }
    }`
  return { contents, loader: 'js', resolveDir: dirname(contract) }
}

function loadSource(path: string, { root, home }: Pick<Scope, 'root' | 'home'>): OnLoadResult | undefined {
  const text = readFileSync(path, 'utf8')
  const source = path.startsWith(join(home, 'lib') + sep) ? withoutMap(text) : text
  const [, isTypeScript, isJsx] = /\.[cm]?(t?)j?s(x?)$/.exec(path)!
  const isMeta = usesMeta(source)
  if (!isMeta && source === text) return undefined
  return {
    // Append the import, so that no line or column moves; imports are evaluated first anyway.
    contents: isMeta ? `${source}\n;${importMeta(placeOf(path, root, home))}` : source,
    loader: `${isTypeScript ? 't' : 'j'}s${isJsx ? 'x' : ''}` as Loader,
    resolveDir: dirname(path),
  }
}

// Keeps `lib` as the source of the tool's code in source maps, because point-source.ts recognizes it by that path.
function withoutMap(source: string): string {
  return source.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n')
}

// Relative to the project or to the tool, so that it is the same on every machine.
function placeOf(path: string, root: string, home: string): string {
  const inside = relative(root, path)
  const place = inside.split(sep)[0] === '..' ? `weft:${relative(home, path)}` : inside
  return place.split(sep).join('/')
}

/** Says whether a source may use its own location. */
export function usesMeta(source: string): boolean {
  return /\bimport\.meta\b/.test(source)
}

/** Replacements for `import.meta.url` and similar members in a bundle. esbuild does not replace them in strings. */
export const metaMembers = Object.fromEntries(
  ['url', 'filename', 'dirname'].map((member) => [`import.meta.${member}`, `$weft_meta.${member}`]),
)

/** Writes the import that gives a source its place. The folder is known only when the bundle runs. */
export function importMeta(place: string): string {
  return `import { $weft_meta } from ${JSON.stringify(`weft-meta:${place}`)};`
}
