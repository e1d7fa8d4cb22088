import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { fileURLToPath } from 'node:url'
import { createHighlighter, type LanguageRegistration } from 'shiki'

const path = fileURLToPath(new URL('../../editors/vscode/syntaxes/weft.tmLanguage.json', import.meta.url))
const grammar = JSON.parse(readFileSync(path, 'utf8')) as LanguageRegistration

/** Colours Markdown as an editor does; gives the innermost scopes of each piece of text. */
async function scopesOf(text: string): Promise<(words: string) => string> {
  const own = { ...grammar, name: 'weft', injectTo: ['text.html.markdown'] }
  const highlighter = await createHighlighter({
    themes: ['github-light'],
    langs: ['markdown', 'typescript', 'tsx', own],
  })
  const lines = highlighter.codeToTokensBase(text, {
    lang: 'markdown',
    theme: 'github-light',
    includeExplanation: 'scopeName',
    // However busy the machine is.
    tokenizeTimeLimit: 0,
  })
  highlighter.dispose()
  const pieces = lines.flat().flatMap(({ explanation }) => explanation ?? [])
  return (words) => {
    const piece = pieces.find(({ content }) => content === words) ?? assert.fail(`No piece is ${words}`)
    return piece.scopes.map(({ scopeName }) => scopeName).join(' ')
  }
}

const ticks = '```'

test('the grammar should colour cells, values and claims, in lists, quotes and tables too', async () => {
  const scopes = await scopesOf(
    [
      "It is `{ts rel=1e-3} percent(accuracy.mean, 'most')` and `plain` and ``{ts} literal``.",
      '',
      `The :claim[net is right]{that='first > 0.5 && list.length > 1'} after.`,
      `A :claim[b]{that="second &gt; 'a'"} ending.`,
      '',
      `${ticks}ts exec #label echo=show caption="A b"`,
      'const inCell: number = 1',
      ticks,
      '',
      `> - ${ticks}tsx exec #quoted`,
      '>   const inQuote = <b>text</b>',
      `>   ${ticks}`,
      '',
      '| Cell | `{ts} inTable` |',
      '| --- | --- |',
      '',
      `${ticks}ts`,
      'const listing = `{ts} no`',
      ticks,
      'Words `{ts} last` end.',
    ].join('\n'),
  )
  const inline = /meta\.embedded\.inline\.typescript/
  for (const words of ['percent', 'most', 'first', 'second', 'inTable', 'last'])
    assert.match(scopes(words), inline)
  assert.match(scopes('percent'), /entity\.name\.function\.ts$/)
  assert.match(scopes('most'), /string\.quoted\.single\.ts$/)
  assert.match(scopes('&gt;'), /constant\.character\.entity\.weft$/)
  for (const words of ['plain', '{ts} literal', ' after.', ' ending.', ' end.'])
    assert.doesNotMatch(scopes(words), /weft|embedded/, words)
  assert.match(scopes('exec'), /keyword\.control\.weft$/)
  assert.match(scopes('#label'), /entity\.name\.label\.weft$/)
  assert.match(scopes('#quoted'), /markup\.quote\.markdown .*entity\.name\.label\.weft$/)
  assert.match(scopes('"A b"'), /string\.unquoted\.weft$/)
  assert.match(scopes('inCell'), /meta\.embedded\.block\.typescript .*variable\.other\.constant\.ts$/)
  assert.match(scopes('inQuote'), /meta\.embedded\.block\.typescriptreact .*variable\.other\.constant\.tsx$/)
  assert.match(scopes('listing'), /meta\.embedded\.block\.typescript .*constant\.ts$/)
  assert.doesNotMatch(scopes('listing'), /weft/)
})
