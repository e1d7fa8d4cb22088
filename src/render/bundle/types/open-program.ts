import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type ts from 'typescript'
import { weftHome } from '../../model/home.ts'
import { parseRows } from '../rows.ts'
import { rowsDeclaration } from './param-types.ts'
import type { VirtualModule } from './virtual-text.ts'

/** Loads TypeScript from the project, or else from beside Weft. Throws an Error that says how to install it. */
export async function loadTypeScript(root: string): Promise<typeof ts> {
  for (const folder of [root, weftHome()]) {
    let path: string
    try {
      path = createRequire(join(folder, 'package.json')).resolve('typescript')
    } catch {
      continue
    }
    const compiler = ((await import(pathToFileURL(path).href)) as { default: typeof ts }).default
    if (typeof compiler?.createProgram === 'function') return compiler
  }
  throw new Error(
    'Cannot find a TypeScript that can be called, expected version 5.5 to 6: npm install --save-dev typescript@6.0.3',
  )
}

/** Makes one program of modules in memory, all that they import, and the settings of the project's tsconfig.json. */
export function openProgram(
  compiler: typeof ts,
  root: string,
  modules: readonly VirtualModule[],
): ts.Program {
  const options = optionsOf(compiler, root)
  const texts = new Map(modules.map(({ path, text }) => [path, text]))
  const host = compiler.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  const entries = weftEntries(root)
  const cache = compiler.createModuleResolutionCache(root, (name) => name, options)
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.readFile = (path) => texts.get(path) ?? readFile(path)
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(path)
    return text === undefined
      ? getSourceFile(path, version, ...rest)
      : compiler.createSourceFile(path, text, version, true)
  }
  host.resolveModuleNameLiterals = (literals, containing, redirected, settings) =>
    literals.map((literal) => {
      const { text } = literal
      const data = declareData(literal, containing, texts, compiler)
      if (data !== undefined) return resolved(data, '.d.ts')
      const entry = entries.get(text)
      if (entry !== undefined) return resolved(entry, entry.endsWith('.d.ts') ? '.d.ts' : '.ts')
      const found = compiler.resolveModuleName(text, containing, settings, host, cache, redirected)
      if (found.resolvedModule || /^[.#/]/.test(text)) return found
      // As in a bundle: a package that Weft has is found without installing it.
      return compiler.resolveModuleName(text, join(weftHome(), 'package.json'), settings, host, cache)
    })
  return compiler.createProgram({ rootNames: modules.map(({ path }) => path), options, host })
}

function resolved(resolvedFileName: string, extension: string): ts.ResolvedModuleWithFailedLookupLocations {
  return { resolvedModule: { resolvedFileName, extension, isExternalLibraryImport: extension === '.d.ts' } }
}

// `weft/...` comes from the tool itself, as in a bundle: its source in its own repository, its types elsewhere.
function weftEntries(root: string): ReadonlyMap<string, string> {
  const home = weftHome()
  const isOwn = realpathSync(home) === realpathSync(root)
  const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    exports: Record<string, { source: string; types: string } | string>
  }
  return new Map(
    Object.entries(exports).flatMap(([entry, target]) =>
      typeof target === 'string'
        ? []
        : [[`weft${entry.slice(1)}`, join(home, isOwn ? target.source : target.types)]],
    ),
  )
}

// Writes the declaration of a data file among the modules, and gives its path; undefined if the import is none.
function declareData(
  literal: ts.StringLiteralLike,
  containing: string,
  texts: Map<string, string>,
  compiler: typeof ts,
): string | undefined {
  const specifier = literal.text
  const kind = /^\.{1,2}\/.*\.(csv|tsv|txt|md)$/i.exec(specifier)?.[1]?.toLowerCase()
  const file = resolve(dirname(containing), specifier)
  if (kind === undefined || !existsSync(file)) return undefined
  const isRows = kind === 'csv' || kind === 'tsv'
  const dates = isRows ? datesOf(literal, compiler) : []
  const path = `${[file, ...dates].join('.')}.weft-data.d.ts`
  if (!texts.has(path))
    texts.set(path, isRows ? declareRows(file, dates) : 'declare const text: string\nexport default text\n')
  return path
}

// The columns in `with { dates: 'begin, end' }`.
function datesOf({ parent }: ts.StringLiteralLike, compiler: typeof ts): readonly string[] {
  const attributes = compiler.isImportDeclaration(parent) ? parent.attributes?.elements : undefined
  const value = attributes?.find(({ name }) => name.text === 'dates')?.value
  return value && compiler.isStringLiteral(value) ? value.text.split(',').map((name) => name.trim()) : []
}

function declareRows(file: string, dates: readonly string[]): string {
  const [text, delimiter] = [readFileSync(file, 'utf8'), /\.tsv$/i.test(file) ? '\t' : ','] as const
  try {
    return rowsDeclaration(parseRows(text, delimiter, dates))
  } catch {
    // The bundle reports columns of dates that are none.
    return rowsDeclaration(parseRows(text, delimiter))
  }
}

function optionsOf(compiler: typeof ts, root: string): ts.CompilerOptions {
  const path = join(root, 'tsconfig.json')
  const { ModuleKind, ModuleResolutionKind, ScriptTarget } = compiler
  const plain: ts.CompilerOptions = {
    target: ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    strict: true,
    types: existsSync(join(root, 'node_modules/@types/node')) ? ['node'] : [],
  }
  return {
    ...(existsSync(path) ? settingsIn(path, compiler) : plain),
    // How esbuild bundles cells.
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    resolveJsonModule: true,
    allowJs: true,
    noEmit: true,
    skipLibCheck: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    composite: false,
    incremental: false,
    tsBuildInfoFile: undefined,
  }
}

function settingsIn(path: string, compiler: typeof ts): ts.CompilerOptions {
  const { config, error } = compiler.readConfigFile(path, compiler.sys.readFile)
  const { options, errors } = compiler.parseJsonConfigFileContent(config ?? {}, compiler.sys, dirname(path))
  // Without files of its own (18002, 18003) it is as good: the report's are given.
  const fault = error ?? errors.find(({ code }) => code !== 18002 && code !== 18003)
  if (!fault) return options
  const reason = compiler.flattenDiagnosticMessageText(fault.messageText, ' ')
  throw new Error(`Cannot read ${path}, ${reason}`)
}
