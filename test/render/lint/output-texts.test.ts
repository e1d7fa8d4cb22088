import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isTypedIn } from '../../../src/render/lint/output-texts.ts'

describe('isTypedIn', () => {
  const finds = (code: string, text: string) =>
    isTypedIn(code)({ text } as Parameters<ReturnType<typeof isTypedIn>>[0])

  it('should find a number that stands in code as it is shown', () => {
    assert.equal(finds(`markdown('It took 1.30 s.')`, '1.30'), true)
    assert.equal(finds(`markdown('It took 1.30.')`, '1.30'), true)
    assert.equal(finds(`markdown('\\u0031.30')`, '1.30'), true)
  })

  it('should not take a part of a longer number or of a version for it', () => {
    for (const code of [`'onnx 1.30.0'`, `'21.30'`, `'4.1.30'`, `'1.305'`])
      assert.equal(finds(code, '1.30'), false, code)
  })
})
