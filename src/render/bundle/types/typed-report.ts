import { join } from 'node:path'
import type ts from 'typescript'
import { CodeFacts } from './code-facts.ts'
import { readSettings, type Settings } from './compiler.ts'
import { DataModules } from './data-modules.ts'
import { ReadFiles } from './read-files.ts'
import { importResolver, type ResolveImport } from './resolve-imports.ts'
import type { TypedCell, TypedSource } from './typed-source.ts'
import type { VirtualModule } from './virtual-text.ts'
import { writeModules } from './write-modules.ts'

interface Versioned {
  readonly module: VirtualModule
  readonly version: number
}

/**
 * A report as one TypeScript program that follows its edits: modules in memory for its cells, values and claims, with
 * all that they import. What did not change is not read, resolved or parsed again.
 */
export class TypedReport {
  readonly compiler: typeof ts
  /** Absolute. */
  readonly root: string
  readonly service: ts.LanguageService
  /** What it read from the disk. */
  readonly reads = new ReadFiles()
  readonly #facts: CodeFacts
  readonly #data: DataModules
  readonly #imports = new Map<string, readonly string[]>()
  /** Importers of what was not there when it was looked for. */
  readonly #unresolved = new Set<string>()
  #modules: ReadonlyMap<string, Versioned> = new Map()
  #owners: ReadonlyMap<string, TypedCell> = new Map()
  #source: TypedSource
  #settings: Settings
  #resolve: ResolveImport
  #version = 0
  #generation = 0
  #isMoved = false
  readonly #readsDocs: boolean

  /**
   * Throws an Error if the project's tsconfig.json cannot be read.
   *
   * @param readsDocs Reads comments too, as editors show them; a check needs only those that say types.
   */
  constructor(compiler: typeof ts, source: TypedSource, readsDocs = false) {
    this.#readsDocs = readsDocs
    this.compiler = compiler
    this.root = source.root
    this.#source = source
    this.#facts = new CodeFacts(compiler)
    this.#data = new DataModules(compiler)
    this.#resolve = importResolver(compiler, this.root, this.#data)
    this.#settings = this.#readSettings()
    this.#write(source)
    this.service = compiler.createLanguageService(this.#host())
  }

  /** Goes on to another version of the report, and of the files that it imports. Throws as the constructor. */
  update(source: TypedSource): void {
    this.#source = source
    const before = this.#modules
    this.#version += 1
    this.#write(source)
    this.#resolve = importResolver(this.compiler, this.root, this.#data)
    const { changed, isMoved } = this.reads.readAgain()
    const isReset = [...this.#settings.files, join(this.root, 'package.json')].some((path) =>
      changed.has(path),
    )
    this.#isMoved = isMoved || isReset
    if (this.#isMoved) this.#generation += 1
    if (isReset) this.#settings = this.#readSettings()
    const isSame =
      before.size === this.#modules.size &&
      [...this.#modules].every(([path, { version }]) => before.get(path)?.version === version)
    // TypeScript then looks at nothing again.
    if (isSame && changed.size === 0 && this.#unresolved.size === 0) this.#version -= 1
  }

  get source(): TypedSource {
    return this.#source
  }

  /** Grows with each update that changed something. */
  get version(): number {
    return this.#version
  }

  /** Grows when settings change, and when a file comes or goes: any import may then mean something else. */
  get generation(): number {
    return this.#generation
  }

  /** The modules in memory, in the order of the report. */
  get modules(): readonly VirtualModule[] {
    return [...this.#modules.values()].map(({ module }) => module)
  }

  /** Finds a module in memory by its path. */
  moduleAt(path: string): VirtualModule | undefined {
    return this.#modules.get(path)?.module
  }

  /** Name of an export -> its cell. */
  get owners(): ReadonlyMap<string, TypedCell> {
    return this.#owners
  }

  get program(): ts.Program {
    return this.service.getProgram()!
  }

  /** Gives the data file that a declaration in memory is about; undefined for another file. */
  dataFileOf(path: string): string | undefined {
    return this.#data.fileOf(path)
  }

  /** Gives the files that a file imports. */
  importsOf(path: string): readonly string[] {
    return this.#imports.get(path) ?? []
  }

  /** Gives a text that changes with a file; packages are taken to stay as they are. */
  versionOf(path: string): string {
    const own = this.#modules.get(path)
    if (own) return String(own.version)
    const data = this.#data.filesOf(path)
    if (data.length > 0) return data.map((file) => this.reads.stateOf(file)).join()
    return path.includes('/node_modules/') ? '0' : this.reads.stateOf(path)
  }

  #readSettings(): Settings {
    const settings = readSettings(this.compiler, this.root)
    for (const file of [...settings.files, join(this.root, 'package.json')]) this.reads.stateOf(file)
    return settings
  }

  #write(source: TypedSource): void {
    const { modules, owners } = writeModules(source, this.#facts)
    this.#owners = owners
    this.#modules = new Map(
      modules.map((module) => {
        const before = this.#modules.get(module.path)
        const isSame = before?.module.text === module.text
        return [module.path, { module, version: isSame ? before.version : this.#version }]
      }),
    )
  }

  #host(): ts.LanguageServiceHost & { hasInvalidatedResolutions(path: string): boolean } {
    const { sys, ScriptSnapshot, JSDocParsingMode } = this.compiler
    const host = {
      ...sys,
      jsDocParsingMode: JSDocParsingMode[this.#readsDocs ? 'ParseAll' : 'ParseForTypeErrors'],
      getProjectVersion: () => String(this.#version),
      getCompilationSettings: () => this.#settings.options,
      getCurrentDirectory: () => this.root,
      getDefaultLibFileName: (options: ts.CompilerOptions) => this.compiler.getDefaultLibFilePath(options),
      getScriptFileNames: () => [...this.#modules.keys()],
      getScriptVersion: (path: string) => this.versionOf(path),
      getScriptSnapshot: (path: string) => {
        const text = host.readFile(path)
        return text === undefined ? undefined : ScriptSnapshot.fromString(text)
      },
      fileExists: (path: string) => this.#modules.has(path) || this.reads.note(path, sys.fileExists(path)),
      directoryExists: (path: string) => this.reads.note(path, sys.directoryExists(path)),
      readFile: (path: string) =>
        this.#modules.get(path)?.module.text ?? this.#data.declare(path) ?? sys.readFile(path),
      resolveModuleNameLiterals: (
        literals: readonly ts.StringLiteralLike[],
        importer: string,
        _redirected: unknown,
        settings: ts.CompilerOptions,
      ) => {
        const found = literals.map((literal) => this.#resolve(literal, importer, settings, host))
        this.#noteImports(importer, found)
        return found
      },
      hasInvalidatedResolutions: (path: string) => this.#isMoved || this.#unresolved.has(path),
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    }
    return host
  }

  #noteImports(importer: string, found: readonly ts.ResolvedModuleWithFailedLookupLocations[]): void {
    const paths = found.flatMap(({ resolvedModule }) => resolvedModule?.resolvedFileName ?? [])
    this.#imports.set(importer, paths)
    if (paths.length === found.length) this.#unresolved.delete(importer)
    else this.#unresolved.add(importer)
  }
}
