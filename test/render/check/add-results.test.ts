import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ResultStore } from '../../../src/render/cache/result-store.ts'
import { toStoredResult } from '../../../src/render/cache/result-store.ts'
import { addResults } from '../../../src/render/check/add-results.ts'
import type { StoredResult } from '../../../src/render/model/types.ts'

function resultOf(key: string, value: number, time: number, jobs?: readonly string[]): StoredResult {
  return toStoredResult({
    key,
    parts: {},
    shown: jobs ? [{ kind: 'text', value: `${value} in ${time} s` }] : [],
    exports: jobs ? {} : { result: value },
    measured: { time },
    provenance: { label: key, node: 'v20', platform: 'any', cpu: 'any', ...(jobs ? { jobs } : {}) },
  } as unknown as StoredResult)
}

function storeOf(...stored: readonly StoredResult[]) {
  const known = new Map(stored.map((one) => [one.key, one]))
  const store: ResultStore = { read: (key) => known.get(key), write: (one) => known.set(one.key, one) }
  return { store, known }
}

describe('addResults', () => {
  it('should keep an earlier result that differs in its times only', () => {
    const before = resultOf('job', 1, 2)
    const { store, known } = storeOf(before)
    addResults(store)(resultOf('job', 1, 3))
    assert.equal(known.get('job'), before)
  })

  it('should write what is not there, and what differs in more than its times', () => {
    const { store, known } = storeOf(resultOf('wrong', 7, 2))
    const now = [resultOf('new', 1, 3), resultOf('wrong', 8, 3)]
    now.forEach(addResults(store))
    assert.deepEqual([known.get('new'), known.get('wrong')], now)
  })

  it('should not write a cell whose job keeps other times', () => {
    const { store, known } = storeOf(resultOf('job', 1, 2))
    const add = addResults(store)
    add(resultOf('job', 1, 3))
    add(resultOf('cell', 1, 3, ['job']))
    add(resultOf('other', 1, 3, ['none']))
    assert.deepEqual([...known.keys()], ['job', 'other'])
  })
})
