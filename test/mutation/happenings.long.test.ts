import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { until } from '../report/processes.ts'
import type { Project } from '../report/project.ts'
import { copyOf, emptyProject, ended, start, tracedIn } from '../report/project.ts'
import { itByThirds } from '../turns.ts'
import { cells } from './mutation.ts'
import { fixtureSources, replace, writeSources } from './sources.ts'

const it = itByThirds()

interface Happening {
  happen?(project: Project): void
  readonly env?: (project: Project) => NodeJS.ProcessEnv
  readonly args?: readonly string[]
  readonly must?: readonly string[]
  readonly says?: RegExp
}

const sources = fixtureSources()
const mutated = replace('report-src/report.md', 'factor: 3', 'factor: 4')(sources)
const mutatedRuns = cells('mixed', 'offset', 'tbl-summary')

/** Changes one digit in the exports of a stored result. */
function damage(project: Project, folder: string, label: string): void {
  const files = readdirSync(project.path(folder)).map((name) => project.path(folder, name))
  const file = files.find((path) => readFileSync(path, 'utf8').includes(`"label":"${label}"`))!
  const text = readFileSync(file, 'utf8')
  const changed = text.replace(/^"exports": .*$/m, (line) => line.replace('2.5', '3.5'))
  assert.notEqual(changed, text)
  writeFileSync(file, changed)
}

function touch(project: Project): void {
  for (const entry of readdirSync(project.folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) utimesSync(join(entry.parentPath, entry.name), 1e9, 1e9)
}

// Omits the cards of the page and the record in the print, since they contain the times of accepted results.
const bytesOf = (project: Project) => {
  const [html, pdf] = ['html', 'pdf'].map((ending) => readFileSync(project.path(`dist/report.${ending}`)))
  const end = pdf!.lastIndexOf('%%EOF', pdf!.lastIndexOf('%%EOF') - 1)
  assert.ok(end > 0, 'the files are attached by an update of the print')
  const cards = /<script type="application\/json" class="weft-cards">[^<]*<\/script>/
  assert.match(String(html), cards)
  return [Buffer.from(String(html).replace(cards, '')), pdf!.subarray(0, end)]
}

/** Lists the published files that differ from those of another project. */
function differences(project: Project, other: Project): string[] {
  const expected = bytesOf(other)
  return bytesOf(project).flatMap((bytes, index) =>
    bytes.equals(expected[index]!) ? [] : [['html', 'pdf'][index]!],
  )
}

function projectOf(test: { after(clean: () => void): void }, files: typeof sources): Project {
  const project = emptyProject(test)
  writeSources(project.folder, files)
  return project
}

describe('a build after a change of something other than the sources', { concurrency: 2 }, () => {
  const built = projectOf({ after }, sources)
  const other = projectOf({ after }, mutated)
  let everything: readonly string[] = []

  before(async () => {
    const [accepted, fromNothing] = await Promise.all([built.weft(['accept']), other.weft()])
    assert.equal(accepted.code, 0, accepted.text)
    assert.equal(fromNothing.code, 0, fromNothing.text)
    everything = built.ran()
    assert.equal(everything.length, 24, everything.join('\n'))
    assert.deepEqual(differences(built, other), ['html', 'pdf'])
  })

  const happenings: Record<string, Happening> = {
    'the language and the time zone': {
      env: () => ({ LANG: 'tr_TR.UTF-8', LC_ALL: 'de_DE.UTF-8', TZ: 'Pacific/Chatham' }),
    },
    'the engine and its threads': {
      env: () => ({ WEFT_ENGINE: 'tfjs' }),
      args: ['--threads', '2', '--jobs', '3'],
    },
    WEFT_THREADS: { env: () => ({ WEFT_THREADS: '2' }) },
    'another home folder': {
      env: (project) => {
        mkdirSync(project.path('../other home'))
        return { HOME: project.path('../other home') }
      },
    },
    'the times of all files': { happen: touch },
    'missing accepted results': {
      happen: (project) => {
        rmSync(project.path('report-src/freeze'), { recursive: true })
        rmSync(project.path('report-src/report.lock.json'))
      },
    },
    'no files but the accepted results': {
      happen: (project) => rmSync(project.path('dist'), { recursive: true }),
    },
    'a changed byte in an accepted result, with the cache': {
      happen: (project) => damage(project, 'report-src/freeze', 'rows'),
      says: /result-is-whole/,
    },
    'a changed byte in the cache, without accepted results': {
      happen: (project) => {
        rmSync(project.path('report-src/freeze'), { recursive: true })
        damage(project, 'dist/.cache/freeze', 'rows')
      },
      must: cells('rows'),
      says: /result-is-whole/,
    },
    'truncated stored markup': {
      happen: (project) => {
        const path = 'dist/.cache/markup-report-full.json'
        project.write(path, project.read(path).slice(0, 500))
      },
    },
    'missing code in the run folder': {
      happen: (project) => rmSync(project.path('dist/.cache/run'), { recursive: true }),
    },
  }

  for (const [name, { happen, env, args = [], must = [], says }] of Object.entries(happenings)) {
    it(`should give the same bytes and run nothing needlessly: ${name}`, async (t) => {
      const project = copyOf(t, built)
      happen?.(project)
      const { code, text } = await project.weft(args, env?.(project))
      assert.equal(code, 0, text)
      if (says) assert.match(text, says)
      assert.deepEqual(project.ran(), must)
      assert.deepEqual(differences(project, built), [])
    })
  }

  it('should run nothing in a renamed folder', async (t) => {
    const project = copyOf(t, built, 'before')
    const folder = project.path('../nach dem Umzug (ö)')
    renameSync(project.folder, folder)
    const moved = { ...emptyProject(t), folder }
    const { code, text } = await ended(start(moved))
    assert.equal(code, 0, text)
    assert.deepEqual(tracedIn(moved), [])
    assert.deepEqual(
      readFileSync(join(folder, 'dist/report.html')).equals(readFileSync(built.path('dist/report.html'))),
      true,
    )
  })

  it('should run everything and give the same bytes after all stored results are gone', async (t) => {
    const project = copyOf(t, built)
    for (const name of ['report-src/freeze', 'report-src/report.lock.json', 'dist'])
      rmSync(project.path(name), { recursive: true })
    const { code, text } = await project.weft()
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), everything)
    assert.deepEqual(differences(project, built), [])
  })

  it('should equal a build from nothing when two builds run at once after a mutation', async (t) => {
    const project = copyOf(t, built)
    writeSources(project.folder, mutated, sources)
    const both = await Promise.all([project.weft(), project.weft()])
    for (const { code, text } of both) assert.equal(code, 0, text)
    const ran = project.ran()
    assert.deepEqual([...new Set(ran)], mutatedRuns)
    assert.deepEqual(differences(project, other), [])
    const again = await project.weft()
    assert.equal(again.code, 0, again.text)
    assert.deepEqual(project.ran(), [])
  })

  it('should equal a build from nothing after kill -9 in the middle of a build of a mutation', async (t) => {
    const project = copyOf(t, built)
    writeSources(project.folder, mutated, sources)
    const child = start(project)
    const end = ended(child)
    await until(() => tracedIn(project).length > 0 || child.exitCode !== null, 'the first cell runs')
    child.kill('SIGKILL')
    assert.equal((await end).signal, 'SIGKILL')
    project.ran()
    const { code, text } = await project.weft()
    assert.equal(code, 0, text)
    const extra = project.ran().filter((line) => !mutatedRuns.includes(line))
    assert.deepEqual(extra, [])
    assert.deepEqual(differences(project, other), [])
  })

  it('should equal a build from nothing after a build with --cached, which runs nothing', async (t) => {
    const project = copyOf(t, built)
    writeSources(project.folder, mutated, sources)
    const stale = await project.weft(['build', '--cached'])
    assert.equal(stale.code, 1, stale.text)
    assert.deepEqual(project.ran(), [])
    const { code, text } = await project.weft()
    assert.equal(code, 0, text)
    assert.deepEqual(project.ran(), mutatedRuns)
    assert.deepEqual(differences(project, other), [])
  })
})
