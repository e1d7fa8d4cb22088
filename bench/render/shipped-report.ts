import { join } from 'node:path'
import { copyTool } from '../copy-tool.ts'
import type { Candidate, OpenCandidate } from './candidate.ts'
import { editFile } from './edit-file.ts'
import { weftTitle } from './weft-title.ts'

/** The report that Weft ships, built from accepted results. It never trains: a missing result is an error. */
export const shippedReport: Candidate = { document: 'report', tool: 'weft', open }

// The edit adds a letter to the first word of a paragraph.
const firstWord = /^([A-Z][a-z]*) /m

function open(): OpenCandidate {
  return {
    title: weftTitle(
      'the shipped report from accepted results, always with --cached; cold: with an empty dist',
    ),
    pdf: 'dist/report.pdf',
    prepare: copyTool,
    edit: (folder) => editFile(join(folder, 'report-src/part-a.md'), firstWord, '$1y '),
    command: (_, folder) => ({
      program: process.execPath,
      args: [join(folder, 'lib/cli.js'), 'build', '--cached'],
    }),
  }
}
