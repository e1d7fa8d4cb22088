import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { textDigest } from '../../../src/render/print/client/text-digest.ts'

describe('textDigest', () => {
  it('should have the published value of FNV-1a in its middle', () => {
    assert.equal(textDigest('a').split('-')[1], (0xe40c292c).toString(36))
    assert.equal(textDigest('foobar').split('-')[1], (0xbf9cf968).toString(36))
  })

  it('should tell texts apart that differ in one character, in order or in length', () => {
    const texts = [
      '',
      'a',
      'b',
      'ab',
      'ba',
      'aab',
      'aba',
      'a'.repeat(50),
      'a'.repeat(51),
      'ä',
      '\u00e4\u00e4',
    ]
    assert.equal(new Set(texts.map(textDigest)).size, texts.length)
  })
})
