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

describe('a build after a single mutation', { concurrency: 3 }, () => {
  let start: Start

  before(async () => {
    start = await openStart(fixtureSources())
  })
  after(() => start.box.close())

  for (const [group, mutations] of Object.entries(groups)) {
    for (const mutation of mutations) {
      it(`should run what must run and no more, and be as from nothing: ${group}: ${mutation.name}`, async () => {
        assert.equal((await checkMutation(mutation, start)).join('\n'), '')
      })
    }
  }
})
