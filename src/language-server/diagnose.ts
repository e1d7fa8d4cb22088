import { resolve } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { VFile } from 'vfile'
import { type Diagnostic, DiagnosticSeverity, type Position } from 'vscode-languageserver/node'
import { toFindings } from '../render/bundle/types/findings.ts'
import { plainFront } from '../render/syntax/front-matter.ts'
import type { EditedReport } from './edited-report.ts'

/** The diagnostics of the chapters of a report, by their absolute paths. */
type Diagnostics = ReadonlyMap<string, readonly Diagnostic[]>

/**
 * Checks a report, module by module, and yields the diagnostics of all its chapters: first when those that are open are
 * checked, then when all are. Between modules other requests are answered; it ends early if `isCurrent` says that the
 * report has changed.
 *
 * @param open absolute paths of the open chapters
 */
export async function* diagnose(
  report: EditedReport,
  open: readonly string[],
  isCurrent: () => boolean,
): AsyncGenerator<Diagnostics> {
  const { typed, faults } = report
  if (!typed || !faults || report.unreadable.length > 0) {
    yield diagnosticsOf(report)
    return
  }
  const first = typed.modules
    .filter(({ path }) => open.some((chapter) => path.startsWith(`${chapter}.`)))
    .map(({ path }) => path)
  const left = new Set(first)
  for (const path of faults.checkSteps(first)) {
    await turn()
    if (!isCurrent()) return
    if (left.delete(path) && left.size === 0) yield diagnosticsOf(report)
  }
  yield diagnosticsOf(report)
  while (isCurrent() && faults.prepare()) await turn()
}

function diagnosticsOf(report: EditedReport): Diagnostics {
  const found = new Map<string, Diagnostic[]>()
  const { tree, unreadable } = report
  const add = (path: string, list: readonly Diagnostic[]) =>
    found.set(path, [...(found.get(path) ?? []), ...list])
  for (const file of tree?.report.files ?? []) add(absolute(file), isPlain(report) ? [] : messagesOf(file))
  if (report.problem !== undefined) {
    const start = { line: 0, character: 0 }
    const message = `Cannot check types: ${report.problem}`
    add(report.path, [{ ...common, range: { start, end: start }, message }])
  }
  for (const file of unreadable) found.set(absolute(file), messagesOf(file))
  if (!tree || !report.faults || unreadable.length > 0) return found
  const findings = toFindings(report.faults.faults(), tree)
  for (const { file, place, reason, rule } of findings) {
    const path = absolute({ cwd: tree.report.root, path: file })
    // Modules are checked by the editor's own TypeScript.
    if (!found.has(path)) continue
    const { start, end } = 'start' in place ? place : { start: place, end: place }
    const range = { start: zeroBased(start), end: zeroBased(end) }
    add(path, [{ ...common, range, message: reason, code: rule }])
  }
  return found
}

const common = { severity: DiagnosticSeverity.Error, source: 'weft' } as const

// Other Markdown may look like a report here and there.
function isPlain({ tree }: EditedReport): boolean {
  const { report, cells, expressions } = tree!
  return report.front === plainFront && cells.length + expressions.length === 0
}

function absolute({ cwd, path }: { readonly cwd: string; readonly path: string }): string {
  return resolve(cwd, path)
}

function messagesOf({ messages }: VFile): Diagnostic[] {
  return messages.map(({ reason, fatal, ruleId, place, line, column }) => {
    const point = { line: line ?? 1, column: column ?? 1 }
    const { start, end } = place && 'start' in place ? place : { start: point, end: point }
    return {
      range: { start: zeroBased(start), end: zeroBased(end) },
      message: reason,
      severity: fatal ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      source: 'weft',
      code: ruleId,
    }
  })
}

function zeroBased({ line, column }: { readonly line: number; readonly column: number }): Position {
  return { line: line - 1, character: column - 1 }
}
