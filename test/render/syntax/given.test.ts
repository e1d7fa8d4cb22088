import assert from 'node:assert/strict'
import test from 'node:test'
import rehypeStringify from 'rehype-stringify'
import remarkDirective from 'remark-directive'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { VFile } from 'vfile'
import remarkExec from '../../../src/render/pipeline/remark-exec.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

async function page(t: { after(clean: () => void): void }, text: string) {
  const root = temporaryProject(t, {})
  const file = await unified()
    .use(remarkParse)
    .use(remarkDirective)
    .use(remarkExec, { params: { epochs: 40 }, onError: 'warn' })
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeStringify, { allowDangerousHtml: true })
    .process(new VFile({ path: `${root}/note.md`, value: text }))
  return {
    html: String(file),
    said: file.messages.map(({ reason, line, column }) => `${line}:${column} ${reason}`),
  }
}

test('a given should be shown with its source', async (t) => {
  const text = `Of :given[*40* epochs, \`{ts} params.epochs\`]{from='the assignment "A"'}.`
  const { html, said } = await page(t, text)
  assert.deepEqual(said, [])
  assert.match(
    html,
    /<p>Of <span class="weft-given" title="given: the assignment &#x22;A&#x22;"><em>40<\/em> epochs, <span class="weft-value"[^>]*>40<\/span><\/span>\.<\/p>/,
  )
})

test('a given in the caption of a cell should be shown with its source', async (t) => {
  const caption = "After :given[40 epochs]{from='the assignment'}."
  const text = `\`\`\`ts exec #tbl-a\nimport { table } from 'weft/output'\nexport default table([{ a: 'x' }], { caption: "${caption}" })\n\`\`\`\n`
  const { html, said } = await page(t, text)
  assert.deepEqual(said, [])
  assert.match(html, /After <span class="weft-given" title="given: the assignment">40 epochs<\/span>\./)
})

test('a given without a source should be shown and reported', async (t) => {
  const { html, said } = await page(t, 'Of :given[40 epochs].')
  assert.deepEqual(said, [
    "1:4 Unexpected given without its source, expected `:given[40 epochs]{from='the assignment'}`",
  ])
  assert.match(html, /<span class="weft-given weft-missing">40 epochs<\/span>/)
})
