import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHtml as write } from '../../../src/render/page/regions.ts'
import { keywordLine, titleBlock } from '../../../src/render/page/title-block.ts'
import { plainFront } from '../../../src/render/syntax/front-matter.ts'
import { renderedOf, toHtml } from './rendered-of.ts'

const lines = (front: Partial<typeof plainFront>) =>
  write(titleBlock({ ...plainFront, ...front }).children).replace(/<\/p>(?=<p)/g, '</p>\n')
const uni = 'University'
const lab = 'Lab & Co'

test('titleBlock should name authors alone in one line', () => {
  assert.equal(
    lines({ author: ['A', 'B'].map((name) => ({ name, affiliations: [] })) }),
    '<p class="weft-author">A, B</p>',
  )
})

test('titleBlock should number affiliations unless all authors share them', () => {
  const shared = [
    { name: 'A', affiliations: [uni] },
    { name: 'B', affiliations: [uni] },
  ]
  assert.equal(
    lines({ author: shared }),
    '<p class="weft-author">A, B</p>\n<p class="weft-affiliation">University</p>',
  )
  assert.equal(
    lines({ author: [...shared, { name: 'C', affiliations: [lab, uni] }] }),
    [
      '<p class="weft-author">A<sup>1</sup>, B<sup>1</sup>, C<sup>2,1</sup></p>',
      '<p class="weft-affiliation"><sup>1</sup>University</p>',
      '<p class="weft-affiliation"><sup>2</sup>Lab &#x26; Co</p>',
    ].join('\n'),
  )
})

test('titleBlock should say how to reach an author, on paper too', () => {
  const author = [
    {
      name: 'A',
      affiliations: [],
      email: 'a@b.org',
      orcid: '0000-0002-1825-0097',
      url: 'https://a.org',
      isCorresponding: true as const,
    },
    { name: 'B', affiliations: [], isCorresponding: true as const },
  ]
  assert.equal(
    lines({ author, lang: 'fr' }),
    [
      '<p class="weft-author"><a href="https://a.org">A</a>, B</p>',
      '<p class="weft-contact">Correspondance\u00a0: A, <a href="mailto:a@b.org">a@b.org</a>, ORCID <a href="https://orcid.org/0000-0002-1825-0097">0000-0002-1825-0097</a></p>',
      '<p class="weft-contact">Correspondance\u00a0: B</p>',
    ].join('\n'),
  )
})

test('keywordLine should join keywords as the language does', () => {
  const written = (lang: string) => write(keywordLine({ ...plainFront, keywords: ['a', 'b'], lang }))
  assert.equal(written('en'), '<p class="weft-keywords"><span class="weft-label">Keywords: </span>a, b</p>')
  assert.match(written('ja'), /：<\/span>a、b<\/p>$/)
  assert.deepEqual(keywordLine(plainFront), [])
})

test('the page should have what the front matter says of its parts', async () => {
  const html = async (front: Partial<typeof plainFront>) =>
    toHtml(renderedOf(['Before.\n\n# First\n', '# Second\n'], { front: { title: 'T', ...front } }))
  const mainOf = (page: string) => /<main[^>]*>/.exec(page)![0]
  assert.doesNotMatch(mainOf(await html({ chapterbreak: 'page' })), /class/)
  assert.match(mainOf(await html({ columns: 2 })), /class="weft-article weft-columns"/)
  assert.ok((await html({ titlepage: true })).includes('<section class="weft-front weft-title-page">'))
  const keywords = await html({ keywords: ['<a>', 'b'] })
  assert.ok(keywords.includes('<meta name="keywords" content="&lt;a&gt;, b">'))
  assert.ok(/<\/section><p class="weft-keywords">/.test(keywords))
})
