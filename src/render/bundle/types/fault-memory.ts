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

/** A module to check. */
interface Due {
  /** Its declarations when it was last checked. */
  readonly shape?: string
  /** Whether declarations of what it imports have changed. */
  isReached: boolean
  /** Whether its own have, once it is checked. */
  isChanged?: boolean
}

/**
 * The faults of a report, remembered from one version to the next. A module is checked again if it changed, if the
 * declarations of one that it imports did, or if it had faults.
 */
export class FaultMemory {
  readonly #report: TypedReport
  #generation: number
  #known = new Map<string, Known>()
  /** The version that was checked to the end. */
  #checked: number | undefined

  constructor(report: TypedReport) {
    this.#report = report
    this.#generation = report.generation
  }

  /** Finds the faults of the report as it is now. */
  check(): Fault[] {
    for (const _ of this.checkSteps([])) {
      // Each step checks a module.
    }
    return this.faults()
  }

  /**
   * Checks one module a step, and gives its path. Whoever stops in between, because the report has changed, loses
   * nothing: the next check goes on.
   *
   * @param first paths of modules to check before the others
   */
  *checkSteps(first: readonly string[]): Generator<string> {
    const { program, generation, version } = this.#report
    const files = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/'))
    const changed = files.filter(({ fileName }) => !this.#isKnown(fileName))
    if (generation !== this.#generation || changed.some((file) => !isModule(file))) this.#known.clear()
    this.#generation = generation
    const byPath = new Map(files.map((file) => [file.fileName, file]))
    for (const path of this.#known.keys()) if (!byPath.has(path)) this.#known.delete(path)
    const isAll = this.#known.size === 0
    const due = new Map<string, Due>()
    const paths = [...first.filter((path) => byPath.has(path)), ...byPath.keys()]
    for (const path of paths) if (this.#isDue(path)) this.#add(path, due)
    const importers = this.#importers(files)
    // A map's walk goes on to what is added meanwhile.
    for (const [path, one] of due) {
      const known: Known = { version: this.#report.versionOf(path), found: this.#find(byPath.get(path)!) }
      if (!isAll) known.shape = this.#shapeOf(path)
      this.#known.set(path, known)
      one.isChanged = known.shape === undefined || known.shape !== one.shape
      if (!isAll) this.#follow(path, due, importers)
      yield path
    }
    this.#checked = version
  }

  // What is due is not known, so that it stays due if nobody comes to it.
  #add(path: string, due: Map<string, Due>): Due {
    const one = due.get(path) ?? { shape: this.#known.get(path)?.shape, isReached: false }
    if (!due.has(path)) this.#known.delete(path)
    due.set(path, one)
    return one
  }

  // Makes importers due if declarations changed, or if they name others that did.
  #follow(path: string, due: Map<string, Due>, importers: ReadonlyMap<string, readonly string[]>): void {
    const { isChanged, isReached } = due.get(path)!
    if (!isChanged && !(isReached && namesOthers(this.#known.get(path)!.shape!))) return
    for (const importer of importers.get(path) ?? []) {
      const one = this.#add(importer, due)
      if (one.isReached) continue
      one.isReached = true
      // It was checked before this was known.
      if (one.isChanged === false) this.#follow(importer, due, importers)
    }
  }

  /**
   * Writes the declarations of one module that are not known yet, which makes the check after its next edit faster; false
   * if there is none left.
   */
  prepare(): boolean {
    // Declarations of another version would hide what has changed since.
    if (this.#checked !== this.#report.version) return false
    const next = [...this.#known].find(([path, { shape }]) => shape === undefined && !isDeclaration(path))
    if (next === undefined) return false
    next[1].shape = this.#shapeOf(next[0]) ?? ''
    return true
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

  /** Gives the faults that are known now. */
  faults(): Fault[] {
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
