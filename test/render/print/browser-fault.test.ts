import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answered, isBrowserFault } from '../../../src/render/print/browser-fault.ts'

describe('answered', () => {
  it('should give the answer of a browser, or its error', async () => {
    assert.equal(await answered(Promise.resolve('a page'), 1_000), 'a page')
    await assert.rejects(answered(Promise.reject(new Error('it crashed')), 1_000), /it crashed/)
  })

  it('should not wait for a browser that does not answer, and take it for broken', async () => {
    const error = await answered(new Promise<never>(() => {}), 20).catch((reason: unknown) => reason)
    assert.match(String(error), /Expected an answer of the browser in 0\.02 s, found none/)
    assert.equal(await isBrowserFault(error), true)
  })
})
