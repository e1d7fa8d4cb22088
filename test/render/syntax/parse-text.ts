import { join } from 'node:path'
import type { Node } from 'unist'
import { visit } from 'unist-util-visit'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import type { ReportTree } from '../../../src/render/model/types.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { messagesOf } from '../execute/build-project.ts'
import { type Files, reportOf, temporaryProject } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

/** Number of lines before the body given to `parseText`. */
export const before = 3

/** Parses a Markdown text as a complete report, with front matter before it. */
export function parseText(
  test: Test,
  body: string,
  front: Readonly<Record<string, unknown>> = {},
  files: Files = {},
): { tree: ReportTree; said: string[] } {
  const root = temporaryProject(test, { 'report.md': reportOf(body, front), ...files })
  const tree = parse(readReport(join(root, 'report.md'), undefined), kinds)
  return { tree, said: messagesOf(tree.report.files) }
}

/** Gives the visible text of a report: all text nodes as one string. */
export function textOf({ chapters }: ReportTree): string {
  const texts: string[] = []
  for (const { tree } of chapters)
    visit(tree, (node: Node & { value?: string }) => {
      if (node.type === 'text') texts.push(node.value!)
    })
  return texts.join('')
}

/** Gives the types of all nodes of a report, in document order. */
export function typesOf({ chapters }: ReportTree): string[] {
  const types: string[] = []
  for (const { tree } of chapters) visit(tree, (node) => void types.push(node.type))
  return types
}
