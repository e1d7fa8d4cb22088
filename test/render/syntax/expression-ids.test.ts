import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import type { Expression, ReportTree } from '../../../src/render/model/types.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { reportOf, temporaryProject } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

function treeOf(t: Test, chapters: Readonly<Record<string, string>>, body = ''): ReportTree {
  const names = Object.keys(chapters).map((name) => `src/${name}`)
  const root = temporaryProject(t, {
    'package.json': '{}',
    'src/report.md': reportOf(body, { chapters: Object.keys(chapters) }),
    ...Object.fromEntries(Object.values(chapters).map((text, index) => [names[index]!, text])),
  })
  return parse(readReport(join(root, 'src/report.md'), undefined), kinds)
}

// Ids by source and by the number of earlier expressions with the same source.
function idsOf({ expressions }: ReportTree): Map<string, string> {
  const named = expressions.map((one, index) => [nameOf(one, expressions.slice(0, index)), one.id] as const)
  return new Map(named)
}

function nameOf({ source }: Expression, before: readonly Expression[]): string {
  return `${source} ${before.filter((one) => one.source === source).length}`
}

const chapter = `First \`{ts} a\`.

# Methods {#sec-methods}

\`{ts} a\` and \`{ts} b\`, again \`{ts} a\`, and :claim[so]{that='a > b'}.

## The *data*, \`{ts} c\`

> # Quoted
>
> \`{ts} d\`

- \`{ts rel=0.1} e\`

| \`{ts} f\` |
| - |
| \`{ts} g\`[^1] |

[^1]: Note \`{ts} h\`.
`

test('an id should contain chapter, section, kind and source of a value or claim', (t) => {
  const tree = treeOf(t, { 'a.md': chapter, 'more/b.md': '`{ts} a`' }, '`{ts} a`')
  assert.deepEqual(
    tree.expressions.map(({ id }) => id),
    [
      'report.md//v-ca978112',
      'a.md//v-ca978112',
      'a.md/sec-methods/v-ca978112',
      'a.md/sec-methods/v-3e23e816',
      'a.md/sec-methods/v-ca978112~2',
      'a.md/sec-methods/c-1c6424d9',
      'a.md/the-data-ts-c/v-2e7d2c03',
      'a.md/the-data-ts-c/v-18ac3e73',
      'a.md/the-data-ts-c/v-3f79bb7b',
      'a.md/the-data-ts-c/v-252f10c8',
      'a.md/the-data-ts-c/v-cd0aa985',
      'a.md/the-data-ts-c/v-aaa94026',
      'more/b.md//v-ca978112',
    ],
  )
})

test('inserting, removing or moving a value should not change the ids of the others', (t) => {
  const before = idsOf(treeOf(t, { 'a.md': chapter, 'b.md': chapter }))
  const inserted = idsOf(treeOf(t, { 'a.md': `\`{ts} new\` ${chapter}`, 'b.md': chapter }))
  assert.deepEqual(new Map([...inserted].filter(([name]) => name !== 'new 0')), before)
  const removed = idsOf(treeOf(t, { 'a.md': chapter, 'b.md': chapter.replace('- `{ts rel=0.1} e`', '') }))
  assert.deepEqual(removed, new Map([...before].filter(([name]) => name !== 'e 1')))
  const moved = chapter.replace(' and `{ts} b`', '').replace("{that='a > b'}", "{that='a > b'} `{ts} b`")
  assert.deepEqual(idsOf(treeOf(t, { 'a.md': moved, 'b.md': chapter })), before)
})

test('every value should have its own id, whatever the names of headings, labels and sources', (t) => {
  const values = '`{ts} a` `{ts} a` `{ts} a~2` `{ts} ü` `{ts} __proto__` `{ts} "</script>"`'
  const headings = [
    ...[
      '# Same',
      '# Same',
      '# Same {#same}',
      '## Same',
      '# {#a~2}',
      '# 結果 «ü»',
      '# 結果 «ü»',
      '# 🙂',
      '# /',
      '# ///',
    ],
    ...[
      `# ${'long '.repeat(40)}`,
      `# ${'long '.repeat(41)}`,
      `# ${'🙂𝒙'.repeat(40)}`,
      `# x${'𝒙'.repeat(40)}`,
    ],
    ...[
      '# __proto__',
      '# constructor',
      '# same-1',
      '# Same',
      '# `{ts} a`',
      '# #tbl-a',
      '# ::jobs',
      '# <b>"&',
    ],
  ]
  const body = headings.map((heading) => `${heading}\n\n${values}\n`).join('\n')
  const { expressions } = treeOf(t, { 'a.md': body, 'a.md~2/a b"<&>.md': body, 'same/v.md': body }, body)
  const ids = expressions.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  assert.ok(ids.length > 4 * 6 * headings.length)
  for (const id of ids) {
    const [, block = '', place = ''] = /\/([^/]*)\/([^/]*)$/.exec(id) ?? []
    assert.match(place, /^v-[0-9a-f]{8}(~\d+)?$/, id)
    assert.ok(block.length <= 64 && !/\p{Surrogate}/u.test(id), id)
  }
})
