import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Memory } from '../../../src/render/model/memory.ts'
import { seededRandom } from '../../../src/statistics/random.ts'
import { render, writeFiles } from './incremental.ts'

const editsEach = 2

const front =
  '---\ntitle: Nets\nabstract: |\n  In short `{ts} n`, as @tbl-a says, and [@kingma].\nbibliography: references.bib\ncontents: true\nchapters: [a.md, b.md]\n---\n\n'
const files: Readonly<Record<string, string>> = {
  'references.bib':
    '@book{kingma, author={A. Kingma}, title={Adam}, publisher={P}, year={2015}}\n@book{ioffe, author={S. Ioffe}, title={Norm}, publisher={P}, year={2014}}\n',
  'report.md': `${front}The text has \`{ts} n\` and @fig-a.\n\n# Summary {#summary}\n\nMore of [@ioffe].\n`,
  'a.md': `# One {#sec-one}

See @sec-two, @fig-a, @tbl-a and @eq-a, by [@kingma; @ioffe].

$$
x^2
$$ {#eq-a}

\`\`\`ts exec #fig-a echo=show
export const a = 1
\`\`\`

## Part

- one \`{ts} a\`
- two

  with a paragraph

> quoted @eq-a

\`\`\`ts exec #tbl-a caption="With \`{ts} m\`"
export default 1
\`\`\`

:claim[it is larger]{that='a > 0'}, and $y$.

::register{of=claims}
`,
  'b.md': `# Two {#sec-two}

| a | b |
|---|---|
| 1 | @tbl-a |

## Part

\`\`\`ts exec #shown
export default 2
\`\`\`

\`\`\`js {#lst-a}
let x
\`\`\`

The end of @lst-a[^n].

Last words.

[^n]: A note with \`{ts} n\`.
`,
}

const snippets = [
  '\n\n# New {#sec-new}\n\n',
  '\n## Part\n',
  '\n===\n',
  '\n---\n',
  '\n```\n',
  '\n````\n',
  '\n~~~ts exec #more\nexport const b = 2\n~~~\n',
  '\n```ts exec #fig-b\nexport const c = 3\n```\n',
  '\n```ts exec #fig-a\nexport const c = 3\n```\n',
  '\n```ts exec #failing\nfail()\n```\n',
  '\n$$\ny\n$$ {#eq-b}\n',
  '\n$$\n',
  ' $z$ ',
  '<!--',
  '-->',
  '<div>',
  '\n\n</div>\n\n',
  '<script>',
  '\n\n<details>\n\n',
  '[^n]',
  '\n[^n]: Another note.\n',
  '\n[link]: https://example.org\n',
  '[link]',
  '\n- item\n',
  '\n  - deeper\n',
  '\n    code\n',
  '\n> quote\n',
  '\n1. first\n',
  '@fig-a',
  '@fig-b',
  '@sec-new',
  '@nothing',
  '[@kingma]',
  '[@missing]',
  '[see @ioffe, p. 3]',
  '`{ts} n`',
  '`{ts} fail`',
  ":claim[holds]{that='n > 1'}",
  ":given[40]{from='the task'}",
  '\n::register{of=claims}\n',
  '\n::register{of=references}\n',
  '\n:::note\ninside\n:::\n',
  '\n::: {.callout-tip title="T"}\n',
  '\n::::columns\n:::column\n',
  '\n> [!NOTE]\n> inside\n',
  '\nTerm\n: defined\n',
  '\n: defined\n',
  '\n\n    more\n\n',
  '\n::pagebreak\n',
  '[word]{.smallcaps}',
  '\n```mermaid {#fig-flow caption="Words"}\nflowchart\n',
  '\n```ts {lines="1" title="a.ts"}\nlet a\n',
  '\n![alt](none.png){#fig-image width=50%}\n',
  '\n: Words {#tbl-typed}\n',
  '\nTable: Words {#tbl-b}\n',
  '\n:::figures{#fig-group}\n![one](none.png)\n\nBoth.\n',
  '\n# More {.appendix}\n',
  '@fig-image',
  '@fig-group-a',
  '~a~',
  '^a^',
  '==a==',
  '\n:::\n',
  '\n| a |\n|---|\n| `{ts} k` |\n',
  '\n\n',
  '\n',
  ' ',
  '*',
  '`',
  '|',
  '\\',
  'é',
  '[x](#sec-two)',
  '![alt](none.png)',
  '![alt](%E0%A4%A.png)',
  '![alt][picture]\n\n[picture]: none%20here.png\n',
  '{#sec-braced}',
]

/** Makes one edit of a text, as an author or a slip of the hand would. */
function edited(text: string, random: ReturnType<typeof seededRandom>): string {
  const at = random.below(text.length + 1)
  const lines = text.split('\n')
  const line = random.below(lines.length)
  switch (random.below(8)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1 + random.below(3))
    case 1:
      return text.slice(0, at) + text.slice(at + random.below(120))
    case 2:
      return lines.toSpliced(line, 1).join('\n')
    case 3:
      return lines.toSpliced(line, 0, ...lines.slice(line, line + 1 + random.below(4))).join('\n')
    case 4: {
      const blocks = text.split('\n\n')
      const [moved] = blocks.splice(random.below(blocks.length), 1)
      return blocks.toSpliced(random.below(blocks.length + 1), 0, moved!).join('\n\n')
    }
    case 5:
      return `${text.slice(0, at)}word ${text.slice(at)}`
    default: {
      const snippet = snippets[random.below(snippets.length)]!
      // Mostly between lines, where it is what it looks like.
      if (snippet.startsWith('\n')) return lines.toSpliced(line, 0, snippet).join('\n')
      return text.slice(0, at) + snippet + text.slice(at)
    }
  }
}

// A whole page in a message would hide where it differs.
function difference(one: string, other: string): readonly string[] | undefined {
  if (one === other) return undefined
  let at = 0
  while (one[at] === other[at]) at += 1
  return [one, other].map((text) => text.slice(Math.max(0, at - 120), at + 240))
}

/**
 * Compares pages that are updated after random edits with those of a build, and what was told of both; throws an
 * AssertionError with the texts where they differ.
 *
 * @param seeds one sequence of edits each
 */
export async function compareAfterEdits(seeds: {
  readonly from: number
  readonly to: number
}): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'weft-incremental-'))
  try {
    for (let seed = seeds.from; seed <= seeds.to; seed++) await compareSequence(root, seed)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function compareSequence(root: string, seed: number): Promise<void> {
  const random = seededRandom(seed)
  const memory = new Memory()
  const now: Record<string, string> = { 'package.json': '{}', ...files }
  writeFiles(root, now)
  await render(root, memory)
  for (let edit = 1; edit <= editsEach; edit++) {
    const name = ['report.md', 'a.md', 'a.md', 'b.md', 'b.md'][random.below(5)]!
    const head = name === 'report.md' ? front : ''
    const before = now[name]!
    now[name] = head + edited(before.slice(head.length), random)
    writeFiles(root, { [name]: now[name] })
    const [updated, built] = [await render(root, memory), await render(root)]
    const where = `seed ${seed}, edit ${edit} of ${name}:\n${before}\n=====\n${now[name]}`
    assert.deepEqual(updated.said, built.said, where)
    assert.equal(difference(updated.screen, built.screen), undefined, where)
    assert.equal(difference(updated.print, built.print), undefined, where)
    assert.deepEqual(updated.draft, updated.blocks, where)
  }
}
