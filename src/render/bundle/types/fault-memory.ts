import type ts from 'typescript'
import { faultsInFile, faultsInModule, otherFiles, placeInParts } from './find-faults.ts'
import type { TypedReport } from './typed-report.ts'
import type { Fault, FaultInFile, FaultInModule } from './typed-source.ts'

interface Known {
  readonly version: string
  readonly found: readonly (FaultInModule | FaultInFile)[]
  /** What others see of it: its declarations. Undefined until they are asked for, or if it has none. */
  shape?: string
}

/**
 * The faults of a report, remembered from one version to the next. A module is checked again if it changed, if the
 * declarations of one that it imports did, or if it had faults.
 */
export class FaultMemory {
  readonly #report: TypedReport
  #settings: TypedReport['settings']
  #known = new Map<string, Known>()

  constructor(report: TypedReport) {
    this.#report = report
    this.#settings = report.settings
  }

  /** Finds the faults of the report as it is now. */
  check(): Fault[] {
    const { program, settings } = this.#report
    const files = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/'))
    const changed = files.filter(({ fileName }) => !this.#isKnown(fileName))
    if (settings !== this.#settings || changed.some((file) => !isModule(file))) this.#known.clear()
    this.#settings = settings
    const paths = new Set(files.map(({ fileName }) => fileName))
    for (const path of this.#known.keys()) if (!paths.has(path)) this.#known.delete(path)
    this.#checkFrom(files)
    return this.#faults()
  }

  /**
   * Writes the declarations of one module that are not known yet, which makes the check after its next edit faster; false
   * if there is none left.
   */
  prepare(): boolean {
    const next = [...this.#known].find(([path, { shape }]) => shape === undefined && !isDeclaration(path))
    if (next === undefined) return false
    next[1].shape = this.#shapeOf(next[0]) ?? ''
    return true
  }

  #checkFrom(files: readonly ts.SourceFile[]): void {
    const byPath = new Map(files.map((file) => [file.fileName, file]))
    const importers = this.#importers(files)
    const isAll = this.#known.size === 0
    const due = new Set(
      files.filter((file) => isAll || this.#isDue(file.fileName)).map(({ fileName }) => fileName),
    )
    // A set's walk goes on to what is added meanwhile.
    const reached = new Set<string>()
    for (const path of due) {
      const before = this.#known.get(path)
      const known: Known = { version: this.#report.versionOf(path), found: this.#find(byPath.get(path)!) }
      this.#known.set(path, known)
      if (isAll) continue
      known.shape = this.#shapeOf(path)
      const isSame = known.shape !== undefined && known.shape === before?.shape
      // Declarations that name others change with them.
      if (isSame && !(reached.has(path) && namesOthers(known.shape!))) continue
      for (const importer of importers.get(path) ?? []) {
        due.add(importer)
        reached.add(importer)
      }
    }
  }

  #isKnown(path: string): boolean {
    return this.#known.get(path)?.version === this.#report.versionOf(path)
  }

  #isDue(path: string): boolean {
    return !this.#isKnown(path) || this.#known.get(path)!.found.length > 0
  }

  #importers(files: readonly ts.SourceFile[]): ReadonlyMap<string, readonly string[]> {
    const importers = new Map<string, string[]>()
    for (const { fileName } of files)
      for (const path of this.#report.importsOf(fileName))
        importers.set(path, [...(importers.get(path) ?? []), fileName])
    return importers
  }

  #find(file: ts.SourceFile): Known['found'] {
    const module = this.#report.moduleAt(file.fileName)
    if (module) return faultsInModule(this.#report, module)
    return otherFiles(this.#report, [file]).flatMap((one) => faultsInFile(this.#report, one))
  }

  #shapeOf(path: string): string | undefined {
    if (isDeclaration(path)) return undefined
    const [output] = this.#report.service.getEmitOutput(path, true, true).outputFiles
    return output?.text
  }

  #faults(): Fault[] {
    return [...this.#known].flatMap(([path, { found }]): readonly Fault[] => {
      const module = this.#report.moduleAt(path)
      if (!module) return found as readonly FaultInFile[]
      return placeInParts(this.#report, module, found as readonly FaultInModule[])
    })
  }
}

function isModule(file: ts.SourceFile): boolean {
  return (file as { readonly externalModuleIndicator?: unknown }).externalModuleIndicator !== undefined
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$|\.json$/.test(path)
}

function namesOthers(shape: string): boolean {
  return /\bimport\b|\bfrom\b/.test(shape)
}
