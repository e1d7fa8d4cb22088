import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { home } from '../home.ts'
import type { Candidate, OpenCandidate } from './candidate.ts'
import { document } from './document.ts'
import { editFile } from './edit-file.ts'
import { toWeft } from './to-weft.ts'
import { weftTitle } from './weft-title.ts'

/** Weft, installed as a package in the report's folder. */
export const weft: Candidate = { document: 'cells', tool: 'weft', open }

function open(): OpenCandidate {
  return {
    title: weftTitle('cells in TypeScript, figures by vega-lite, HTML printed by Chromium; cached: --cached'),
    content: document,
    pdf: 'dist/report.pdf',
    prepare(folder) {
      mkdirSync(join(folder, 'node_modules'))
      symlinkSync(home, join(folder, 'node_modules/weft'))
      writeFileSync(join(folder, 'report.md'), toWeft(document))
    },
    edit: (folder) => editFile(join(folder, 'report.md'), document.edit.from, document.edit.to),
    command: (phase, folder) => ({
      program: process.execPath,
      args: [
        join(folder, 'node_modules/weft/lib/cli.js'),
        'build',
        'report.md',
        ...(phase === 'cached' ? ['--cached'] : []),
      ],
    }),
  }
}
