import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cell } from '../../../src/render/model/types.ts'
import { codeText } from '../../../src/render/notebook/code-text.ts'

const textOf = (source: string, isApart = false) => {
  const cell = { label: 'a', file: 'text/one.md', source } as Cell
  return codeText(cell, { uses: new Map(), shown: 'shown', isApart }).text
}

test('codeText should write imports of files, what a cell shows, and where it stands', () => {
  const source = "import { b } from './b.ts'\nconst here = import.meta.url\nexport default [b, here]"
  assert.equal(
    textOf(source),
    "const { b } = await importFile('text/b.ts')\nconst here = sourceOf('text/one.md').url\nconst shown = [b, here]\n\nawait show(shown, 'a')",
  )
})

test('codeText should leave alone what stands in texts, templates, comments and patterns', () => {
  const texts = [
    "const one = 'import.meta of it'",
    "const two = `\nimport { b } from './b.ts'\nexport default 1\nexport { one }\n`",
    "/*\nexport { b } from './b.ts'\nimport './c.ts'\n*/",
    'const pattern = /import.meta/ // or import.meta',
  ].join('\n')
  assert.equal(textOf(texts), texts)
  assert.equal(textOf(texts, true), `{\n${texts}\n}`)
  assert.match(
    textOf(['const path = `$', '{import.meta.dirname}/a`'].join('')),
    /\$\{sourceOf\('text\/one\.md'\)\.dirname\}/,
  )
})
