import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type ts from 'typescript'
import { weftHome } from '../../model/home.ts'
import { commandToInstall } from '../../model/optional-packages.ts'

/** Loads TypeScript from the project, or else from beside Weft. Throws an Error that says how to install it. */
export async function loadTypeScript(root: string): Promise<typeof ts> {
  const found = findTypeScript(root) ?? findTypeScript(weftHome())
  // An `import` would read its nine megabytes twice more, for the names of what it exports.
  if (found) return createRequire(found.path)(found.path) as typeof ts
  throw new Error(
    `Cannot find a TypeScript that can be called, expected version 5.5 to 6: ${commandToInstall('typescript')}`,
  )
}

/**
 * Finds the TypeScript that a project has installed; undefined if it has none with functions to call: version 7 is a
 * command alone.
 */
export function findTypeScript(
  root: string,
): { readonly path: string; readonly version: string } | undefined {
  const { resolve } = createRequire(join(root, 'package.json'))
  try {
    const { version } = JSON.parse(readFileSync(resolve('typescript/package.json'), 'utf8')) as {
      version: string
    }
    const [major, minor] = version.split('.').map(Number) as [number, number]
    const isRight = (major === 5 && minor >= 5) || major === 6
    return isRight ? { path: resolve('typescript'), version } : undefined
  } catch {
    return undefined
  }
}

/** The settings that a program is made with, and the files that give them. */
export interface Settings {
  readonly options: ts.CompilerOptions
  /** The project's tsconfig.json, there or not, and those that it extends. */
  readonly files: readonly string[]
}

/**
 * Reads the settings of a project's tsconfig.json, and adds those that say how cells are bundled. Throws an Error if it
 * cannot be read.
 */
export function readSettings(compiler: typeof ts, root: string): Settings {
  const path = join(root, 'tsconfig.json')
  const { ModuleKind, ModuleResolutionKind } = compiler
  const { options, files } = existsSync(path) ? settingsIn(path, compiler) : plainSettings(compiler, path)
  const forced: ts.CompilerOptions = {
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
  return { options: { ...options, ...forced }, files }
}

function plainSettings({ ScriptTarget }: typeof ts, path: string): Settings {
  const hasNode = existsSync(join(dirname(path), 'node_modules/@types/node'))
  const options = {
    target: ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    strict: true,
    types: hasNode ? ['node'] : [],
  }
  return { options, files: [path] }
}

function settingsIn(path: string, compiler: typeof ts): Settings {
  const source = compiler.readJsonConfigFile(path, compiler.sys.readFile)
  // Its own files do not matter, and to list them takes time.
  const host = { ...compiler.sys, readDirectory: () => [] }
  const { options, errors } = compiler.parseJsonSourceFileConfigFileContent(source, host, dirname(path))
  // Without files of its own (18002, 18003) it is as good: the report's are given.
  const fault = errors.find(({ code }) => code !== 18002 && code !== 18003)
  if (!fault) return { options, files: [path, ...(source.extendedSourceFiles ?? [])] }
  const reason = compiler.flattenDiagnosticMessageText(fault.messageText, ' ')
  throw new Error(`Cannot read ${path}, ${reason}`)
}
