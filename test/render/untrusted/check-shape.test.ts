import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkShape } from '../../../src/render/untrusted/check-shape.ts'

test('checkShape should let pass what people write', () => {
  const folder = fileURLToPath(new URL('../../../report-src/', import.meta.url))
  const chapters = readdirSync(folder).filter((name) => name.endsWith('.md'))
  assert.ok(chapters.length > 5)
  for (const name of chapters) checkShape(readFileSync(folder + name, 'utf8'))
  checkShape(`![words](data:image/png;base64,${'A'.repeat(100_000)})`)
  checkShape('')
})

test('checkShape should say where it goes too deep, too long or too wide', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    [`a\n\n${'>'.repeat(101)} a`, /quotes and lists 101 deep at line 3$/],
    [`${'- '.repeat(101)}a`, /quotes and lists 101 deep at line 1$/],
    [`${' '.repeat(300)}- a`, /deep at line 1$/],
    [`\n${'['.repeat(101)}`, /brackets 101 deep at line 2$/],
    [`${':::a\n\n'.repeat(101)}`, /blocks 101 deep at line 201$/],
    ['*'.repeat(2001), /2001 marks in one block at line 1$/],
    ['a'.repeat(20_001), /a line of 20001 characters at line 1$/],
    ['a\n'.repeat(5001), /5001 lines without a blank one at line 1$/],
    ['a\n\n'.repeat(700_000), /expected at most 2000000 characters/],
  ]
  for (const [markdown, message] of cases) {
    const line = Number(/ at line (\d+)/.exec(message.source)?.[1] ?? 1)
    assert.throws(() => checkShape(markdown), { name: 'Error', message, line })
  }
})
