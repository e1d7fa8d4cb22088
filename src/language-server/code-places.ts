import type ts from 'typescript'
import type { Location, Position } from 'vscode-languageserver/node'
import type { EditedReport, ModulePlace } from './edited-report.ts'
import { pathOf, type Workspace } from './workspace.ts'

/** A position in the code of a report, with all that is needed to ask about it. */
export interface CodePlace extends ModulePlace {
  readonly report: EditedReport
  readonly workspace: Workspace
  readonly service: ts.LanguageService
  readonly compiler: typeof ts
}

/** Where a request of an editor points to. */
export interface DocumentPosition {
  readonly textDocument: { readonly uri: string }
  readonly position: Position
}

/** Finds the code at a position of a chapter; undefined if there is none. */
export async function codeAt(
  { textDocument, position }: DocumentPosition,
  workspace: Workspace,
): Promise<CodePlace | undefined> {
  const path = pathOf(textDocument.uri)
  const report = await workspace.reportOf(path)
  const document = report.documentAt(path)
  const found = document && report.toModule(path, document.offsetAt(position))
  if (!found) return undefined
  const { service, compiler } = report.typed!
  return { ...found, report, workspace, service, compiler }
}

/** Gives the place of some characters of a file of the program; undefined if no author wrote them. */
export function locate(
  { fileName, textSpan }: { readonly fileName: string; readonly textSpan: ts.TextSpan },
  { report, workspace }: Pick<CodePlace, 'report' | 'workspace'>,
): Location | undefined {
  const { start, length } = textSpan
  const dataFile = report.typed!.dataFileOf(fileName)
  if (dataFile !== undefined) return workspace.locationOf({ path: dataFile, start: 0, end: 0 }, report)
  const place = report.typed!.moduleAt(fileName)
    ? report.toChapter(fileName, start, length)
    : { path: fileName, start, end: start + length }
  return place && workspace.locationOf(place, report)
}
