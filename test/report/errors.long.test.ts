import assert from 'node:assert/strict'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileOf, keysIn, readStored } from '../../src/render/cache/result-store.ts'
import { readLock } from '../../src/render/model/lock.ts'
import type { Project } from './project.ts'
import { copyOf, projectOf } from './project.ts'
import { told } from './told.ts'

/** Finds the file of the stored result of a cell by its label, or of a job by its name. */
function pathOf(project: Project, label: string): string {
  const found = storedIn(project).find(
    ({ stored }) => typeof stored !== 'string' && stored.provenance.label === label,
  )
  return found!.path
}

function damagedIn(project: Project): string[] {
  return storedIn(project).flatMap(({ path, stored }) => (typeof stored === 'string' ? [path] : []))
}

function storedIn(project: Project) {
  const folder = project.path('dist/.cache/freeze')
  return keysIn(folder).map((key) => ({
    path: fileOf(folder, key),
    stored: readStored(fileOf(folder, key), key),
  }))
}

describe('stored results that are damaged', { concurrency: 2 }, () => {
  const project = projectOf({ after }, 'traced')
  const damages: Record<string, (text: string) => string> = {
    'cut off': (text) => text.slice(0, text.length / 2),
    'with another number in them': (text) => text.replace(/"last":[^,}]*/, '"last":1'),
  }

  before(async () => {
    const { code, text } = await project.weft()
    assert.equal(code, 0, text)
    project.ran()
  })

  for (const [how, damage] of Object.entries(damages)) {
    it(`should be reported and computed again when they are ${how}`, async (t) => {
      const copy = copyOf(t, project)
      const page = copy.read('dist/report.html')
      const paths = ['trained', 'train seed 2'].map((label) => pathOf(copy, label))
      for (const path of paths) {
        const text = readFileSync(path, 'utf8')
        assert.notEqual(damage(text), text)
        writeFileSync(path, damage(text))
      }
      const { code, stderr } = await copy.weft()
      assert.equal(code, 0, stderr)
      const messages = told(stderr)
      for (const path of paths)
        assert.ok(
          messages.some(
            (message) => message.includes(basename(path)) && message.endsWith('[result-is-whole]'),
          ),
          stderr,
        )
      assert.deepEqual(copy.ran(), ['cell trained', 'job train rate=0.1 seed=2'])
      assert.deepEqual(damagedIn(copy), [])
      assert.equal(copy.read('dist/report.html'), page)
    })
  }

  it('should be reported and computed again if only the result of a job is damaged', async (t) => {
    const copy = copyOf(t, project)
    const path = pathOf(copy, 'train seed 2')
    writeFileSync(path, '{}')
    const { code, stderr } = await copy.weft(['accept'])
    assert.equal(code, 0, stderr)
    assert.deepEqual(copy.ran(), ['cell trained', 'job train rate=0.1 seed=2'])
    const { full } = readLock(copy.path('report-src/report.lock.json')).profiles
    assert.deepEqual(Object.values(full!.jobs).sort(), ['size seed 1', 'train seed 1', 'train seed 2'])
    assert.deepEqual(damagedIn(copy), [])
  })
})

describe('a folder that cannot be written', { concurrency: 2 }, () => {
  const advice = /Cannot write \S+: .*\. Make the folder writable, or choose another with --out/

  it('should be reported with advice if nothing has to run', async (t) => {
    const project = projectOf(t, 'slow')
    project.write('report.md', '---\ntitle: No cell\n---\n\nText alone.\n')
    project.write('file', 'no folder')
    const { code, stderr } = await project.weft(['report.md', '--out', 'file/below'])
    assert.equal(code, 1, stderr)
    assert.match(stderr, advice)
    assert.equal(existsSync(project.path('dist')), false)
  })

  it('should be reported with advice if cells have to run', async (t) => {
    const project = projectOf(t, 'slow')
    project.write('file', 'no folder')
    const { code, stderr } = await project.weft(['report.md', '--out', 'file/below'])
    assert.equal(code, 1, stderr)
    assert.match(stderr, advice)
  })

  const isRoot = process.getuid?.() === 0
  it('should be reported if it is read-only', {
    skip: isRoot ? 'root can write to every folder' : false,
  }, async (t) => {
    const project = projectOf(t, 'slow')
    chmodSync(project.folder, 0o555)
    const { code, stderr } = await project.weft(['report.md'])
    chmodSync(project.folder, 0o755)
    assert.equal(code, 1, stderr)
    assert.match(stderr, advice)
    assert.deepEqual(readdirSync(project.folder).sort(), ['package.json', 'report.md', 'slow.ts'])
  })
})
