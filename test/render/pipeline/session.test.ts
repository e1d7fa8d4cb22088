import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { TimeoutError } from 'puppeteer-core'
import { writeOnly } from '../../../src/render/cache/result-store.ts'
import type { RunEvent } from '../../../src/render/execute/events.ts'
import { Unreadable } from '../../../src/render/model/messages.ts'
import { pathsOf } from '../../../src/render/model/paths.ts'
import { openAuthorMode } from '../../../src/render/pipeline/author-mode.ts'
import { openSession } from '../../../src/render/pipeline/session.ts'
import type { Pages } from '../../../src/render/pipeline/stages.ts'
import { openUntrustedMode } from '../../../src/render/pipeline/untrusted-mode.ts'
import { browserFolderPrefix } from '../../../src/render/print/cache-folder.ts'
import { descendantsOf } from '../../report/processes.ts'
import { messagesOf } from '../execute/build-project.ts'
import { cell, reportOf, temporaryProject, values, writeFiles } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

const env = { PATH: process.env.PATH, HOME: process.env.HOME }

const report = reportOf(
  `# Sums\n${cell('one', 'export const a = 2')}${cell('two', 'export const b = a * 10', 'export default b')}${values('a + b')}`,
)

function open(t: Test & { after(clean: () => Promise<void>): void }, files = { 'report.md': report }) {
  const root = temporaryProject(t, files)
  const paths = pathsOf(join(root, 'report.md'))
  const events: RunEvent[] = []
  const session = openSession({
    paths,
    mode: openAuthorMode({ paths, env }),
    env,
    listener: (event) => void events.push(event),
  })
  t.after(() => session.close())
  const started = () =>
    events.splice(0).flatMap((event) => (event.type === 'cell-started' ? [event.cell.label] : []))
  return { root, paths, session, started }
}

describe('openSession', () => {
  it('should pass the result of each step to the next', async (t) => {
    const { session, started } = open(t)
    const source = session.read()
    assert.deepEqual(
      source.tree.cells.map(({ label }) => label),
      ['one', 'two'],
    )
    const program = await session.bundle(source)
    assert.deepEqual(
      [...program.owners],
      [
        ['a', 'one'],
        ['b', 'two'],
      ],
    )
    const run = await session.run(program)
    assert.deepEqual(started(), ['one', 'two'])
    assert.deepEqual(
      [...run.exports],
      [
        ['a', 2],
        ['b', 20],
      ],
    )
    const assembly = await session.assemble(run)
    const pages = await session.typeset(assembly)
    assert.match(pages.screen, />22</)
    assert.match(pages.print, />22</)
    assert.deepEqual(messagesOf(pages.files), [])
  })

  it('should run one program several times, each time with its own settings', async (t) => {
    const { session, started } = open(t)
    const program = await session.bundle(session.read())
    const states = async (settings: Parameters<typeof session.run>[1]) =>
      [...(await session.run(program, settings)).cells.values()].map(({ state }) => state)
    assert.deepEqual(await states({ mayRun: false }), ['stale', 'skipped'])
    assert.deepEqual(await states({}), ['ran', 'ran'])
    assert.deepEqual(await states({}), ['reused', 'reused'])
    assert.deepEqual(started(), ['one', 'two'])
    assert.deepEqual(await states({ reuse: writeOnly }), ['ran', 'ran'])
    const asked = await session.run(program, { mayRun: false, evaluates: false })
    assert.equal(asked.expressions.size, 0)
  })

  it('should read the chapters as they are now', async (t) => {
    const { root, session, started } = open(t)
    await session.run(await session.bundle(session.read()))
    started()
    writeFiles(root, { 'report.md': report.replace('a * 10', 'a * 100') })
    const run = await session.run(await session.bundle(session.read()))
    assert.deepEqual(started(), ['two'])
    assert.equal(run.exports.get('b'), 200)
    assert.equal(run.started.get('two')?.previous, undefined)
  })

  it('should throw if there is no report, and close without having read one', async (t) => {
    const { root, session } = open(t, { 'report.md': 'No front matter.\n' })
    assert.throws(() => session.read(), Unreadable)
    assert.deepEqual(readdirSync(root).sort(), ['package.json', 'report.md'])
  })

  it('should run no code of an untrusted report', async (t) => {
    const root = temporaryProject(t, { 'report.md': report })
    const paths = pathsOf(join(root, 'report.md'))
    const session = openSession({ paths, mode: openUntrustedMode({ paths, isOwnFolder: true }), env })
    t.after(() => session.close())
    const program = await session.bundle(session.read())
    assert.equal(program.cells.size, 0)
    const run = await session.run(program)
    assert.deepEqual(
      [...run.cells.values()].map(({ state }) => state),
      ['stale', 'stale'],
    )
    assert.deepEqual(readdirSync(root).sort(), ['package.json', 'report.md'])
  })
})

it('a report behind linked folders should build as in its own folder', async (t) => {
  const root = temporaryProject(t, {
    'own/package.json': '{"type":"module"}',
    'own/report-src/report.md': `---\ntitle: T\nchapters: [parts/c.md]\n---\n${cell('a', "export { n as a } from './n.ts'")}`,
    'own/report-src/n.ts': 'export const n = 3',
    'own/parts/c.md': cell('c', "import { m } from './m.ts'", 'export const c = m'),
    'own/parts/m.ts': 'export const m = 4',
  })
  symlinkSync('../parts', join(root, 'own/report-src/parts'), 'junction')
  symlinkSync('own', join(root, 'project'), 'junction')
  symlinkSync('own/report-src', join(root, 'other'), 'junction')
  for (const path of ['own/report-src', 'project/report-src', 'other']) {
    const paths = pathsOf(join(root, path, 'report.md'))
    assert.equal(paths.html, join(realpathSync(root), 'own/dist/report.html'))
    const session = openSession({ paths, mode: openAuthorMode({ paths, env }), env })
    t.after(() => session.close())
    const run = await session.run(await session.bundle(session.read()))
    assert.deepEqual(Object.fromEntries(run.exports), { a: 3, c: 4 })
    assert.deepEqual(messagesOf(run.source.report.files), [])
  }
})

describe('the browser of a session', () => {
  const browsers = () =>
    descendantsOf(process.pid).filter(
      ({ parent, command }) => parent === process.pid && command.includes('--user-data-dir='),
    )
  const kill = () => {
    const found = browsers()
    assert.equal(found.length, 1, 'one browser at a time')
    process.kill(found[0]!.pid, 'SIGKILL')
  }
  const pagesOf = async (session: ReturnType<typeof openSession>) => {
    session.warmUp()
    const run = await session.run(await session.bundle(session.read()))
    return session.typeset(await session.assemble(run))
  }

  it('should be started once more if it dies', async (t) => {
    const { session } = open(t)
    const pages = await pagesOf(session)
    assert.equal((await session.print(pages)).pages, 1)
    kill()
    assert.equal((await session.print(pages)).pages, 1)
    await session.close()
    assert.deepEqual(browsers(), [])
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith(browserFolderPrefix()))
    assert.deepEqual(left, [])
  })

  it('should be started once more if it does not answer', async (t) => {
    const { session } = open(t)
    const pages = await pagesOf(session)
    const pids: number[] = []
    const silent: Pages = {
      ...pages,
      // It is read when the page is loaded.
      get print() {
        pids.push(browsers()[0]!.pid)
        if (pids.length === 1) throw new TimeoutError('Timed out after waiting 30000ms')
        return pages.print
      },
    }
    assert.equal((await session.print(silent)).pages, 1)
    assert.equal(new Set(pids).size, 2)
    await session.close()
    assert.deepEqual(browsers(), [])
  })

  it('should not be started a third time for one print', async (t) => {
    const { session } = open(t)
    const pages = await pagesOf(session)
    let deaths = 0
    const dying: Pages = {
      ...pages,
      // It is read when the page is loaded.
      get print() {
        deaths++
        kill()
        return pages.print
      },
    }
    await session.print(pages)
    await assert.rejects(session.print(dying))
    assert.equal(deaths, 2)
  })

  it('should go with its folder at the next build if its own build was killed', async (t) => {
    const { session } = open(t)
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    const [dead, alive, other] = [
      browserFolderPrefix(pid),
      browserFolderPrefix(),
      'weft-browser-other-1-',
    ].map((prefix) => mkdtempSync(join(tmpdir(), prefix)))
    t.after(() => {
      for (const folder of [dead!, alive!, other!]) rmSync(folder, { recursive: true, force: true })
    })
    await session.print(await pagesOf(session))
    assert.deepEqual([dead!, alive!, other!].map(existsSync), [false, true, true])
  })
})
