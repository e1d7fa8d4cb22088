import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Report } from '../../../src/render/model/types.ts'
import { readFiles } from '../../../src/render/submission/read-files.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

test('readFiles should keep a README of the project, whatever else is called so', (t) => {
  const texts = {
    'README.md': 'Mine.',
    'README-project.md': 'First.',
    'README-project-2.md': 'Second.',
    'report.md': '# One',
  }
  const root = temporaryProject(t, texts)
  const report = { root, files: [{ path: 'report.md' }] } as unknown as Report
  const { files } = readFiles(Object.keys(texts), report, {
    ...{ text: undefined, names: [], isAnonymous: false, file: '/x.zip' },
  })
  assert.deepEqual(
    Object.fromEntries(files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])),
    {
      'README-project-3.md': 'Mine.',
      'README-project.md': 'First.',
      'README-project-2.md': 'Second.',
      'report.md': '# One',
    },
  )
})
