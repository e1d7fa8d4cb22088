import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsFor } from '../../../src/render/model/words.ts'
import { typographic } from '../../../src/render/page/typographic.ts'
import { renderedOf } from './rendered-of.ts'
import { toPages } from './to-pages.ts'

function set(text: string, lang = 'en'): string {
  return typographic([{ text, quotes: wordsFor(lang).quotes }]).join('')
}

test('typographic should set quotes, apostrophes, dashes and dots', () => {
  for (const [typed, printed] of [
    [`He said "yes".`, 'He said “yes”.'],
    [`("A", 'b')`, '(“A”, ‘b’)'],
    [`"It's 'so' -- they say."`, '“It’s ‘so’ – they say.”'],
    [`Student's t, the '90s, rock 'n' roll, runs' ends`, 'Student’s t, the ’90s, rock ‘n’ roll, runs’ ends'],
    ['pages 3--7, and --- well...', 'pages 3–7, and — well…'],
  ] as const)
    assert.equal(set(typed), printed)
})

test('typographic should take the marks of the language', () => {
  assert.equal(set(`"Ja", sagt's 'er'.`, 'de'), '„Ja“, sagt’s ‚er‘.')
  assert.equal(set(`"l'eau"`, 'fr'), '«\u00a0l’eau\u00a0»')
  assert.equal(set('"本"', 'ja'), '「本」')
})

test('typographic should leave what is no quotation and no dash', () => {
  for (const text of ['6\'2" tall', 'a " alone', 'the option --prove', 'a ---- b', 'a -> b', 'a - b', '....'])
    assert.equal(set(text), text)
})

test('typographic should see over parts that stay', () => {
  const { quotes } = wordsFor('en')
  const parts = [
    { text: 'a "', quotes },
    { text: `x"'--`, quotes: undefined },
    { text: `" b's`, quotes },
  ]
  assert.deepEqual(typographic(parts), ['a “', `x"'--`, '” b’s'])
})

test('a page should set the prose of an author and nothing else', async () => {
  const source = [
    `# What's "new" -- or not`,
    `A "*quoted* \`"code"\`" word, "[x](https://a.b/c--d)" and <https://a.b/c--d>.`,
    '- "one\n- two"',
    '```js\nconst a = "b" // it\'s -- so...\n```',
    '$a\'$ and "$b$".',
  ].join('\n\n')
  const { screen } = await toPages(renderedOf(['x', source]))
  assert.match(screen, /<h2 id="whats-new----or-not"[^>]*>What’s “new” – or not<\/h2>/)
  assert.match(screen, /A “<em>quoted<\/em> <code>"code"<\/code>” word, “<a href="https:\/\/a\.b\/c--d">/)
  assert.match(screen, />https:\/\/a\.b\/c--d<\/a>/)
  // What begins in an item does not end in another.
  assert.match(screen, /<li>"one<\/li>\s*<li>two"<\/li>/)
  assert.doesNotMatch(/<pre[\s\S]*?<\/pre>/.exec(screen)![0], /[“”’–…]/)
  assert.match(screen, />” ?\.|“<span class="katex">/)
})

test('`smart: false` should leave the prose as it is typed', async () => {
  const { screen } = await toPages(
    renderedOf(['x', `# A\n\nIt's "so" -- yes...`], { front: { smart: false } }),
  )
  assert.match(screen, /It's "so" -- yes\.\.\./)
})
