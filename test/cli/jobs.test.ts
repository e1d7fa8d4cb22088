import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { cell, type Files, reportOf, temporaryProject } from '../render/execute/temporary-project.ts'
import { weftHere } from './weft-here.ts'

const experiment = `import { defineExperiment } from 'weft/experiment'
import { z } from 'zod'
export const square = defineExperiment({
  name: 'square',
  params: z.strictObject({ x: z.number() }),
  async run({ x }, { seed, progress }) {
    progress({ epoch: 1, epochs: 1 })
    if (x < 0) throw new Error(\`x is \${x}\`)
    return { value: x ** 2 + seed }
  },
})
`

const sweeping = (list: string) =>
  cell(
    'sweep',
    "import { sweep } from 'weft/experiment'",
    "import { square } from './square.ts'",
    `const all = await sweep(square, [${list}].map((x) => ({ x })))`,
    'export const total = all.reduce((sum, { result }) => sum + result.value, 0)',
  )

const files = (list = '1, 2, 3'): Files => ({
  'square.ts': experiment,
  'report.md': reportOf(`${cell('plain', 'export const plain = 1')}${sweeping(list)}`),
})

interface Listed {
  readonly key: string
  readonly label: string
  readonly state: string
  readonly params: { readonly x: number }
  readonly seconds?: number
}

function projectOf(t: Parameters<typeof temporaryProject>[0], list?: string) {
  const root = temporaryProject(t, files(list))
  const weft = (...args: string[]) => weftHere(root, [...args, 'report.md'])
  return {
    root,
    weft,
    list: async (...options: string[]) => {
      const { code, stdout } = await weft('jobs', '--json', ...options)
      assert.equal(code, 0)
      return JSON.parse(stdout) as Listed[]
    },
    stored: () => keysOf(join(root, 'dist/.cache/freeze')),
    waiting: () => keysOf(join(root, 'dist/.cache/jobs')),
  }
}

function keysOf(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.length === 69)
    .map((name) => name.slice(0, 64))
}

describe('weft jobs and weft job', () => {
  it('should list what is missing, run it one by one, and leave the build nothing to run', async (t) => {
    const { list, weft, stored, waiting } = projectOf(t)
    const missing = await list('--missing')
    assert.deepEqual(
      missing.map(({ label, state, params }) => [label, state, params.x]),
      [
        ['square seed 1, x 1', 'missing', 1],
        ['square seed 1, x 2', 'missing', 2],
        ['square seed 1, x 3', 'missing', 3],
      ],
    )
    assert.deepEqual(stored(), [], 'nothing is stored by listing')
    assert.equal(waiting().length, 3)
    const [first, ...others] = missing.map(({ key }) => key)
    const one = await weft('job', first!.slice(0, 12))
    assert.equal(one.code, 0, one.stderr)
    assert.match(one.stderr, /square seed 1: epoch 1 of 1\n/)
    assert.match(one.stderr, new RegExp(`ran +${first!.slice(0, 12)} {2}square seed 1, \\d`))
    assert.deepEqual(stored(), [first])
    const again = await list()
    assert.deepEqual(
      again.map(({ state, params }) => `${params.x} ${state}`),
      ['1 stored', '2 missing', '3 missing'],
    )
    assert.ok(again.every(({ seconds }) => seconds !== undefined || stored().length === 1))
    const rest = await weft('job', '--jobs', '2', ...others)
    assert.equal(rest.code, 0, rest.stderr)
    assert.deepEqual(waiting(), [], 'jobs with a result lie there no more')
    assert.deepEqual(await list('--missing'), [])
    const text = await weft('jobs')
    assert.match(text.stdout, /^[0-9a-f]{64} {2}stored .* s {2}square seed 1, x \d\n/)
    assert.match(text.stderr, / 0 jobs missing\n/)
    const listed = await list()
    assert.deepEqual(
      listed.map(({ label }) => label).sort(),
      [1, 2, 3].map((x) => `square seed 1, x ${x}`),
    )
    const seconds = listed.map((job) => job.seconds!)
    assert.deepEqual(
      seconds,
      seconds.toSorted((a, b) => b - a),
    )
  })

  it('should say while it runs that results are in use, so that nobody removes them', async (t) => {
    const { list, weft, root } = projectOf(t, '4')
    const [{ key }] = (await list()) as [Listed]
    const running = join(root, 'dist/.cache/running')
    let most = 0
    const timer = setInterval(() => {
      if (existsSync(running)) most = Math.max(most, readdirSync(running).length)
    }, 5)
    assert.equal((await weft('job', key)).code, 0)
    clearInterval(timer)
    assert.deepEqual([most, readdirSync(running)], [1, []])
  })

  it('should leave a job alone whose result is there, and say so', async (t) => {
    const { list, weft, root } = projectOf(t, '4')
    const [{ key }] = (await list()) as [Listed]
    assert.equal((await weft('job', key)).code, 0)
    const file = join(root, 'dist/.cache/freeze', `${key}.json`)
    const before = readFileSync(file, 'utf8')
    const { code, stderr } = await weft('job', key)
    assert.equal(code, 0)
    assert.match(stderr, /kept .* square seed 1, its result is there already\n/)
    assert.equal(readFileSync(file, 'utf8'), before)
  })

  it('should tell a job that fails from one that nobody knows', async (t) => {
    const { list, weft, stored } = projectOf(t, '-1, 5')
    const keys = (await list()).map(({ key }) => key)
    const unknown = 'ab'.repeat(32)
    const failed = await weft('job', ...keys, unknown)
    assert.equal(failed.code, 1)
    assert.match(failed.stderr, /failed +[0-9a-f]{12} {2}job square seed 1: x is -1\n/)
    assert.match(failed.stderr, /unknown +abababababab, expected a job of this report's list/)
    assert.equal(stored().length, 1, 'the others are run all the same')
    const { code, stderr } = await weft('job', unknown)
    assert.equal(code, 2, stderr)
  })

  it('should refuse a job whose code is damaged or whose list is of another kind', async (t) => {
    const { list, weft, root } = projectOf(t, '6')
    const [{ key }] = (await list()) as [Listed]
    const code = join(root, 'dist/.cache/jobs/code')
    for (const name of readdirSync(code)) writeFileSync(join(code, name), '{"code":"other","map":"{}"}')
    const damaged = await weft('job', key)
    assert.equal(damaged.code, 2)
    assert.match(
      damaged.stderr,
      /expected the code that it is named after, found another\. Write the list again/,
    )
    writeFileSync(join(root, 'dist/.cache/jobs', `${key}.json`), '{"format":9}')
    assert.match((await weft('job', key)).stderr, /expected format 1, found 9\. Write the list again/)
    rmSync(code, { recursive: true })
    await list()
    assert.equal((await weft('job', key)).code, 0)
  })

  it('should refuse keys that are none, too short or of several jobs', async (t) => {
    const { weft } = projectOf(t)
    const { stderr } = await weft('job')
    assert.match(stderr, /expected the keys that `weft jobs --missing` lists, found none/)
    assert.match((await weft('job', 'zz')).stderr, /Unexpected key `zz`, expected 64 digits/)
    assert.match((await weft('job', '--help')).stdout, /^Runs jobs of a report/)
    assert.match(
      (await weftHere('.', ['job', 'abcdef01', 'a.md', 'b.md'])).stderr,
      /Unexpected b.md, expected one report/,
    )
  })

  it('should say which cell fails by itself', async (t) => {
    const root = temporaryProject(t, {
      'report.md': reportOf(cell('broken', "throw new Error('no')")),
    })
    const { code, stderr } = await weftHere(root, ['jobs'])
    assert.equal(code, 1)
    assert.match(stderr, /report\.md:\d+:1: #broken fails: no\n/)
  })

  it('should write its events to a file, and results to a folder of their own', async (t) => {
    const { list, weft, root, stored } = projectOf(t, '7')
    const [{ key }] = (await list()) as [Listed]
    const [events, results] = [join(root, 'events.jsonl'), join(root, 'results')]
    const { code } = await weft('job', key, '--events', events, '--results', results)
    assert.equal(code, 0)
    assert.deepEqual(stored(), [])
    assert.deepEqual(keysOf(results), [key])
    const types = readFileSync(events, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type)
    assert.deepEqual(
      types.filter((type) => type !== 'alive'),
      ['begun', 'started', 'progress', 'done', 'ended'],
    )
  })

  it('should end, and give no sign of life, where it has no place to work', async (t) => {
    const { list, root, stored } = projectOf(t, '8')
    const [{ key }] = (await list()) as [Listed]
    const events = join(root, 'events.jsonl')
    const args = ['job', key, '--events', events, 'report.md']
    const { code, stderr } = await weftHere(root, args, { TMPDIR: join(root, 'nowhere') })
    assert.equal(code, 1)
    assert.match(stderr, /nowhere/)
    assert.equal(readFileSync(events, 'utf8'), '')
    assert.deepEqual(stored(), [])
  })
})
