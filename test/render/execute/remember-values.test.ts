import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { evaluate } from '../../../src/render/execute/evaluate.ts'
import { openExecutor } from '../../../src/render/execute/executor.ts'
import type { ValueMemory } from '../../../src/render/execute/remember-values.ts'
import type { Executor, Json, Task } from '../../../src/render/model/types.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { reportOf, temporaryProject } from './temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

const prose = [
  '`{ts} a + 1` and `{ts} a + b` and `{ts} "none"` and `{ts} params.size`',
  ':claim[It is more]{that="spread.mean > a"} and :claim[it is less]{that="spread.mean < a"} and `{ts} lost`',
  '`{ts} \\u0061 + 2`',
].join('\n\n')

const spread = { mean: 5, std: 1, n: 3, min: 4, max: 6 }
const given: Record<string, Json> = { a: 1, b: 2, spread }

function openMemory(): ValueMemory & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    get isEmpty() {
      return texts.size === 0
    },
    get: (key) => texts.get(key),
    set: (key, text) => void texts.set(key, text),
  }
}

/** Evaluates the report with its exports as given, and lists the sources that were evaluated for it. */
async function evaluated(
  t: Test & { after(clean: () => Promise<void>): void },
  memory: ValueMemory,
  { exports = given, size = 7, names = ['lost'], text = prose } = {},
) {
  const root = temporaryProject(t, { 'report.md': reportOf(text, { params: { full: { size } } }) })
  const tree = parse(readReport(join(root, 'report.md'), undefined), kinds)
  const real = openExecutor({
    root,
    folder: root,
    runFolder: join(root, 'run'),
    slots: 1,
    engine: 'weft/engine',
    env: {},
  })
  t.after(() => real.close())
  const ran: string[] = []
  const sources = new Map(tree.expressions.map(({ id, source }) => [id, source]))
  const executor: Executor = {
    run(task: Task, host) {
      for (const id of Object.keys(JSON.parse(task.input.bodies!) as object))
        if (sources.has(id)) ran.push(sources.get(id)!)
      return real.run(task, host)
    },
    close: () => real.close(),
  }
  const owners = new Map([...Object.keys(exports), ...names].map((name) => [name, 'cell']))
  const values = await evaluate(
    tree,
    { cells: new Map(), owners },
    new Map(Object.entries(exports)),
    tree.expressions,
    { executor, memory },
  )
  return { ran, results: [...values.values()].map(({ result }) => result) }
}

const all = [
  'a + 1',
  'a + b',
  '"none"',
  'params.size',
  'spread.mean > a',
  'spread.mean < a',
  'lost',
  '\\u0061 + 2',
]
// A fault is explained anew, and an escape hides a name.
const never = ['spread.mean < a', 'lost', '\\u0061 + 2']

describe('rememberValues', () => {
  it('should evaluate again only what failed or hides a name, with equal results', async (t) => {
    const memory = openMemory()
    const first = await evaluated(t, memory)
    assert.deepEqual(first.ran.sort(), [...all].sort())
    const second = await evaluated(t, memory)
    assert.deepEqual(second.ran.sort(), [...never].sort())
    assert.deepEqual(second.results, first.results)
    assert.equal(first.results[0]?.ok && first.results[0].text, '2')
    const claim = second.results[4]
    assert.equal(claim?.ok && claim.noise?.redraws, 400)
  })

  const changes: [string, Parameters<typeof evaluated>[2], readonly string[]][] = [
    ['an export, with what names it', { exports: { ...given, b: 3 } }, ['a + b']],
    [
      'a Spread, with its claims',
      { exports: { ...given, spread: { ...spread, std: 2 } } },
      ['spread.mean > a'],
    ],
    ['the params, with everything', { size: 8 }, all],
    ['the names, with everything', { names: ['lost', 'found'] }, all],
    ['a name that gets a value', { exports: { ...given, lost: 1 }, names: [] }, ['lost']],
    ['the source', { text: prose.replace('`{ts} a + b`', '`{ts} a +  b`') }, ['a +  b']],
  ]
  for (const [what, changed, expected] of changes)
    it(`should notice a change of ${what}`, async (t) => {
      const memory = openMemory()
      await evaluated(t, memory)
      const { ran } = await evaluated(t, memory, changed)
      for (const source of expected) assert.ok(ran.includes(source), `${source} was not evaluated again`)
      const left = ran.filter((source) => !expected.includes(source) && !never.includes(source))
      assert.deepEqual(left, [])
    })

  it('should keep apart a value and a claim of the same source', async (t) => {
    const memory = openMemory()
    const { results } = await evaluated(t, memory, { text: '`{ts} a < b`' })
    assert.equal(results[0]?.ok && results[0].noise, undefined)
    const { ran } = await evaluated(t, memory, { text: ':claim[Less]{that="a < b"}' })
    assert.deepEqual(ran, ['a < b'])
  })
})
