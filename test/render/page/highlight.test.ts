import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import { version } from '../../../src/render/page/highlight.ts'
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

  test('should take a block from the cache', async () => {
    const cache = new Map<string, string>()
    const first = await codeOf('```ts\nconst a = 1\n```', cache)
    for (const key of cache.keys()) cache.set(key, 'KEPT')
    assert.equal(await codeOf('```ts\nconst a = 1\n```', cache), 'KEPT')
    assert.notEqual(first, 'KEPT')
  })
})
