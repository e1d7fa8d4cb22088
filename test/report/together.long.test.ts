import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { readLock } from '../../src/render/model/lock.ts'
import type { Ended, Project } from './project.ts'
import { projectOf, tracedIn } from './project.ts'

/** Builds a report with four jobs that run at the same time and end in a given order. */
async function builtIn(project: Project, order: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return project.weft(['accept', 'report.md', '--jobs', '4'], { WEFT_ORDER: order, ...env })
}

function endsOf(project: Project): string[] {
  return tracedIn(project).filter((line) => line.startsWith('end '))
}

describe('jobs at the same time', { concurrency: 2 }, () => {
  const forwards = projectOf({ after }, 'together')
  const backwards = projectOf({ after }, 'together')
  let builds: Ended[]

  before(async () => {
    // The cell that requests jobs 3 and 4 needs the earlier jobs.
    builds = await Promise.all([builtIn(forwards, '1 2 3 4'), builtIn(backwards, '2 1 4 3')])
    for (const { code, text } of builds) assert.equal(code, 0, text)
    assert.deepEqual(endsOf(forwards), ['end 1', 'end 2', 'end 3', 'end 4'])
    assert.deepEqual(endsOf(backwards), ['end 2', 'end 1', 'end 4', 'end 3'])
  })

  it('should give the same bytes of the page, whichever ends first', () => {
    // identical.test.ts tests that one page always prints the same.
    const paths = ['dist/report.html', 'report.lock.json']
    // File digests and the cards of the page depend on times.
    const bytesOf = (project: Project, path: string) =>
      Buffer.from(
        readFileSync(project.path(path), 'utf8')
          .replace(/"seals": \{[^}]*\}/, '')
          .replace(/<script type="application\/json" class="weft-cards">[^<]*<\/script>/, ''),
      )
    // Compare bytes, since a page is too long to show in a message.
    for (const path of paths) assert.ok(bytesOf(forwards, path).equals(bytesOf(backwards, path)), path)
    const { shown } = readLock(backwards.path('report.lock.json')).profiles.full!
    const texts = shown.map(({ text }) => text)
    assert.deepEqual(texts, ['1', '4', '9', '16'])
  })

  it('should be listed in the order of the document', () => {
    for (const { stdout } of builds) {
      const cells = stdout.split('\n').flatMap((line) => /^ {2}ran +(#\S+)/.exec(line)?.[1] ?? [])
      assert.deepEqual(cells, ['#first', '#second', '#tbl-both'])
    }
  })

  it('should name their engine once in a build, and not at all if no job runs', async () => {
    for (const { stderr } of builds)
      assert.equal(stderr.match(/^ {2}engine \S+ \S+, up to 4 jobs at once/gm)?.length, 1, stderr)
    const { code, text } = await forwards.weft(['report.md'])
    assert.equal(code, 0, text)
    assert.doesNotMatch(text, /engine/)
  })

  it('should show their progress without a terminal', () => {
    for (const { stderr } of builds)
      assert.equal(stderr.match(/^ {2}turn seed 1(, number \d)?: epoch 1 of 1$/gm)?.length, 4, stderr)
  })

  it('should report their errors in the order of the document', async (t) => {
    const project = projectOf(t, 'together')
    const { code, stderr } = await builtIn(project, '2 1', { WEFT_FAILING: '1' })
    assert.equal(code, 1, stderr)
    assert.deepEqual(endsOf(project), ['end 2', 'end 1'])
    assert.deepEqual(stderr.match(/no luck with \d/g), ['no luck with 1', 'no luck with 2'])
  })
})

describe('the threads of a job', { concurrency: 2 }, () => {
  const cases: Record<
    string,
    { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv; readonly expected: string }
  > = {
    'be one unless told': { args: [], env: {}, expected: '1' },
    'be those of --threads': { args: ['--threads', '3'], env: { WEFT_THREADS: '2' }, expected: '3' },
    'be those of WEFT_THREADS without it': { args: [], env: { WEFT_THREADS: '2' }, expected: '2' },
  }
  for (const [what, { args, env, expected }] of Object.entries(cases)) {
    it(`should ${what}`, async (t) => {
      const project = projectOf(t, 'together')
      const { code, text } = await project.weft(['report.md', ...args], { WEFT_ORDER: '', ...env })
      assert.equal(code, 0, text)
      const begun = project.ran().filter((line) => line.startsWith('begin '))
      assert.deepEqual(
        begun,
        [1, 2, 3, 4].map((number) => `begin ${number} with WEFT_THREADS=${expected}`),
      )
    })
  }
})
