import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import type { Cell, Echo } from '../../../src/render/model/types.ts'
import { highlightAhead, version } from '../../../src/render/page/highlight.ts'
import { renderedOf, toHtml } from './rendered-of.ts'

async function codeOf(markdown: string, cache = new Map<string, string>()): Promise<string> {
  const html = await toHtml(renderedOf([markdown]), { cache })
  return /<pre><code[^>]*>([\s\S]*?)<\/code><\/pre>/.exec(html)![1]!
}

describe('highlighting', () => {
  test('should mark tokens by class, line by line', async () => {
    const code = await codeOf('```ts\nconst a = "<b>" // c\n\nreturn a\n```')
    assert.match(code, /^<span class="line"><span class="t-keyword">const<\/span>/)
    assert.match(code, /<span class="t-string-expression">(&quot;|")&lt;b&gt;(&quot;|")<\/span>/)
    assert.equal(code.match(/class="line"/g)!.length, 3)
    assert.doesNotMatch(code, /style=/)
  })

  for (const language of ['js', 'json', 'bash', 'sh', 'python', 'yaml', 'md', 'html', 'css', 'typescript']) {
    test(`should know ${language}`, async () => {
      assert.match(await codeOf(`\`\`\`${language}\n"a": 1\n\`\`\``), /^<span class="line">/)
    })
  }

  test('should leave text and unknown languages alone', async () => {
    assert.equal(await codeOf('```text\na < b\n```'), 'a &#x3C; b\n')
    assert.equal(await codeOf('```constructor\na\n```'), 'a\n')
  })

  test('should name the version of the grammars in its keys', () => {
    const { version: installed } = createRequire(import.meta.url)('shiki/package.json') as { version: string }
    assert.ok(version.startsWith(`shiki ${installed} `))
  })

  test('should mark the code of cells ahead as the page marks it, but not what no page shows', async () => {
    const cell = (source: string, echo: Echo): Cell => ({
      ...{ label: 'one', lang: 'ts', source, file: 'report.md' },
      options: { echo, timeoutMs: 1_000, evaluate: true },
      position: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
    })
    const ahead = new Map<string, string>()
    await highlightAhead([cell('const a = 1', 'fold'), cell('const b = 2', 'hide')], ahead)
    const page = new Map<string, string>()
    await codeOf('```ts\nconst a = 1\n```', page)
    const [key, markup] = [...ahead][0]!
    assert.equal(ahead.size, 1)
    assert.equal(page.get(key), markup)
  })

  test('should take a block from the cache', async () => {
    const cache = new Map<string, string>()
    const first = await codeOf('```ts\nconst a = 1\n```', cache)
    for (const key of cache.keys()) cache.set(key, 'KEPT')
    assert.equal(await codeOf('```ts\nconst a = 1\n```', cache), 'KEPT')
    assert.notEqual(first, 'KEPT')
  })
})
