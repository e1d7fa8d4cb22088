import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pythonWith } from '../python-with.ts'
import type { Candidate, OpenCandidate } from './candidate.ts'
import { document } from './document.ts'
import { editFile } from './edit-file.ts'
import { mystmdFiles } from './mystmd-files.ts'
import { texPackages } from './tex-packages.ts'
import { toMystmd } from './to-mystmd.ts'
import { pdftexVersion, versionOf } from './version-of.ts'

/** mystmd, with cells in Python. */
export const mystmd: Candidate = {
  document: 'cells',
  tool: 'mystmd',
  packages: `npm: mystmd; Debian: jupyter-server python3-ipykernel python3-matplotlib ${texPackages}`,
  open,
}

function open(): OpenCandidate {
  const version = versionOf('myst', ['--version'], /v?([\d.]+)/)
  const python = pythonWith('jupyter_server', 'ipykernel', 'matplotlib')
  const server = versionOf(python, ['-m', 'jupyter_server', '--version'], /([\d.]+)/)
  const pythonVersion = versionOf(python, ['--version'], /Python ([\d.]+)/)
  versionOf('latexmk', ['--version'], /Version ([\w.]+)/)
  return {
    title: `mystmd ${version}: cells in Python ${pythonVersion}, jupyter-server ${server}, matplotlib, its cache; pdfTeX ${pdftexVersion()}`,
    content: document,
    pdf: 'report.pdf',
    prepare(folder) {
      for (const [path, text] of Object.entries(mystmdFiles)) {
        mkdirSync(join(folder, path, '..'), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
      mkdirSync(join(folder, 'bin'))
      // mystmd uses the first `python` on the path, but distributions call it `python3`.
      writeFileSync(join(folder, 'bin/python'), `#!/bin/sh\nexec '${python}' "$@"\n`, { mode: 0o755 })
      writeFileSync(join(folder, 'report.md'), toMystmd(document))
    },
    edit: (folder) => editFile(join(folder, 'report.md'), document.edit.from, document.edit.to),
    command: (_, folder) => ({
      program: 'myst',
      args: ['build', 'report.md', '--pdf', '--execute', '--ci'],
      env: {
        PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
        JUPYTER_CONFIG_DIR: join(folder, 'jupyter'),
      },
    }),
  }
}
