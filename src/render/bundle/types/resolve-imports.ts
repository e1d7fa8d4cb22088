import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type ts from 'typescript'
import { weftHome } from '../../model/home.ts'
import type { DataModules } from './data-modules.ts'

type Resolved = ts.ResolvedModuleWithFailedLookupLocations

/** Finds what an import of a module of the report or of the project means, as its bundle does. */
export type ResolveImport = (
  literal: ts.StringLiteralLike,
  importer: string,
  settings: ts.CompilerOptions,
  host: ts.ModuleResolutionHost,
) => Resolved

/** Makes a resolver for one version of the files: it remembers what it looked up. */
export function importResolver(compiler: typeof ts, root: string, data: DataModules): ResolveImport {
  const entries = weftEntries(root)
  const cache = compiler.createModuleResolutionCache(root, (name) => name)
  return (literal, importer, settings, host) => {
    const { text } = literal
    const declaration = data.find(literal, importer)
    if (declaration !== undefined) return resolved(declaration, '.d.ts')
    const entry = entries.get(text)
    if (entry !== undefined) return resolved(entry, entry.endsWith('.d.ts') ? '.d.ts' : '.ts')
    const found = compiler.resolveModuleName(text, importer, settings, host, cache)
    if (found.resolvedModule || /^[.#/]/.test(text)) return found
    // As in a bundle: a package that Weft has is found without installing it.
    return compiler.resolveModuleName(text, join(weftHome(), 'package.json'), settings, host, cache)
  }
}

function resolved(resolvedFileName: string, extension: string): Resolved {
  return { resolvedModule: { resolvedFileName, extension, isExternalLibraryImport: extension === '.d.ts' } }
}

/**
 * Gives the file of each public entry, `weft/charts` and others. They come from the tool itself, as in a bundle: its
 * source in its own repository, its types elsewhere.
 */
export function weftEntries(root: string): ReadonlyMap<string, string> {
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
