import assert from 'node:assert/strict'
import { join } from 'node:path'
import { afterEach, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { importFile, openNotebook, sourceOf } from '../../../../src/render/notebook/kernel/index.ts'
import { notebookHere } from '../../../../src/render/notebook/kernel/notebook-here.ts'
import { reportOf, temporaryProject } from '../../execute/temporary-project.ts'

const start = process.cwd()
const seams = ['weft.host', 'weft.notebook'].map((name) => Symbol.for(name))

afterEach(() => {
  process.chdir(start)
  delete process.env.WEFT_PROFILE
  for (const seam of seams) delete (globalThis as Record<symbol, unknown>)[seam]
  delete (globalThis as Record<string, unknown>).__weft
})

const experiment = `const defineExperiment = (definition) => definition
export const double = defineExperiment({ name: 'double', params: {}, run: ({ x }) => 2 * x })
`

const files = {
  'report-src/report.md': reportOf('', { lang: 'de', params: { full: { days: 3 }, quick: { days: 1 } } }),
  'src/double.mjs': experiment,
  'src/broken.mjs': 'const defineExperiment = 1; export const broken = defineExperiment({})',
  'report-src/rows.csv': 'day,mm\n2026-01-02,3\n',
  'report-src/facts.json': '{"a": 1}',
  'report-src/note.txt': 'wet\n',
  'report-src/more.mjs': 'export const more = 1',
  'dist/note': '',
}

describe('openNotebook', () => {
  it('should give the params of a profile, from any folder of the project, and go to the folder of the report', async (t) => {
    const root = temporaryProject(t, files)
    process.chdir(join(root, 'dist'))
    const { params } = await openNotebook('report-src/report.md', { profile: 'full' })
    assert.deepEqual(params, { days: 3 })
    assert.equal(process.cwd(), join(root, 'report-src'))
    assert.equal((globalThis as { __weft?: { lang: string } }).__weft?.lang, 'de')
    process.env.WEFT_PROFILE = 'quick'
    const other = await openNotebook('report-src/report.md', { profile: 'full' })
    assert.deepEqual([other.profile, other.params], ['quick', { days: 1 }])
  })

  it('should give experiments their address, so that a job of one finds it', async (t) => {
    const root = temporaryProject(t, files)
    process.chdir(root)
    await openNotebook('report-src/report.md', { profile: 'full' })
    await openNotebook('report-src/report.md', { profile: 'full' })
    const { double } = await import(pathToFileURL(join(root, 'src/double.mjs')).href)
    assert.equal(double.module, './src/double.mjs')
    const { job } = (globalThis as Record<symbol, unknown>)[Symbol.for('weft.host')] as {
      job(request: object): Promise<{ result: unknown }>
    }
    const { result } = await job({ module: double.module, name: 'double', params: { x: 4 }, seed: 1 })
    assert.equal(result, 8)
  })

  it('should import what a cell imports: rows with dates, JSON, text and modules', async (t) => {
    const root = temporaryProject(t, files)
    process.chdir(root)
    await openNotebook('report-src/report.md', { profile: 'full' })
    assert.deepEqual(await importFile('report-src/rows.csv', { dates: 'day' }), {
      default: [{ day: new Date('2026-01-02'), mm: 3 }],
    })
    assert.deepEqual(await importFile('report-src/facts.json'), { a: 1, default: { a: 1 } })
    assert.deepEqual(await importFile('report-src/note.txt'), { default: 'wet\n' })
    assert.equal(((await importFile('report-src/more.mjs')) as { more: number }).more, 1)
    assert.equal(sourceOf('report-src/report.md').dirname, join(root, 'report-src'))
  })

  it('should say what is missing', async (t) => {
    const root = temporaryProject(t, files)
    process.chdir(root)
    assert.throws(notebookHere, { message: /expected `openNotebook` to be called first: run the first cell/ })
    await assert.rejects(openNotebook('report-src/other.md', { profile: 'full' }), {
      message: `Cannot find report-src/other.md in ${root} or above it, expected the notebook to lie in the folder of its project`,
    })
    await assert.rejects(openNotebook('report-src/report.md', { profile: 'slow' }), {
      message: /^Cannot read .*report\.md: .*slow/,
    })
  })
})
