import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Start } from './check-mutation.ts'
import { checkMutation, openStart } from './check-mutation.ts'
import { codeMutations } from './mutations-code.ts'
import { dataMutations } from './mutations-data.ts'
import { documentMutations } from './mutations-document.ts'
import { paramMutations } from './mutations-params.ts'
import { fixtureSources } from './sources.ts'

const groups = {
  code: codeMutations,
  data: dataMutations,
  params: paramMutations,
  document: documentMutations,
}

// All mutations take minutes. By default we test every second one; in every other group we start with the second.
const isWhole = process.env.WEFT_MUTATIONS !== undefined

describe('a build after a single mutation', { concurrency: 3 }, () => {
  let start: Start

  before(async () => {
    start = await openStart(fixtureSources())
  })
  after(() => start.box.close())

  for (const [number, [group, mutations]] of Object.entries(groups).entries()) {
    for (const [index, mutation] of mutations.entries()) {
      if (!isWhole && (index + number) % 2 === 1) continue
      it(`should run what must run and no more, and equal a build from nothing: ${group}: ${mutation.name}`, async () => {
        assert.equal((await checkMutation(mutation, start)).join('\n'), '')
      })
    }
  }
})
