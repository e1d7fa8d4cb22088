import assert from 'node:assert/strict'
import test from 'node:test'
import { chapterToHast, showClasses } from '../../../src/render/page/chapter.ts'
import { toHtml } from '../../../src/render/page/regions.ts'
import { purgePage } from '../../../src/render/untrusted/purge-page.ts'
import { parseText } from '../syntax/parse-text.ts'

const body = `[Words]{.own .smallcaps lang=de}

:::columns
:::column{width=40%}
a
:::
:::column
b
:::
:::

:::figures{#fig-pair columns=2}
![One](data:image/png;base64,iVBORw0KGgo=){width=50% fig-alt="a"}

Both.
:::

::: {.own}
c
:::

H~2~O ==marked==

Term
: Definition
`

test('blocks should keep in an untrusted report what the tool itself gives them, and no class of their author', async (t) => {
  const { tree, said } = parseText(t, body)
  assert.deepEqual(said, [])
  const chapter = tree.chapters[0]!
  const purged = purgePage(await chapterToHast(chapter, 0), chapter.file, {
    report: tree.report,
    drawings: new Set(),
  })
  showClasses(purged)
  const html = toHtml(purged.children)
  assert.deepEqual(chapter.file.messages.map(String), [])
  for (const part of [
    '<span class="weft-smallcaps" lang="de" dir="ltr">Words</span>',
    '<div class="weft-row"><div style="flex:40 1 0" class="weft-column">',
    '<div class="weft-column" style="flex:60 1 0">',
    '<figure class="weft-figures" style="--columns:2" id="fig-pair">',
    'alt="a" width="50%"',
    '<div><p>c</p></div>',
    'H<sub>2</sub>O <mark>marked</mark>',
    '<dl><dt>Term</dt><dd>Definition</dd></dl>',
  ])
    assert.ok(html.includes(part), `${part} in ${html}`)
  assert.doesNotMatch(html, /own/)
})
