import { mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { kinds } from '../../../../src/render/assemble/registers/fill-register.ts'
import type { Finding } from '../../../../src/render/bundle/types/findings.ts'
import type { ReportTree } from '../../../../src/render/model/types.ts'
import { parse } from '../../../../src/render/syntax/parse.ts'
import { readReport } from '../../../../src/render/syntax/read-report.ts'
import { type Files, temporaryProject } from '../../execute/temporary-project.ts'

/** Makes a project that has this repository's TypeScript installed; gives its folder. */
export function typescriptProject(test: Parameters<typeof temporaryProject>[0], files: Files): string {
  const root = temporaryProject(test, files)
  const installed = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  symlinkSync(realpathSync(installed), join(root, 'node_modules/typescript'))
  return root
}

/** Reads the report.md of a project. */
export function treeOf(root: string): ReportTree {
  return parse(readReport(join(root, 'report.md'), undefined), kinds)
}

/** Writes findings as `file:line:column reason`. */
export function linesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ file, place, reason }) => {
    const { line, column } = 'start' in place ? place.start : place
    return `${file}:${line}:${column} ${reason.split('\n')[0]}`
  })
}
