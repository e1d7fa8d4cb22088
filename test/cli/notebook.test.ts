import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { cell, reportOf, temporaryProject } from '../render/execute/temporary-project.ts'
import { weftHere } from './weft-here.ts'

const right = reportOf(cell('one', 'export const a = 1', 'export default a'))
const wrong = reportOf(cell('one', 'export const a = (undefined as any).x'))

describe('weft notebook', () => {
  it('should write the notebook to dist, or to the file of --out, and say what it holds', async (t) => {
    const folder = temporaryProject(t, { 'report.md': right, 'other.md': right })
    const { code, stdout } = await weftHere(folder, ['notebook'])
    assert.equal(code, 0)
    assert.match(stdout, /^ {2}notebook {3}\S*dist\/notebook\.ipynb {2}3 cells, 0\.0 MB\n$/)
    const named = join(folder, 'own.ipynb')
    await weftHere(folder, ['notebook', 'other.md', '--out', 'own.ipynb', '--chapters', 'other.md'])
    const ids = (path: string) =>
      (JSON.parse(readFileSync(path, 'utf8')) as { cells: { id: string }[] }).cells.map(({ id }) => id)
    assert.deepEqual(ids(named), ['title', 'params', 'one'])
    assert.deepEqual(ids(join(folder, 'dist/notebook.ipynb')), ids(named))
  })

  it('should end with status 1 where the report has an error, and write what there is', async (t) => {
    const folder = temporaryProject(t, { 'report.md': wrong })
    const { code, stderr } = await weftHere(folder, ['notebook'])
    assert.equal(code, 1)
    assert.match(stderr, /Cannot run `#one`/)
  })
})
