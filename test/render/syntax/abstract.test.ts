import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Node } from 'unist'
import { visit } from 'unist-util-visit'
import { kinds } from '../../../src/render/assemble/registers/fill-register.ts'
import { textBelow } from '../../../src/render/model/element.ts'
import { Memory } from '../../../src/render/model/memory.ts'
import { markOf } from '../../../src/render/syntax/marks.ts'
import { parse } from '../../../src/render/syntax/parse.ts'
import { readReport } from '../../../src/render/syntax/read-report.ts'
import { messagesOf } from '../execute/build-project.ts'
import { type Files, temporaryProject, writeFiles } from '../execute/temporary-project.ts'

type Test = Parameters<typeof temporaryProject>[0]

function parsed(t: Test, files: Files) {
  const root = temporaryProject(t, files)
  const tree = parse(readReport(join(root, 'report.md'), undefined), kinds)
  return { tree, said: messagesOf(tree.report.files) }
}

const forms = [
  'abstract: Of `{ts} n` words.\ntitle: T',
  'title: T\nabstract: "Of `{ts} n` words."',
  "title: T\nabstract: 'Of `{ts} n` words.'",
  'title: T\nabstract: |\n  First.\n\n  Of `{ts} n` words.',
  'title: T\nabstract: >-\n      First\n      line.\n\n      Of `{ts} n` words.\nlang: de',
  'title: T\nabstract: First line,\n  then of `{ts} n` words.',
  'title: T\nformat:\n  html:\n    abstract: |\n      Of `{ts} n` words.',
]

test('an abstract in the front matter should be parsed at its places there', (t) => {
  for (const form of forms) {
    const text = `---\n${form}\n---\n\nText.\n`
    const { tree, said } = parsed(t, { 'report.md': text })
    assert.deepEqual(said, [], form)
    const [expression] = tree.expressions
    assert.equal(expression!.source, 'n', form)
    const { start, end } = expression!.position
    assert.equal(text.slice(start.offset, end.offset), '`{ts} n`', form)
    const line = text.split('\n')[start.line - 1]!
    assert.equal(line.slice(start.column - 1, end.column - 1), '`{ts} n`', form)
  }
})

test('an abstract in the front matter should be checked as other prose', (t) => {
  const { said } = parsed(t, {
    'report.md':
      '---\ntitle: T\nabstract: |\n  A `{ts tolerance=1} n` and\n  :claim[a claim]{test="n"} here.\n---\n',
  })
  assert.equal(said.length, 2)
  assert.match(said.join('\n'), /^report\.md:4:5 /m)
  assert.match(said.join('\n'), /^report\.md:5:3 .*claim without an expression/m)
})

test('quotes in a text of the front matter should stay, and those round it go', (t) => {
  const forms: [string, string][] = [
    ['On the "net"', 'On the "net"'],
    ['"On the net\'"', "On the net'"],
    ['\'On the\n  "net"\'', 'On the\n"net"'],
    ["On the\n  'net'", "On the\n'net'"],
    ['"On the \\"net\\""', 'On the "net"'],
  ]
  for (const [written, expected] of forms) {
    const { tree, said } = parsed(t, { 'report.md': `---\ntitle: T\nabstract: ${written}\n---\n` })
    assert.deepEqual(said, [], written)
    assert.equal(textBelow(tree.chapters[0]!.tree.children[0] as never), expected, written)
  }
})

test('an escaped abstract should have one place', (t) => {
  const { tree } = parsed(t, {
    'report.md': '---\ntitle: T\nabstract: "Of\\n\\n`{ts} \\"n\\"` words."\n---\n',
  })
  assert.equal(tree.expressions[0]!.source, '"n"')
  assert.equal(tree.expressions[0]!.position.start.line, 3)
})

test('an abstract in a file should have its own messages, and stand behind report.md', (t) => {
  const { tree, said } = parsed(t, {
    'report.md': '---\ntitle: T\nabstract: short/abstract.md\nchapters: [a.md]\n---\n',
    'short/abstract.md': 'Of `{ts} n` and :claim[x]{}.\n',
    'a.md': '# A\n',
  })
  assert.deepEqual(
    tree.chapters.map(({ file }) => file.path),
    ['report.md', 'short/abstract.md', 'a.md'],
  )
  assert.match(said.join('\n'), /^short\/abstract\.md:1:17 claim-holds /)
  assert.equal(said.length, 1)
})

test('the title of a chapter should be its first heading, at its place', (t) => {
  const text = '---\ntitle: On *words* {#sec-words}\nlang: de\n---\n\nText.\n'
  const { tree, said } = parsed(t, {
    'report.md': '---\ntitle: T\nchapters: [a.md, b.md]\n---\n',
    'a.md': text,
    'b.md': '---\n---\n# B\n',
  })
  assert.deepEqual(said, [])
  const [, { file, tree: chapter }] = tree.chapters as [unknown, (typeof tree.chapters)[0]]
  assert.equal(file.data.lang, 'de')
  const [heading] = chapter.children
  assert.equal(heading!.type, 'heading')
  assert.equal((heading!.data as { hProperties: { id: string } }).hProperties.id, 'sec-words')
  const emphasis: string[] = []
  visit(chapter as Node, 'emphasis', ({ position }: Node) => {
    emphasis.push(text.slice(position!.start.offset, position!.end.offset))
  })
  assert.deepEqual(emphasis, ['*words*'])
  assert.deepEqual(heading!.position!.start, { line: 2, column: 6, offset: 9 })
})

test('an abstract should stay the same nodes until it or its place changes', (t) => {
  const root = temporaryProject(t, {})
  const memory = new Memory()
  const read = (text: string) => {
    writeFiles(root, { 'report.md': text })
    const { chapters, expressions } = parse(readReport(join(root, 'report.md'), undefined), kinds, memory)
    return { node: chapters[0]!.tree.children[0]!, line: expressions[0]?.position.start.line }
  }
  const front = 'title: T\nabstract: Of `{ts} n`.'
  const first = read(`---\n${front}\n---\nText.\n`)
  assert.equal(read(`---\n${front}\n---\nOther text.\n`).node, first.node)
  assert.equal(first.line, 3)
  const moved = read(`---\n# A remark.\n${front}\n---\nOther text.\n`)
  assert.equal(moved.line, 4)
  const changed = read('---\ntitle: T\nabstract: Of no value.\n---\nOther text.\n')
  assert.equal(changed.line, undefined)
  assert.equal(markOf(changed.node), undefined)
})
