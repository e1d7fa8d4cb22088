import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { writeOnly } from '../../src/render/cache/result-store.ts'
import { itByThirds } from '../turns.ts'
import { ignoring } from './broken-key.ts'
import type { Start } from './check-mutation.ts'
import { checkMutation, openStart, wrongRuns } from './check-mutation.ts'
import type { Mutation } from './mutation.ts'
import { dataMutations } from './mutations-data.ts'
import { paramMutations } from './mutations-params.ts'
import { checkChain } from './random-chain.ts'
import type { RandomEdit } from './random-edits.ts'
import { fixtureSources, rewrite } from './sources.ts'

const it = itByThirds()

describe('the mutation suite', () => {
  let start: Start

  before(async () => {
    start = await openStart(fixtureSources())
  })
  after(() => start.box.close())

  const named = (mutations: readonly Mutation[], name: string) =>
    mutations.find((mutation) => mutation.name === name)!
  const freeze = () => join(start.box.folder, 'dist/.cache/freeze')

  const broken: Record<string, Mutation> = {
    'param:threshold': named(paramMutations, 'a param that a cell hands to a module'),
    'package:alpha': named(dataMutations, 'the version of a dependency of a package'),
  }
  for (const [part, mutation] of Object.entries(broken)) {
    it(`should notice a key without ${part}`, async () => {
      const problems = await checkMutation(mutation, start, { reuse: ignoring(part, freeze()) })
      assert.ok(
        problems.some((text) => text === `${mutation.must[0]} did not run`),
        problems.join('\n'),
      )
      assert.ok(
        problems.some((text) => text.startsWith('the html differs')),
        problems.join('\n'),
      )
    })
  }

  it('should notice a build that runs everything, even after the mutation was reverted', async () => {
    const mutation = named(paramMutations, 'a param that nobody uses')
    const problems = await checkMutation(mutation, start, { reuse: writeOnly })
    assert.ok(problems.includes('cell alone ran'), problems.join('\n'))
    assert.ok(problems.includes('cell alone ran after the mutation was taken back'), problems.join('\n'))
  })

  it('should notice a stale result after random mutations, and name seed, step and edit', async () => {
    const factor: RandomEdit = (random, sources) => {
      const what = `factor: ${10 + random.below(80)}`
      return {
        what,
        sources: rewrite('report-src/report.md', (text) => text.replace(/factor: \d+/g, what))(sources),
      }
    }
    const chain = { seed: 3, steps: 1 }
    const broken = { edits: { factor }, reuse: ignoring('param:factor', freeze()) }
    const [first = ''] = await checkChain(chain, start, broken)
    assert.match(
      first,
      /^seed 3, step 1, (full|quick), factor factor: \d\d(; factor factor: \d\d)*: the html differs from a build from nothing/,
    )
    assert.equal((await checkChain(chain, start, { edits: { factor } })).join('\n'), '')
  })

  it('should refuse a mutation that changes nothing', async () => {
    const idle: Mutation = { name: 'nothing', edit: (sources) => ({ ...sources }), must: [] }
    await assert.rejects(checkMutation(idle, start), /"nothing", expected one that changes/)
  })

  it('should say what ran twice, needlessly or not at all', () => {
    assert.deepEqual(wrongRuns(['cell a', 'cell a', 'cell c'], ['cell a', 'cell b'], ['cell d']), [
      'cell c ran',
      'cell b did not run',
      'cell a ran twice',
    ])
  })
})
