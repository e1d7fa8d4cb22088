import type { VFile } from 'vfile'
import type { ReportTree } from '../../model/types.ts'
import { loadTypeScript } from './compiler.ts'
import { findFaults } from './find-faults.ts'
import { reportFindings, toFindings } from './findings.ts'
import { TypedReport } from './typed-report.ts'
import { typedSource } from './typed-source.ts'

/**
 * Checks every cell, value and claim of a report as one TypeScript program, with the project's modules that they import.
 * Reports `types-agree` at the place in the Markdown, and gives the other files that have errors. Nothing runs. Throws
 * an Error if TypeScript is not installed, or if tsconfig.json cannot be read.
 */
export async function checkTypes(tree: ReportTree): Promise<readonly VFile[]> {
  const compiler = await loadTypeScript(tree.report.root)
  const report = new TypedReport(compiler, typedSource(tree))
  return reportFindings(toFindings(findFaults(report), tree), tree, 'errors')
}
