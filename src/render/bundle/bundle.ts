import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuildFailure, BuildOptions, BuildResult, Message, Metafile, OutputFile, Plugin } from 'esbuild'
import { build } from 'esbuild'
import { sha256 } from '../model/digest.ts'
import type { Bundle, Digest } from '../model/types.ts'
import { dataFile } from './data/data-kinds.ts'
import { schemaEnd } from './data/schema.ts'
import { packageName } from './packages.ts'
import { entrySuffix, metaMembers, resolvePlugin } from './resolve-plugin.ts'

export interface BundleRequest {
  readonly root: string
  /** Output name -> module. */
  readonly entries: { readonly [name: string]: string }
  readonly plugins: readonly Plugin[]
  /** Renames the sources in the source map. */
  readonly sourceName: (source: string) => string
  readonly stdin?: BuildOptions['stdin']
  /** Called with what esbuild read, if it succeeds. */
  readonly onRead?: (reads: Reads) => void
}

/** What esbuild read, and the packages that it found: `[name, folder that asked, folder found]`. */
export interface Reads {
  readonly inputs: Metafile['inputs']
  readonly packages: readonly (readonly [string, string, string])[]
}

export type Bundled =
  | {
      readonly ok: true
      readonly bundles: ReadonlyMap<string, Bundle>
      readonly warnings: readonly Message[]
    }
  | { readonly ok: false; readonly errors: readonly Message[] }

type Result = BuildResult<{ write: false; metafile: true }>
type Output = Metafile['outputs'][string]

/**
 * Bundles all entries in one call. A bundle contains only the code that its result depends on: no comments, types,
 * unused code, packages or folder paths. It does not depend on the other entries in the call.
 */
export async function bundle(request: BundleRequest): Promise<Bundled> {
  const packages = new Map<string, string>()
  const found = new Map<string, readonly [string, string, string]>()
  const plugins = [...request.plugins, resolvePlugin({ root: request.root, packages, found })]
  const entries = Object.entries(request.entries).map(([name, module]) => ({ in: module, out: name }))
  if (entries.length === 0 && !request.stdin) return { ok: true, bundles: new Map(), warnings: [] }
  let result: Result
  try {
    result = await build({
      ...bundleOptions(request.root),
      ...(request.stdin ? { stdin: request.stdin } : { entryPoints: entries }),
      plugins,
    })
  } catch (cause) {
    if (!isBuildFailure(cause)) throw cause
    return { ok: false, errors: cause.errors.map(plainMessage) }
  }
  request.onRead?.({ inputs: result.metafile.inputs, packages: [...found.values()] })
  const files = new Map(result.outputFiles.map((file) => [file.path, file]))
  const facts: Facts = { request, packages, files, digest: fileDigests(request.root) }
  const names = request.stdin ? ['stdin'] : entries.map((entry) => entry.out)
  return {
    ok: true,
    bundles: new Map(names.map((name) => [name, toBundle(name, result, facts)])),
    warnings: result.warnings,
  }
}

/** Lists what each entry exports, by a call that keeps every import external. */
export async function exportsOf(
  root: string,
  entries: { readonly [name: string]: string },
  plugins: readonly Plugin[],
): Promise<
  | { readonly ok: true; readonly exports: ReadonlyMap<string, readonly string[]> }
  | { readonly ok: false; readonly errors: readonly Message[] }
> {
  const outside: Plugin = {
    name: 'weft-outside',
    setup(context) {
      context.onResolve({ filter: /.*/ }, (args) =>
        args.kind === 'entry-point' ? undefined : { path: args.path, external: true },
      )
    },
  }
  const list = Object.entries(entries).map(([name, module]) => ({ in: module, out: name }))
  if (list.length === 0) return { ok: true, exports: new Map() }
  try {
    const { metafile } = await build({
      ...bundleOptions(root),
      entryPoints: list,
      plugins: [...plugins, outside],
    })
    return {
      ok: true,
      exports: new Map(list.map(({ out }) => [out, metafile.outputs[`${out}.js`]!.exports])),
    }
  } catch (cause) {
    if (!isBuildFailure(cause)) throw cause
    return { ok: false, errors: cause.errors }
  }
}

/** Gives the options of esbuild for every bundle of a project. */
export function bundleOptions(root: string) {
  return {
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['source'],
    outdir: root,
    sourcemap: 'external',
    sourcesContent: false,
    minifyWhitespace: true,
    charset: 'utf8',
    legalComments: 'none',
    treeShaking: true,
    logLevel: 'silent',
    define: metaMembers,
    loader: { '.txt': 'text', '.md': 'text', '.json': 'json' },
  } satisfies BuildOptions
}

interface Facts {
  readonly request: BundleRequest
  readonly packages: ReadonlyMap<string, string>
  /** What esbuild made, by path. */
  readonly files: ReadonlyMap<string, OutputFile>
  /** Gives the digest of an input by its path. */
  digest(input: string): Digest
}

function toBundle(name: string, result: Result, { request, packages, files, digest }: Facts): Bundle {
  const output = result.metafile.outputs[`${name}.js`]!
  const file = (suffix: string) => files.get(join(request.root, `${name}${suffix}`))!
  const code = file('.js').text
  const used = [...new Set(output.imports.filter((one) => one.external).map((one) => packageName(one.path)))]
  return {
    label: name,
    code,
    map: renameSources(file('.js.map').text, request.sourceName),
    needs: givenIn(output, 'earlier'),
    params: givenIn(output, 'param'),
    packages: Object.fromEntries(
      used
        .filter((one) => packages.has(one))
        .sort()
        .map((one) => [one, packages.get(one)!]),
    ),
    inputs: Object.fromEntries(
      [...new Set(Object.keys(output.inputs).filter(isFile).map(plain).flatMap(withSchema(request.root)))]
        .sort()
        .map((input) => [input, digest(input)]),
    ),
  }
}

// What a schema says of a data file decides its rows.
function withSchema(root: string): (input: string) => string[] {
  return (input) => {
    const schema = input + schemaEnd
    return dataFile.test(input) && existsSync(join(root, schema)) ? [input, schema] : [input]
  }
}

// Many entries read the same files, so each is digested once.
function fileDigests(root: string): (input: string) => Digest {
  const known = new Map<string, Digest>()
  return (input) => {
    const digest = known.get(input) ?? sha256(readFileSync(join(root, input)))
    known.set(input, digest)
    return digest
  }
}

// Each export and param has its own module, and a bundle that does not use it takes no bytes of it.
function givenIn({ inputs }: Output, kind: 'earlier' | 'param'): string[] {
  const start = `weft-given:${kind}/`
  const used = Object.keys(inputs).filter(
    (input) => input.startsWith(start) && inputs[input]!.bytesInOutput > 0,
  )
  return used.map((input) => input.slice(start.length)).sort()
}

function isFile(input: string): boolean {
  return !/^weft-[a-z]+(:|$)/.test(input)
}

/** Removes suffixes: inputs, sources and messages name a file by its path, however it was imported. */
export function plain(words: string): string {
  return words.replaceAll(entrySuffix, '').replace(/ with \{ [^}]*\}$/, '')
}

function plainMessage(message: Message): Message {
  const { text, location } = message
  return { ...message, text: plain(text), location: location && { ...location, file: plain(location.file) } }
}

function renameSources(text: string, rename: (source: string) => string): string {
  const map = JSON.parse(text) as { sources: string[] }
  return JSON.stringify({
    ...map,
    sources: map.sources.map((source) => sourceUrl(rename(plain(source)))),
  })
}

/** Writes the path of a source as a source map has it. */
export function sourceUrl(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent)
}

function isBuildFailure(cause: unknown): cause is BuildFailure {
  return cause instanceof Error && Array.isArray((cause as BuildFailure).errors)
}
