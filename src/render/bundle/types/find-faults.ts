import type ts from 'typescript'
import { nearest } from '../../model/nearest.ts'
import { pathFrom } from '../../model/paths.ts'
import { exportFaults } from './export-faults.ts'
import { foreignNames } from './foreign-names.ts'
import type { TypedReport } from './typed-report.ts'
import type { Fault, FaultInFile, FaultInModule, FaultInPart } from './typed-source.ts'
import { ownerAt, type VirtualModule } from './virtual-text.ts'
import { isOfValues } from './write-modules.ts'

/** Checks every module of a report, and the modules of the project that they import. */
export function findFaults(report: TypedReport): Fault[] {
  return [
    ...report.modules.flatMap((module) => placeInParts(report, module, faultsInModule(report, module))),
    ...otherFiles(report).flatMap((file) => faultsInFile(report, file)),
  ]
}

/** Checks one module of a report. */
export function faultsInModule(report: TypedReport, module: VirtualModule): FaultInModule[] {
  const { program, compiler } = report
  const file = program.getSourceFile(module.path)!
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
  const faults = found.map((one) => ({
    start: one.start ?? 0,
    length: one.length,
    reason: explain(one, report),
  }))
  const more = isOfValues(module)
    ? foreignNames(file, program, compiler)
    : module.segments.length > 0 && isChecked(file, report)
      ? exportFaults(file, program, compiler)
      : []
  return [...faults, ...more]
}

// JavaScript is checked only if it asks for it.
function isChecked({ text, fileName }: ts.SourceFile, { program }: TypedReport): boolean {
  return (
    /\.tsx?$/.test(fileName) ||
    /^\s*\/\/\s*@ts-check\b/m.test(text) ||
    program.getCompilerOptions().checkJs === true
  )
}

/** Converts faults of a module to places in what authors wrote. Throws an Error if they wrote nothing of it. */
export function placeInParts(
  { source }: TypedReport,
  module: VirtualModule,
  faults: readonly FaultInModule[],
): FaultInPart[] {
  return faults.map(({ start, length, reason }) => {
    const found = ownerAt(module, start)
    if (!found) throw new Error(`Cannot check types: ${reason}`)
    const part = source.parts.indexOf(found.owner)
    return { part, reason, ...(found.offset === undefined ? {} : { offset: found.offset, length }) }
  })
}

// Names are searched for among all exports, since a module imports only those that it names.
function explain(found: ts.Diagnostic, { owners, compiler }: TypedReport): string {
  const told = reasonOf(found, compiler)
  if (!unknownNames.includes(found.code) || found.start === undefined) return told
  const unknown = found.file!.text.slice(found.start, found.start + found.length!)
  const owner = owners.get(unknown)
  if (owner)
    return `Cannot find \`${unknown}\`, it is exported by \`#${owner.label}\` below: move \`#${owner.label}\` up`
  const near = nearest(unknown, [...owners.keys(), 'params'])
  if (near === undefined) return told
  const from = owners.get(near)
  const where = from ? ` (exported by \`#${from.label}\`)` : ''
  return `Cannot find name \`${unknown}\`: did you mean \`${near}\`?${where}`
}

// Codes of TypeScript: `Cannot find name`, alone and with a near one.
const unknownNames = [2304, 2552]

function reasonOf({ messageText, code }: ts.Diagnostic, compiler: typeof ts): string {
  const text = compiler.flattenDiagnosticMessageText(messageText, '\n').replace(/'([^'\n]+)'/g, '`$1`')
  return `${text.replace(/\.$/, '')} (TS${code})`
}

/** Lists the modules of the project that the report reaches; packages and Weft's own code are checked where they are made. */
export function otherFiles(
  report: TypedReport,
  files: readonly ts.SourceFile[] = report.program.getSourceFiles(),
): readonly ts.SourceFile[] {
  const { root } = report
  return files
    .filter(({ fileName, isDeclarationFile }) => !isDeclarationFile && !report.moduleAt(fileName))
    .filter(({ fileName }) => fileName.startsWith(`${root}/`) && !fileName.includes('/node_modules/'))
}

/** Checks one module of the project. */
export function faultsInFile({ program, compiler, root }: TypedReport, file: ts.SourceFile): FaultInFile[] {
  const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
  return found.map((one) => {
    const { line, character } = file.getLineAndCharacterOfPosition(one.start ?? 0)
    return {
      file: pathFrom(root, file.fileName),
      line: line + 1,
      column: character + 1,
      reason: reasonOf(one, compiler),
    }
  })
}
