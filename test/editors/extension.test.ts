import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { typescriptProject } from '../render/bundle/types/typescript-project.ts'
import { cell, reportOf } from '../render/execute/temporary-project.ts'
import { FakeVscode } from './fake-vscode.ts'

const home = fileURLToPath(new URL('../..', import.meta.url))

interface Extension {
  activate(context: { readonly subscriptions: { dispose(): void }[] }): void
}

interface Test {
  after(clean: () => void): void
}

/** Opens a report in an editor with the extension; its project has this Weft installed. */
function open(t: Test) {
  const root = typescriptProject(t, {
    'report.md': reportOf(
      `${cell('model', 'export const accuracy = 0.9')}\nIt is \`{ts} percent(accuracy)\`.\n`,
    ),
  })
  symlinkSync(home, join(root, 'node_modules/weft'))
  const vscode = new FakeVscode()
  const document = vscode.open(join(root, 'report.md'))
  const { activate } = vscode.load<Extension>(join(home, 'editors/vscode/extension.js'))
  const subscriptions: { dispose(): void }[] = []
  activate({ subscriptions })
  t.after(() => {
    for (const one of subscriptions) one.dispose()
  })
  return { root, vscode, document }
}

describe('the extension of VS Code', () => {
  it('should hand what is asked to the server of the project, and follow edits', async (t) => {
    const { vscode, document } = open(t)
    const at = (words: string, more: number) => vscode.at(document, words, more)
    const hover = await vscode.ask<{ contents: { value: string } }>(
      ...(['Hover', 'provideHover', document, at('(accuracy', 3)] as const),
    )
    assert.match(hover.contents.value, /const accuracy: 0\.9[\s\S]*Exported by `#model`/)
    interface Item {
      readonly label: { readonly label: string; readonly description: string }
      readonly detail?: string
    }
    const items = await vscode.ask<Item[]>(
      ...(['CompletionItem', 'provideCompletionItems', document, at('(accuracy', 1)] as const),
    )
    const item = items.find(({ label }) => label.label === 'accuracy')!
    assert.equal(item.label.description, '#model (report.md)')
    await vscode.ask('CompletionItem', 'resolveCompletionItem', item)
    assert.equal(item.detail, 'const accuracy: 0.9')
    const call = await vscode.ask<{ signatures: { label: string; parameters: { label: string }[] }[] }>(
      ...(['SignatureHelp', 'provideSignatureHelp', document, at('(accuracy', 1)] as const),
    )
    assert.match(call.signatures[0]!.label, /^percent\(/)
    assert.ok(call.signatures[0]!.label.includes(call.signatures[0]!.parameters[0]!.label))
    const edit = await vscode.ask<{ edits: string[] }>(
      ...(['Rename', 'provideRenameEdits', document, at('(accuracy', 3), 'score'] as const),
    )
    assert.deepEqual(edit.edits.sort(), ['report.md:6:14 score', 'report.md:9:21 score'])
    await assert.rejects(
      vscode.ask('Rename', 'prepareRename', document, at('percent', 2)),
      /Cannot rename this, expected a name that a cell declares/,
    )
    vscode.edit(document, 'percent(accuracy)', 'percent(acuracy)')
    await vscode.diagnosed(document, (messages) => /did you mean `accuracy`/.test(messages.join()))
    vscode.edit(document, 'acuracy', 'accuracy')
    await vscode.diagnosed(document, (messages) => messages.length === 0)
  })

  it('should run the cell under the cursor in a preview, and show output and time', async (t) => {
    const { root, vscode, document } = open(t)
    const selection = { active: vscode.at(document, 'export const') }
    vscode.activeTextEditor = { document, selection }
    await vscode.commands.get('weft.runCell')!()
    assert.deepEqual(vscode.shown, ['Weft: no preview is running.'])
    const asked: string[] = []
    const states = ['running', 'done']
    const preview = createServer(({ method, url, headers }, response) => {
      asked.push(`${method} ${url} ${headers['x-weft-token']}`)
      const answer = () => ({ state: states.shift(), elapsedMs: 1234, text: 'accuracy 0.9' })
      response.end(JSON.stringify(method === 'POST' ? { label: 'model' } : answer()))
    }).listen(0, '127.0.0.1')
    t.after(() => preview.close())
    await new Promise((resolve) => preview.on('listening', resolve))
    const url = `http://127.0.0.1:${(preview.address() as AddressInfo).port}/`
    mkdirSync(join(root, 'dist/.cache'), { recursive: true })
    writeFileSync(
      join(root, 'dist/.cache/preview.json'),
      JSON.stringify({ url, token: 'secret', pid: process.pid }),
    )
    await vscode.commands.get('weft.runCell')!()
    const get = 'GET /cell/model secret'
    assert.deepEqual(asked, ['POST /run/model secret', get, get])
    assert.deepEqual(vscode.shown.slice(1), [
      'Weft #model: running in 1.2 s: accuracy 0.9',
      'Weft #model: done in 1.2 s: accuracy 0.9',
      '#model done in 1.2 s\naccuracy 0.9\n',
    ])
    const lenses = await vscode.ask<{ range: { start: { line: number } }; command: { title: string } }[]>(
      'CodeLens',
      'provideCodeLenses',
      document,
    )
    assert.deepEqual(
      lenses.map(({ range, command }) => `${range.start.line + 1} ${command.title}`),
      ['5 $(play) Run cell', '5 done in 1.2 s: accuracy 0.9'],
    )
    await vscode.commands.get('weft.openPreview')!()
    assert.deepEqual(vscode.opened, [url])
  })

  it('should find cells in lists and quotes, and none in longer fences', () => {
    const { findCells } = new FakeVscode().load<{ findCells(text: string): readonly object[] }>(
      join(home, 'editors/vscode/cells.js'),
    )
    const text = [
      '```ts exec echo=show #first',
      '```',
      '````md',
      '```ts exec #shown',
      '```',
      '````',
      '> 1. ~~~js exec #quoted',
      '>    ~~~',
      '```ts exec',
      '```',
    ].join('\n')
    assert.deepEqual(findCells(text), [
      { label: 'first', line: 0, endLine: 1 },
      { label: 'quoted', line: 6, endLine: 7 },
    ])
  })
})
