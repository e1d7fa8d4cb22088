import type { ReportTree } from '../../model/types.ts'
import { projectRoot } from '../../syntax/read-report.ts'
import { findTypeScript } from './compiler.ts'
import { type Finding, faultOfReport, toFindings } from './findings.ts'
import { openChecker } from './open-checker.ts'
import { typedSource } from './typed-source.ts'

/** The types of a report that is being edited. */
interface LiveTypes {
  /**
   * Checks a version of the report: seconds for the first one, about half a second after an edit of code, and next to
   * nothing after an edit of prose. While one version is checked, others wait, and all but the last are passed over: all
   * who wait get the findings of the last one. What prevents a check is a finding on report.md. Gives no findings if the
   * report's own project has no TypeScript with functions to call (5.5 to 6).
   */
  check(tree: ReportTree): Promise<readonly Finding[]>
  close(): Promise<void>
}

/**
 * Opens the types of the report in a folder. They are checked in a thread of their own, which starts with the first
 * check.
 */
export function openTypes(folder: string): LiveTypes {
  const root = projectRoot(folder)
  const checker = openChecker()
  let wanted: ReportTree
  let running: Promise<readonly Finding[]> | undefined
  const checkWanted = async (): Promise<readonly Finding[]> => {
    for (;;) {
      const tree = wanted
      const findings = await checker.check(typedSource(tree)).then(
        ({ faults }) => toFindings(faults, tree),
        (error: Error) => [faultOfReport(error, tree)],
      )
      if (tree === wanted) return findings
    }
  }
  return {
    async check(tree) {
      if (!findTypeScript(root)) return []
      wanted = tree
      running ??= checkWanted().finally(() => {
        running = undefined
      })
      return running
    },
    close: checker.close,
  }
}
