import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pythonWith } from '../python-with.ts'
import type { Candidate, OpenCandidate } from './candidate.ts'
import { document } from './document.ts'
import { editFile } from './edit-file.ts'
import { texPackages } from './tex-packages.ts'
import { toOrg } from './to-org.ts'
import { pdftexVersion, versionOf } from './version-of.ts'

/** Emacs' Org mode. */
export const org: Candidate = {
  document: 'cells',
  tool: 'org',
  packages: `Debian: emacs-nox python3-matplotlib ${texPackages}`,
  open,
}

function open(): OpenCandidate {
  const python = pythonWith('matplotlib')
  const version = versionOf('emacs', emacs(`(progn (require 'org) (princ (org-version)))`), /([\d.]+)/)
  const emacsVersion = versionOf('emacs', ['--version'], /GNU Emacs ([\d.]+)/)
  const pythonVersion = versionOf(python, ['--version'], /Python ([\d.]+)/)
  return {
    title: `org ${version}, Emacs ${emacsVersion}: cells in Python ${pythonVersion}, one session, matplotlib, :cache yes; pdfTeX ${pdftexVersion()}`,
    content: document,
    pdf: 'report.pdf',
    prepare: (folder) => writeFileSync(join(folder, 'report.org'), toOrg(document)),
    edit: (folder) => editFile(join(folder, 'report.org'), document.edit.from, document.edit.to),
    command: () => ({ program: 'emacs', args: emacs(build(python)), env: { MPLBACKEND: 'Agg' } }),
  }
}

function emacs(expression: string): string[] {
  return ['-Q', '--batch', '--eval', expression]
}

// Org caches results in the file itself, so the file is executed and saved before the export.
function build(python: string): string {
  return `(progn
  (require 'ox-latex)
  (require 'ob-python)
  (setq org-confirm-babel-evaluate nil make-backup-files nil org-babel-python-command "${python}")
  (find-file "report.org")
  (org-babel-execute-buffer)
  (save-buffer)
  (org-latex-export-to-pdf))`
}
