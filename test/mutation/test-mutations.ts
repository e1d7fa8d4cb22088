import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Start } from './check-mutation.ts'
import { checkMutation, openStart } from './check-mutation.ts'
import { codeMutations } from './mutations-code.ts'
import { dataMutations } from './mutations-data.ts'
import { documentMutations } from './mutations-document.ts'
import { paramMutations } from './mutations-params.ts'
import { fixtureSources } from './sources.ts'

const kinds = {
  code: codeMutations,
  data: dataMutations,
  params: paramMutations,
  document: documentMutations,
}

/** A kind of mutations. */
export type Kind = keyof typeof kinds

/** Tests single mutations: of each kind those that are chosen by their place in it, the kind and its number. */
export function testMutations(isChosen: (place: number, kind: Kind, number: number) => boolean): void {
  describe('a build after a single mutation', { concurrency: 3 }, () => {
    let start: Start

    before(async () => {
      start = await openStart(fixtureSources())
    })
    after(() => start.box.close())

    for (const [number, [kind, mutations]] of Object.entries(kinds).entries())
      for (const mutation of mutations.filter((_, place) => isChosen(place, kind as Kind, number)))
        it(`should run what must run and no more, and equal a build from nothing: ${kind}: ${mutation.name}`, async () => {
          assert.equal((await checkMutation(mutation, start)).join('\n'), '')
        })
  })
}
