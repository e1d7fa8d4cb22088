import assert from 'node:assert/strict'
import test from 'node:test'
import { emptyProject } from './project.ts'

const report = `---
title: A report
author: 山
---

Of \`{ts} word\` and more.

\`\`\`ts exec #words
export const word = '木'
\`\`\`

\`\`\`ts exec #tbl-words
import { table } from 'weft/output'
export default table([{ word: '\\u65e5', n: 1 }], { caption: 'As \\u6708 is.' })
\`\`\`

\`\`\`ts exec #fig-words
import { figure } from 'weft/output'
export default figure(
  { data: { values: [{ word: '\\u706b', n: 1 }] }, mark: 'bar', encoding: { y: { field: 'word' }, x: { field: 'n', type: 'quantitative' } } },
  { alt: 'A bar.' },
)
\`\`\`
`

test('a build should warn about characters without a glyph, at the values and cells that show them', async (t) => {
  const project = emptyProject(t)
  project.write('package.json', '{"name": "temporary", "type": "module"}')
  project.write('report.md', report)
  const { code, text } = await project.weft(['build', 'report.md'])
  assert.equal(code, 0, text)
  const said = [...text.matchAll(/(\d+:\d+)(?:-\d+:\d+)?\s+warning\s+Cannot embed `(.)`/gu)]
  assert.deepEqual(
    said.map(([, place, character]) => `${character} ${place}`).sort(),
    ['山 3:9', '日 12:1', '月 12:1', '木 6:4', '木 8:1', '火 17:1'].sort(),
    text,
  )
})
