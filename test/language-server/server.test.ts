import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type {
  CompletionItem,
  Hover,
  Location,
  Range,
  SignatureHelp,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol/node.js'
import { typescriptProject } from '../render/bundle/types/typescript-project.ts'
import { type Files, writeFiles } from '../render/execute/temporary-project.ts'
import { Client } from './open-client.ts'

const project: Files = {
  'report.md': [
    '---',
    'title: Test',
    'chapters: [one.md, parts/two.md]',
    'params:',
    '  full:',
    '    name: full',
    '    epochs: 12',
    '---',
    '# Words',
    '',
    'It reaches `{ts} percent(accuracy)`.',
  ].join('\n'),
  'one.md': [
    '# First',
    '',
    '```ts exec #model',
    "import { trained } from './model.ts'",
    '/** Share of images that are right. */',
    'export const accuracy: number = trained.right / params.epochs',
    'export const list = { accuracy, size: 3 }',
    '```',
    '',
    'Above half: :claim[it is]{that="accuracy &gt; 0.5 &amp;&amp; list.size > 1"}.',
  ].join('\n'),
  'parts/two.md': [
    '# Second',
    '',
    '> 1. Quoted:',
    '>',
    '>    ```ts exec #later',
    '>    const double = accuracy * 2',
    '>    export const shown = double + list.size',
    '>    ```',
    '',
    'It is `{ts} fixed(accuracy, 1)` or `{ts} list.accuracy`.',
  ].join('\n'),
  'model.ts': 'export const trained = { right: 10 }\n',
  'rows.csv': 'name,weight\na,1\n',
}

const two = 'parts/two.md'

/** Gives the names that are missing in a list. */
function missing(list: readonly string[], ...names: string[]): string[] {
  return names.filter((name) => !list.includes(name))
}

describe('the language server', () => {
  it('should complete earlier exports, params, formatters, members and modules', async (t) => {
    const client = await Client.open(t, typescriptProject(t, project))
    await client.edit(two)
    const labels = async (words: string) =>
      (await client.ask<CompletionItem[]>('completion', two, words)).map(({ label }) => label)

    const inCell = await client.ask<CompletionItem[]>('completion', two, '= double + |list')
    const found = inCell.find(({ label }) => label === 'accuracy')!
    assert.equal(found.labelDetails?.description, '#model (one.md)')
    const described = await client.request<CompletionItem>('completionItem/resolve', found)
    assert.equal(described.detail, 'const accuracy: number')
    assert.equal(described.documentation, 'Share of images that are right.')
    const names = inCell.map(({ label }) => label)
    assert.deepEqual(missing(names, 'params', 'double', 'list', 'accuracy'), [])
    // A cell imports its formatters.
    assert.deepEqual(
      names.filter((name) => name === 'percent' || name.startsWith('$weft')),
      [],
    )
    const inValue = await labels('`{ts} |fixed(')
    assert.deepEqual(missing(inValue, 'percent', 'isHigher', 'params', 'shown', 'accuracy'), [])
    assert.deepEqual(await labels('list.|accuracy'), ['accuracy', 'size'])

    await client.edit(
      two,
      client.text(two).replace('const double', "import { t } from '../'\n>    const double"),
    )
    assert.deepEqual(missing(await labels("from '../|'"), 'model.ts'), [])
    await client.edit(two, client.text(two).replace("'../'", "'weft/'"))
    assert.deepEqual(missing(await labels("from 'weft/|'"), 'weft/charts'), [])
    await client.edit(two, client.text(two).replace('list.accuracy`', 'params.`'))
    assert.deepEqual(await labels('{ts} params.|`'), ['epochs', 'name'])
  })

  it('should complete and describe the front matter, whatever of it is unsaved', async (t) => {
    const client = await Client.open(t, typescriptProject(t, project))
    await client.edit('report.md', project['report.md']!.toString().replace('params:', 'pap\nparams:'))
    const items = await client.ask<CompletionItem[]>('completion', 'report.md', 'pap|\nparams')
    const paper = items.find(({ label }) => label === 'papersize')!
    assert.deepEqual(await client.request('completionItem/resolve', paper), paper)
    assert.ok(!items.some(({ label }) => label === 'chapters'))
    const hover = await client.ask<Hover>('hover', 'report.md', 'chap|ters')
    assert.match(JSON.stringify(hover.contents), /The Markdown files of the chapters/)
    assert.equal(await client.ask('hover', 'report.md', 'title: Te|st'), null)
    await client.edit('one.md', `---\n\n---\n${project['one.md']}`)
    const own = await client.request<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: client.uri('one.md') },
      position: { line: 1, character: 0 },
    })
    assert.deepEqual(
      own.map(({ label }) => label),
      ['title', 'lang'],
    )
  })

  it('should show types, and go to cells, chapters, modules and params', async (t) => {
    const client = await Client.open(t, typescriptProject(t, project))
    await client.edit(two)
    const hover = await client.ask<Hover>('hover', two, 'const double = acc|uracy')
    assert.deepEqual(hover.contents, {
      kind: 'markdown',
      value:
        '```ts\nconst accuracy: number\n```\n\nShare of images that are right.\n\nExported by `#model` (one.md).',
    })
    assert.deepEqual(hover.range, { start: { line: 5, character: 20 }, end: { line: 5, character: 28 } })
    assert.equal(await client.ask('hover', two, '# Sec|ond'), null)

    const call = await client.ask<SignatureHelp>('signatureHelp', two, 'fixed(accuracy, |1)')
    assert.match(
      call.signatures[call.activeSignature!]!.label,
      /^fixed\(x: number \| Spread, digits\?: number\)/,
    )
    assert.equal(call.activeParameter, 1)
    assert.equal(await client.ask('signatureHelp', two, '`{ts} |list.accuracy'), null)

    const definitions = async (path: string, words: string) =>
      (await client.ask<Location[]>('definition', path, words)).map((one) => client.words(one))
    assert.deepEqual(await definitions(two, 'fixed(acc|uracy'), ['one.md:6: accuracy'])
    assert.deepEqual(await definitions(two, 'list.acc|uracy'), ['one.md:7: accuracy'])
    assert.deepEqual(await definitions('one.md', '= train|ed.right'), ['model.ts:1: trained'])
    assert.deepEqual(await definitions('one.md', 'params.ep|ochs'), ['report.md:7: epochs'])
    const uses = await client.ask<Location[]>('references', two, 'fixed(acc|uracy', {
      context: { includeDeclaration: true },
    })
    assert.deepEqual(uses.map((one) => client.words(one)).sort(), [
      'one.md:10: accuracy',
      'one.md:6: accuracy',
      'one.md:7: accuracy',
      'parts/two.md:10: accuracy',
      'parts/two.md:6: accuracy',
      'report.md:11: accuracy',
    ])
    const withRows = "import rows from '../rows.csv'\n>    const first = rows[0]!.\n>    const double"
    await client.edit(two, client.text(two).replace('const double', withRows))
    assert.deepEqual(await definitions(two, 'import ro|ws'), ['rows.csv:1: '])
    const columns = await client.ask<CompletionItem[]>('completion', two, 'rows[0]!.|')
    assert.deepEqual(
      columns.map(({ label }) => label),
      ['name', 'weight'],
    )
  })

  it('should rename across chapters, and refuse what is no name of a cell or is taken', async (t) => {
    const client = await Client.open(t, typescriptProject(t, project))
    await client.edit(two)
    const range = await client.ask<Range>('prepareRename', two, 'fixed(acc|uracy')
    assert.deepEqual(range, { start: { line: 9, character: 18 }, end: { line: 9, character: 26 } })
    for (const words of ['fixed(acc|uracy', 'double = acc|uracy']) {
      const edit = await client.ask<WorkspaceEdit>('rename', two, words, { newName: 'score' })
      assert.equal(Object.keys(edit.changes!).length, 3)
      assert.match(client.after('report.md', edit), /percent\(score\)/)
      const one = client.after('one.md', edit)
      assert.match(one, /export const score: number = trained/)
      assert.match(one, /export const list = \{ accuracy: score, size: 3 \}/)
      assert.match(one, /that="score &gt; 0\.5 &amp;&amp; list\.size > 1"/)
      assert.match(client.after(two, edit), /> {4}const double = score \* 2\n/)
      assert.match(client.after(two, edit), /`\{ts\} fixed\(score, 1\)` or `\{ts\} list\.accuracy`/)
    }
    assert.equal(await client.ask('prepareRename', two, 'fix|ed(accuracy'), null)
    assert.equal(await client.ask('prepareRename', 'one.md', 'par|ams.epochs'), null)
    const refused = (newName: string) => client.ask('rename', two, 'fixed(acc|uracy', { newName })
    await assert.rejects(refused('shown'), /expected a free name: #later has it/)
    await assert.rejects(refused('percent'), /expected a free name: Weft has it/)
    await assert.rejects(refused('a b'), /Unexpected `a b`, expected a name/)
  })

  it('should follow unsaved edits of every open chapter', async (t) => {
    const client = await Client.open(t, typescriptProject(t, project))
    await client.edit(two, client.text(two).replace('list.size', 'list.sise'))
    assert.deepEqual(await client.diagnosed(two, (lines) => lines.length > 0), [
      '7:41 Property `sise` does not exist on type `{ accuracy: number; size: number; }` (TS2339)',
    ])
    await client.edit('one.md', client.text('one.md').replace('size: 3', 'sise: 3'))
    assert.deepEqual(await client.diagnosed(two, (lines) => lines.length === 0), [])
    // Blocks that only move are not parsed again.
    await client.edit(two, client.text(two).replace('# Second', 'Words.\n\n# Second'))
    const moved = await client.ask<Hover>('hover', two, 'fixed(acc|uracy')
    assert.deepEqual(moved.range, {
      start: { line: 11, character: 18 },
      end: { line: 11, character: 26 },
    })
    assert.match(
      (await client.diagnosed('one.md', (lines) => lines.length > 0))[0]!,
      /^10:67 Property `size` /,
    )
    // A chapter that is not open has diagnostics too.
    await client.edit(
      'one.md',
      client.text('one.md').replace('export const accuracy', 'export const accurate'),
    )
    const found = await client.diagnosed('report.md', (lines) => lines.length > 0)
    assert.deepEqual(found, [
      '11:26 Cannot find name `accuracy`: did you mean `accurate`? (exported by `#model`)',
    ])
    await client.edit('report.md', client.text('report.md').replace('title:', 'titel:'))
    const unread = await client.diagnosed('report.md', (lines) => /titel/.test(lines.join()))
    assert.deepEqual(
      unread.map((line) => line.replace(/,.*/, '')),
      ['2:1 Unexpected `title`', '2:1 Unexpected `titel`'],
    )
  })

  it('should serve a chapter that no report names, leave other Markdown alone, and tell of broken settings', async (t) => {
    const root = typescriptProject(t, {
      ...project,
      'alone.md': "```ts exec #alone\nexport const size: number = 'a'\n```\n",
      'notes.md': '```ts exec\nno label\n```\nIn ` {ts} words`.\n',
    })
    const client = await Client.open(t, root)
    await client.edit('notes.md')
    await client.edit('alone.md')
    assert.deepEqual(await client.diagnosed('alone.md', (lines) => lines.length > 0), [
      '2:14 Type `string` is not assignable to type `number` (TS2322)',
    ])
    assert.ok(!client.isDiagnosed('notes.md'))
    // With line ends of two characters the places are the same.
    await client.edit('alone.md', '\r\n\r\n```ts exec #alone\r\nexport const size: number = "a"\r\n```\r\n')
    assert.deepEqual(await client.diagnosed('alone.md', (lines) => /^4:/.test(lines.join())), [
      '4:14 Type `string` is not assignable to type `number` (TS2322)',
    ])
    writeFiles(root, { 'tsconfig.json': '{ "compilerOptions": ' })
    await client.edit('alone.md')
    const found = await client.diagnosed('alone.md', (lines) => /tsconfig/.test(lines.join()))
    assert.match(found.join(), /1:1 Cannot check types: Cannot read .*tsconfig\.json/)
    await client.edit('report.md', '---\ntitle: A\nchapters: [alone.md]\n---\n')
    writeFiles(root, { 'tsconfig.json': '{}' })
    await client.edit('alone.md', '# Nothing\n')
    assert.deepEqual(await client.diagnosed('alone.md', (lines) => lines.length === 0), [])
  })
})
