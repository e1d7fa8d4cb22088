import assert from 'node:assert/strict'
import test from 'node:test'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { freezeReport } from '../../../src/render/submission/open-frozen.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

const env = { SOURCE_DATE_EPOCH: '1796083200' }

test('freezeReport should leave out authors and fix the day, also in a text of Windows', (t) => {
  const report = '\ufeff---\r\ntitle: Rain\r\nauthor: Jane Doe\r\ndate: today\r\n---\r\n\r\nText.\r\n'
  const paths = pathsOf(`${temporaryProject(t, { 'report.md': report })}/report.md`)
  const { text, names, reader } = freezeReport(paths, { isAnonymous: true, env })
  assert.equal(text, '---\ntitle: Rain\n\ndate: 2026-12-01\n---\n\nText.\n')
  assert.deepEqual(names, ['Jane Doe', 'Doe, Jane', 'J. Doe', 'Doe, J.'])
  assert.equal(String(Buffer.from(reader!.readChapter('report.md'))), text)
  assert.equal(String(Buffer.from(reader!.readSource('report.md'))), text)
})

test('freezeReport should keep a report in which nothing is to change', (t) => {
  const report = '---\r\ntitle: Rain\r\ndate: 2026-11-30\r\n---\r\n\r\nText.\r\n'
  const paths = pathsOf(`${temporaryProject(t, { 'report.md': report })}/report.md`)
  assert.deepEqual(freezeReport(paths, { isAnonymous: false, env }), { names: [] })
})
