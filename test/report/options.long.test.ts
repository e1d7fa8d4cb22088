import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { foldText, pdfPages } from '../../src/render/print/pdf-text.ts'
import { itByThirds } from '../turns.ts'
import type { Project } from './project.ts'
import { command, copyOf, environmentOf, projectOf } from './project.ts'

const it = itByThirds()

const notice = 'Stand-in data at a small size (profile “quick”): these are not the published results'

async function marginsOf(project: Project, pdf = 'dist/report.pdf'): Promise<string[]> {
  const pages = await pdfPages(new Uint8Array(readFileSync(project.path(pdf))))
  return pages.map(({ margins }) => foldText(margins))
}

describe('the options of weft', { concurrency: 2 }, () => {
  const built = projectOf({ after }, 'traced')
  let everything: string[]

  before(async () => {
    const { code, text } = await built.weft()
    assert.equal(code, 0, text)
    everything = built.ran()
    assert.equal(everything.length, 8)
  })

  it('should run everything with --rerun', async (t) => {
    const project = copyOf(t, built)
    const { code, text } = await project.weft(['--rerun'])
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), everything)
  })

  it('should say on every page of another profile that its results are not the published ones', async (t) => {
    const project = copyOf(t, built)
    project.edit('report-src/report.md', '\nparams:', '\nchapterbreak: page\nparams:')
    assert.equal((await project.weft()).code, 0)
    const full = await marginsOf(project)
    assert.ok(full.length >= 3)
    for (const margins of full) assert.doesNotMatch(margins, /Stand-in/)
    const { code, text } = await project.weft(['--profile', 'quick'])
    assert.equal(code, 0, text)
    const quick = await marginsOf(project)
    assert.equal(quick.length, full.length)
    for (const margins of quick) assert.ok(margins.includes(foldText(notice)), margins)
    assert.ok(project.read('dist/report.html').includes(`aria-label="Notice">${notice}`))
    assert.deepEqual(project.ran(), [
      'cell fig-trained',
      'cell sized',
      'cell tbl-sized',
      'cell tbl-trained',
      'cell trained',
      'job size width=3',
      'job train rate=0.1 seed=1',
    ])
  })

  it('should write only to the folder of --out', async (t) => {
    const project = copyOf(t, built)
    rmSync(project.path('dist'), { recursive: true })
    const { code, text } = await project.weft(['--out', 'elsewhere/deep'])
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), everything)
    assert.equal(existsSync(project.path('dist')), false)
    assert.deepEqual(readdirSync(project.path('elsewhere/deep')).sort(), [
      '.cache',
      'figures',
      'provenance.json',
      'provenance.schema.json',
      'report.digests.json',
      'report.html',
      'report.pdf',
    ])
    assert.match(text, /elsewhere\/deep\/report\.pdf/)
  })

  it('should build a report in any folder, and write its files beside it', async (t) => {
    const project = projectOf(t, 'traced')
    renameSync(project.path('report-src'), project.path('essay'))
    renameSync(project.path('essay/report.md'), project.path('essay/paper.md'))
    const { code, text } = await project.weft(['accept', 'essay/paper.md'])
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), everything)
    assert.deepEqual(readdirSync(project.folder).sort(), ['essay', 'package.json', 'src'])
    assert.deepEqual(readdirSync(project.path('essay')).sort(), [
      'dist',
      'figures',
      'freeze',
      'paper.lock.json',
      'paper.md',
      'sizes.md',
      'training.md',
    ])
    assert.ok(existsSync(project.path('essay/dist/paper.pdf')))
    assert.equal(readdirSync(project.path('essay/freeze')).length, 8)
  })

  it('should build a report outside any npm project, from any folder', async (t) => {
    const project = projectOf(t, 'traced')
    rmSync(project.path('package.json'))
    const elsewhere = { ...project, folder: join(project.folder, '../tmp') }
    const { code, text } = await run(elsewhere.folder, environmentOf(project), [
      command,
      project.path('report-src/report.md'),
    ])
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), everything)
    assert.ok(existsSync(project.path('dist/report.pdf')))
    assert.deepEqual(readdirSync(elsewhere.folder), [])
  })
})

describe('weft in a script of npm', { concurrency: 2 }, () => {
  const project = projectOf({ after }, 'traced')
  const npm = (test: { after(clean: () => void): void }, ...args: string[]) => {
    const copy = copyOf(test, project)
    const env = {
      ...environmentOf(copy),
      npm_config_update_notifier: 'false',
      npm_config_cache: copy.path('.npm'),
    }
    return run(copy.folder, env, args, 'npm').then((result) => ({ ...result, copy }))
  }

  before(async () => {
    const { code, text } = await project.weft(['accept'])
    assert.equal(code, 0, text)
    project.ran()
    const weft = `"${process.execPath}" "${command}" build`
    project.write(
      'package.json',
      JSON.stringify({
        name: 'temporary',
        type: 'module',
        scripts: { report: weft, 'report:cached': `${weft} --cached` },
      }),
    )
    // Now one result is missing, so each form shows whether it runs the cell.
    project.edit('report-src/training.md', "mark: 'bar'", "mark: 'line'")
  })

  const [major] = execFileSync('npm', ['--version'], { encoding: 'utf8' }).split('.')
  const swallows = Number(major) < 12
  const forms = {
    'npm run report --cached': swallows ? false : 'npm 12 refuses options that it does not know',
    'npm run report -- --cached': false,
    'npm run report:cached': false,
  }
  for (const [form, skip] of Object.entries(forms)) {
    it(`should run nothing with ${form}`, { skip }, async (t) => {
      const { code, text, copy } = await npm(t, ...form.split(' ').slice(1))
      assert.equal(code, 1, text)
      assert.deepEqual(copy.ran(), [])
      assert.match(text, /1 error/)
      assert.match(text, /Cannot show `#fig-trained` .*shown is the accepted one/)
    })
  }

  it('should run changed cells with npm run report, and with npm run report --no-cached', async (t) => {
    const forms = [['run', 'report'], ...(swallows ? [['run', 'report', '--no-cached']] : [])]
    for (const form of forms) {
      const { code, text, copy } = await npm(t, ...form)
      assert.equal(code, 0, text)
      assert.deepEqual(copy.ran(), ['cell fig-trained'])
    }
  })

  it('should ignore the settings of npm outside an npm script', async (t) => {
    const copy = copyOf(t, project)
    const { code, text } = await copy.weft([], { npm_config_cached: 'true' })
    assert.equal(code, 0, text)
    assert.deepEqual(copy.ran(), ['cell fig-trained'])
  })
})

function run(
  cwd: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
  program = process.execPath,
): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd, env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode, text: stdout + stderr }),
    )
  })
}
