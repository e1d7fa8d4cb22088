import assert from 'node:assert/strict'
import test from 'node:test'
import type { Root } from 'mdast'
import { VFile } from 'vfile'
import { chapterToHast } from '../../../src/render/page/chapter.ts'
import { idPlacesOf, placeIds, reportDeadLinks } from '../../../src/render/page/page-ids.ts'
import { markdownProcessor } from '../../../src/render/syntax/processor.ts'

/** Gives the messages about links on a page of chapters. */
async function saidOf(...texts: string[]): Promise<string[]> {
  const files = texts.map((value, index) => new VFile({ path: `src/c${index}.md`, value }))
  const trees = await Promise.all(
    files.map((file, index) => chapterToHast({ file, tree: markdownProcessor().parse(file) as Root }, index)),
  )
  placeIds(
    trees.map(({ children }) => idPlacesOf(children)),
    1,
  )
  reportDeadLinks({ type: 'root', children: trees.flatMap(({ children }) => children) }, trees, files)
  return files.flatMap((file) =>
    file.messages.map(({ line, column, reason }) => `${file.path}:${line}:${column} ${reason}`),
  )
}

test('a link that leads nowhere should be told of with the nearest place', async () => {
  const none = 'expected a label or a heading of the report, found none of that name'
  const cases: [string, string][] = [
    ['See [nothing](#nowhere).', `1:5 Unexpected link to \`#nowhere\`, ${none}`],
    ['See [it](#resluts).', `1:5 Unexpected link to \`#resluts\`, ${none}: did you mean \`results\`?`],
    ['See [it](#Results).', `1:5 Unexpected link to \`#Results\`, ${none}: did you mean \`results\`?`],
    ['See [it][a].\n\n[a]: #nowhere', `1:5 Unexpected link to \`#nowhere\`, ${none}`],
    ['See <a href="#nowhere">it</a>.', `1:5 Unexpected link to \`#nowhere\`, ${none}`],
    ['- *[it](#h%C3%B6he)*', `1:4 Unexpected link to \`#höhe\`, ${none}`],
    [
      'See [](#results).',
      '1:5 Unexpected link to `#results` without words, expected some between its brackets, or `@results`',
    ],
    ['See [it](fig-a).\n\n<a id=fig-a></a>', '1:5 Unexpected link to `fig-a`, expected `#fig-a`'],
    ['See [it](@fig-a).\n\n<a id=fig-a></a>', '1:5 Unexpected link to `@fig-a`, expected `#fig-a`'],
    [
      'See [it](c1.md#results).',
      '1:5 Unexpected link to the chapter `c1.md`, expected `#` and the label of a section: the report is one page',
    ],
    [
      'See [it](./c1.md).',
      '1:5 Unexpected link to the chapter `./c1.md`, expected `#` and the label of a section: the report is one page',
    ],
  ]
  for (const [text, expected] of cases)
    assert.deepEqual(await saidOf(text, '# Results\n'), [`src/c0.md:${expected}`], text)
})

test('links that lead somewhere should not be told of', async () => {
  const first = [
    '[a](#results) [b](#results-1) [c](#here) [d](#there) [e](#top) [f](#) [g](#h%C3%B6he) [h](#cell)',
    '[i](https://example.org/#nowhere) [j](https://example.org) [k](mailto:me@example.org) [l](other.md#x)',
    'A note[^1] and [m](data.csv), `[n](#nowhere)`, \\[o](#nowhere).',
    '',
    '[^1]: The note.',
    '',
    '<a id="here"></a><a name=there></a><div id="cell"></div>',
  ].join('\n')
  assert.deepEqual(await saidOf(first, '# Results\n\n# Results\n\n# Höhe\n'), [])
})
