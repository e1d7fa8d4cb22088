import assert from 'node:assert/strict'
import test from 'node:test'
import type { Root } from 'mdast'
import { nearMisses } from '../../../src/render/syntax/near-misses.ts'
import { markdownProcessor } from '../../../src/render/syntax/processor.ts'
import { parseText } from './parse-text.ts'

/** Gives `line:column rule`, with an exclamation mark for an error, of each slip in a Markdown text. */
function slipsOf(text: string): string[] {
  return nearMisses(markdownProcessor().parse(text) as Root, text).map(
    ({ rule, place, isError }) => `${place?.start.line}:${place?.start.column} ${rule}${isError ? '!' : ''}`,
  )
}

function assertSlips(rule: string, cases: readonly (string | readonly [string, string])[]): void {
  for (const one of cases) {
    const [text, place] = typeof one === 'string' ? [one, '1:1'] : one
    assert.deepEqual(slipsOf(text), [`${place} ${rule}`], text)
  }
}

const fence = (info: string) => `\`\`\`${info}\nexport const a = 1\n\`\`\`\n`

test('a fence that looks like a cell should be told of at its info string', () => {
  const infos = [
    'ts exce #data',
    'ts exe #a',
    'ts exc #a',
    'ts execute #a',
    'ts Exec #b',
    'ts EXEC',
    'TS exec #d',
    'Ts exec',
    'typescript exec #a',
    'TypeScript exec #a',
    'javascript exec #a',
    'mts exec #a',
    'ts exec#a',
    'ts exec:a',
    'ts exec, #a',
    'ts exec{#a}',
    'ts exec=true #a',
    'ts {exec} #a',
    'ts {exec #a}',
    'ts, exec #a',
    'ts-exec #a',
    'ts:exec #a',
    'ts/exec #a',
    'tsexec #a',
    'tss exec #a',
    'st exec #a',
    'tsc exec #a',
    'python exec #a',
    'exec ts #a',
    'exec #a',
    '{ts exec}',
    '{ts exec #a}',
    '{ts, exec, #a}',
    '{.ts .exec #a}',
    '{ts}',
    '{js}',
    '{r}',
    '{python}',
    'ts #a',
    'ts #fig-curve',
    'js #data echo=hide',
    'typescript #tbl-scores caption="x"',
    '#fig-a',
    'jsx ecex #a',
    'ts caption="A table"',
    'ts echo=hide',
    'js timeout=5s',
    'ts label=fig-a',
    'ts fig-a',
    'exec=ts #a',
    'ts\u00a0exec #a',
    'ts \u0435xec #a',
    'ts eval #a',
  ]
  assert.ok(infos.length > 20)
  assertSlips('cell-is-recognized', infos.map(fence))
})

test('the message should name the cell that was meant', (t) => {
  const cases = {
    'ts exec#a': 'ts exec #a',
    'TSX exec #Fig-A echo=hide': 'tsx exec #fig-a',
    'javascript exec': 'js exec #label',
    '{ts exec}': 'ts exec #label',
  }
  for (const [info, wanted] of Object.entries(cases))
    assert.deepEqual(parseText(t, fence(info)).said, [
      `report.md:4:1 cell-is-recognized Unexpected fence \`${info}\`, expected \`${wanted}\` for a cell: this one does not run`,
    ])
})

test('other fences should not be told of', () => {
  const infos = [
    'ts exec #a',
    'tsx exec #a',
    'js exec #a echo=hide',
    'jsx exec #a',
    'ts  exec  #a',
    '',
    'ts',
    'js',
    'typescript',
    'ts twoslash',
    'ts title="exec"',
    'ts title="run.ts" {1,3-5}',
    'ts {1,3}',
    'ts showLineNumbers',
    'ts copy',
    'js live',
    'ts #lst-step caption="A step"',
    '#lst-step',
    'json',
    'sh',
    'bash title="install"',
    'python',
    'r',
    'mermaid',
    'math',
    'text',
    'diff',
    '{.ts}',
    '{.python .numberLines}',
    'tsv',
    'c++',
    'c#',
    'execline',
    'console',
  ]
  for (const info of infos) assert.deepEqual(slipsOf(fence(info)), [], info)
  const shown = [
    `\`\`\`\`md\n${fence('ts exce #a')}\`\`\`\``,
    `~~~~md\n${fence('ts exec#a')}~~~~`,
    `~~~md\n${fence('ts exec #a')}~~~`,
    'Write ` ```ts exce #a ` in a line.',
    'Write ```` ```ts exec #a ```` in a line.',
    '```ts exec #a``` at the start of a line.',
    'A cell begins with `ts exec #label`.',
    'It runs `ts exec #a` with\na line end.',
    '    const indented = 1\n',
    `<pre>\n${fence('ts exec #a')}</pre>\n`,
    `<!--\n${fence('ts exec #a')}-->\n`,
    '    ```sh\n    npm test\n    ```\n',
  ]
  for (const text of shown) assert.deepEqual(slipsOf(text), [], text)
})

test('a fence that Markdown does not see as one should be told of', () => {
  assertSlips('cell-is-recognized', [
    ['Text.\n\n    ```ts exec #a\n    1\n    ```\n', '3:8'],
    ['- item\n\n      ```ts exec#a\n      1\n      ```\n', '3:10'],
    ['1. item\n\n\t\t```ts exec #a\n\t\t1\n\t\t```\n', '3:6'],
    [`<div>\n${fence('ts exec #a')}</div>\n`, '2:4'],
    [`<details>\n<summary>More</summary>\n${fence('ts exce #a')}</details>\n`, '3:4'],
    ['`ts exec #a\nexport const a = 1\n`\n', '1:1'],
    ['~~ts exec #a\nexport const a = 1\n~~\n', '1:1'],
    ["Text.\n\n'''ts exec #a\nexport const a = 1\n'''\n", '3:1'],
    ['´´´ts exec #a\nexport const a = 1\n´´´\n', '1:1'],
    ['Text.\n\n``ts exec #a\nexport const a = 1\n``\n', '3:1'],
  ])
  assert.equal(slipsOf('```sh title="the `x` file"\nls\n```\n')[0], '1:1 cell-is-recognized')
})

test('a back-tick in the info string of a cell should be an error at the fence', (t) => {
  const rest = '\nexport default 1\n```\n\n# Results\n\nMore.\n\n```ts\nconst plain = 1\n```\n\nEnd.\n'
  for (const info of [
    'ts exec #a caption="Uses `code`."',
    'ts exec #a caption="One ` alone"',
    'ts exec #a caption="Mean `{ts} m`"',
    'js exec #tbl-a echo=hide caption="`x`"',
    ' ts exec `#a`',
    'ts exec#a caption="`x`"',
    'ts #lst-a caption="`x`"',
  ]) {
    const said = slipsOf(`Text.\n\n\`\`\`${info}${rest}`)
    assert.equal(said[0], '3:1 cell-is-recognized!', info)
  }
  const { said } = parseText(t, `\`\`\`ts exec #a caption="Uses \`code\`."\n1\n\`\`\`\n`)
  assert.match(
    said[0]!,
    /^report\.md:4:1 cell-is-recognized Unexpected back-tick in the fence `ts exec #a caption="Uses 'code'\."`, .* `~~~`/,
  )
  assert.deepEqual(slipsOf('~~~ts exec #a caption="Uses `code`."\nexport default 1\n~~~\n'), [])
})

test('a fence that is not closed should be told of at its beginning, for a cell as an error', (t) => {
  const cases: [string, string[]][] = [
    ['```ts exec #a\nexport default "one"\n\n# Results\n\nText.\n', ['1:1 cell-is-recognized!']],
    ['```ts exec #a\n', ['1:1 cell-is-recognized!']],
    ['```ts exec #a', ['1:1 cell-is-recognized!']],
    ['````ts exec #a\n1\n```\n', ['1:1 cell-is-recognized!']],
    ['~~~ts exec #a\n1\n```\n', ['1:1 cell-is-recognized!']],
    ['```ts exec #a\n1\n``` end\n', ['1:1 cell-is-recognized!']],
    ['> ```ts exec #a\n> 1\n\nText.\n', ['1:3 cell-is-recognized!']],
    ['- ```ts exec #a\n  1\n\nText.\n', ['1:3 cell-is-recognized!']],
    [`\`\`\`ts exec #a\n1\n\nText.\n\n${fence('ts exec #b')}`, ['1:1 cell-is-recognized!']],
    [`\`\`\`sh\nls\n\nText.\n\n${fence('ts exec #b')}`, ['1:1 cell-is-recognized!']],
    ['```ts\nconst plain = 1\n\nText.\n', ['1:1 cell-is-recognized']],
    ['~~~\nplain\n', ['1:1 cell-is-recognized']],
    [`$$\nx\n\nText.\n\n${fence('ts exec #a')}`, ['6:4 cell-is-recognized!']],
  ]
  for (const [text, expected] of cases) assert.deepEqual(slipsOf(text), expected, text)
  const { tree, said } = parseText(t, '```ts exec #a\nexport default "one"\n\n# Results\n')
  assert.deepEqual(tree.cells, [])
  assert.deepEqual(said, [
    'report.md:4:1 cell-is-recognized Cannot find the end of the fence `ts exec #a`, expected a line with ``` alone below it, found none',
  ])
  for (const closed of [
    '```ts\n1\n```',
    '> ```ts\n> 1\n> ```',
    '- ```ts\n  1\n  ```',
    '```ts\n1\n`````',
    '```ts\n```',
    '````ts exec #a\n/*\n```ts exec #b\n```\n*/\n````',
  ])
    assert.deepEqual(slipsOf(closed), [], closed)
})

test('inline code that looks like a value should be told of at its place', () => {
  const values = [
    '`{ts}1+1`',
    '`{ts}n`',
    '`{ts}percent(a.b)`',
    '`{ts}`',
    '`{ts }1`',
    '`{ ts } 1`',
    '`{TS} 2`',
    '`{Ts} n`',
    '`{js} 1+1`',
    '`{tsx} n`',
    '`{typescript} n`',
    '`{javascript} n`',
    '`{tx} 1`',
    '`{tx} n`',
    '`{st} n`',
    '`{tss} n`',
    '`{ta} percent(n)`',
    '`{rs} n`',
    '`{t} n`',
    '`{s} 1`',
    '`{ts n}`',
    '`{ts 1+1}`',
    '`{ts n`',
    '`ts} n`',
    '`{{ts}} n`',
    '`{ts}} n`',
    '`[ts] n`',
    '`(ts) n`',
    '`{ts] n`',
    '`{ts}: n`',
    '`{ts: } n`',
    '`{ts rel=1e-3}n`',
    '`{r} mean(x)`',
    '`{ts, rel=1e-3} n`',
    '`{t s} n`',
    '`#{ts} n`',
    '`{yts} n`',
    '`{tds} n`',
    '`{tsn} n`',
    '`\uff5bts\uff5d n`',
    '`{\u0442s} n`',
    '`{python} len(x)`',
  ]
  assert.ok(values.length > 20)
  assertSlips('value-is-recognized', values)
  assertSlips('value-is-recognized', [
    ['Mean `{ts}n` of all.', '1:6'],
    ['# Title `{ts}n`', '1:9'],
    ['| a |\n|---|\n| `{ts}n` |', '3:3'],
    ['> - *`{ts}n`*', '1:6'],
  ])
})

test('a value that Markdown does not see as code should be told of', () => {
  assertSlips('value-is-recognized', [
    '`{ts} 3',
    ['Value `{ts} 3 and so on.', '1:7'],
    ['Value {ts} n of all.', '1:7'],
    ['Value {ts}n.', '1:7'],
    ['| a |\n|---|\n| `{ts} a | b` |', '3:3'],
    ['![alt `{ts} n`](dot.png)', '1:8'],
    ['![`{ts} fixed(n, 2)`](dot.png)', '1:4'],
    ['![alt {ts} n](dot.png)', '1:7'],
    ['![alt `{ts}n`](dot.png)', '1:8'],
    ['![alt](dot.png "at `{ts} n`")', '1:21'],
    ['![alt `{ts} n`][dot]\n\n[dot]: dot.png', '1:8'],
    ['<p>Mean `{ts} n`</p>', '1:9'],
    ['<div>\nMean `{ts} n`\n</div>', '2:6'],
    ['Text <img alt="`{ts} n`" src="dot.png"> here.', '1:16'],
    ['The mean $m = `{ts} n`$.', '1:15'],
    ['$$\nm = `{ts} n`\n$$', '2:5'],
  ])
})

test('other code, text and HTML should not be told of as values', () => {
  const innocent = [
    '`{ts} n`',
    '`{ts rel=1e-3} n`',
    '`` {ts} ``',
    '`` `{ts}n` ``',
    '``{tx} n``',
    '`const {ts} = require("typescript")`',
    '`{js} = await load()`',
    '`{ts, js}`',
    '`{ts: 1}`',
    '`{ ts: Date.now() }`',
    '`{ ...rest }`',
    '`{a} b`',
    '`{id} of {name}`',
    '`{}`',
    '`{name}`',
    '`{ x } = y`',
    '`{js}`',
    '`(ts) => ts + 1`',
    '`[ts] = list`',
    '`x => {ts}`',
    '`{t, s}`',
    '`{is} x`',
    '`{to} address`',
    '`{fs} from "node:fs"`',
    '`import { st } from "x"`',
    '`ts`',
    '`a {ts} x`',
    '`f({ts})`',
    'Plain braces {a} and {b}.',
    'The set {1, 2, 3}.',
    '\\`{ts} x\\`',
    'Escaped \\{ts} x.',
    '$\\{ts\\}$ and $x_{ts}$',
    '![words](dot.png)',
    '<code>{ts} n</code>',
    '<pre>`{ts} n`</pre>',
    '<!-- `{ts} n` -->',
    '```md\n`{ts}n` {ts} n\n```',
  ]
  for (const text of innocent) assert.deepEqual(slipsOf(text), [], text)
})

test('what looks like a directive should be told of at its place', () => {
  assertSlips('directive-is-known', [
    ':::nota\nHello\n:::',
    ':::note',
    ':::warning[Title]\nHello\n:::',
    '::: note\nHello\n:::',
    '::: {.callout-note}\nHello\n:::',
    ':::{note}\nHello\n:::',
    '::pagebrake',
    '::youtube[A video]{#id}',
    '::include{file=a.md}',
    ['See :abbr[HTML]{title="x"}.', '1:5'],
    ['See :ref[fig].', '1:5'],
    ['A :clam[prose].', '1:3'],
    ['A :calim[prose].', '1:3'],
    ['A :givne[40].', '1:3'],
    ["A claim[prose]{that='a > b'}.", '1:3'],
    ["A : claim[prose]{that='a > b'}.", '1:3'],
    ["A given[40]{from='x'}.", '1:3'],
    ["A [prose]{that='a > b'}.", '1:3'],
    [':: register{of=jobs}', '1:1'],
    ['register{of=jobs}', '1:1'],
    ['A {of=jobs}.', '1:3'],
    ['> [!NOTE]\n> Hello', '1:3'],
    '!!! note\n    Hello',
    '{{< pagebreak >}}',
    '{% include "a.md" %}',
    '[[toc]]',
    '[TOC]',
    '\\newpage',
    ['\\begin{center}Hello', '1:1'],
  ])
  assert.deepEqual(slipsOf('> :::tip\n> Hello\n> :::'), ['1:3 directive-is-known'])
})

test('colons and braces of other texts should not be told of', () => {
  const innocent = [
    ":claim[prose]{that='a > b'}",
    "At :given[40]{from='the assignment'}.",
    '::register{of=jobs}',
    'at 10:30 sharp',
    'on C:drive and D:\\x',
    'a:b c:d[e] f:g{h=i} j',
    'ratio 3:1, :smile: and ::x',
    'std::vector is std:: yes',
    'key:value {a=b}',
    'Größe:ä 1:1',
    'see: [a link](https://example.org)',
    'Note: [1] is first.',
    'http://localhost:8080/x[1]',
    'https://example.org/a:b',
    'me@example.org:22',
    'A \\:abbr[HTML]{title="x"}.',
    'node:fs[sync]',
    'The set {a: b}.',
    '# Heading {#sec-a .unnumbered pages=2}',
    '$$ x $$ {#eq-a}',
    '`:claim[x]` and `:::note`',
    '```md\n:::note\nHello\n:::\n```',
    'Time 12:00[^1].\n\n[^1]: Note.',
    'emoji :+1: :tada:',
    'Hello!!! There.',
    '[a]: https://example.org',
    'See [toc] there.',
    'A \\newpagex and {{ braces }} and 5 % {x}.',
  ]
  for (const text of innocent) assert.deepEqual(slipsOf(text), [], text)
})

test('an image without words should be told of', () => {
  assertSlips('figure-has-alt', [
    '![](dot.png)',
    '![ ](dot.png)',
    '![][dot]\n\n[dot]: dot.png',
    ['A [![](dot.png)](https://example.org).', '1:4'],
    ['A <img src="dot.png"> here.', '1:3'],
    '<img src="dot.png">',
  ])
  for (const text of ['![A dot](dot.png)', '<img alt="" src="dot.png">', '<img src="dot.png" alt="A dot">'])
    assert.deepEqual(slipsOf(text), [], text)
})

test('many near misses should be bounded, but a lost cell always reported', () => {
  const lost = '```ts exec #lost\nexport const a = 1\n'
  for (const many of ['`{ts}1` ', '{ts} ', '{that=x} ', '![](a.png) ']) {
    const text = `${many.repeat(1_000)}\n\n${lost}`
    const slips = nearMisses(markdownProcessor().parse(text) as Root, text)
    assert.equal(slips.length, 101, many)
    assert.equal(slips.at(-1)?.isError, true, many)
  }
})
