const { dirname } = require('node:path')
const vscode = require('vscode')
const { findCells } = require('./cells.js')
const { registerFeatures, toDiagnostics } = require('./features.js')
const { findPreview, runCell } = require('./preview.js')
const { findServer, Server } = require('./server.js')

const isMarkdown = ({ languageId, uri }) => languageId === 'markdown' && uri.scheme === 'file'
const folderOf = ({ uri }) => dirname(uri.fsPath)

/** @param {vscode.ExtensionContext} context */
function activate(context) {
  const output = vscode.window.createOutputChannel('Weft')
  const servers = openServers(output)
  const results = new Map()
  const changed = new vscode.EventEmitter()
  const previews = vscode.workspace.createFileSystemWatcher('**/dist/.cache/preview.json')
  for (const on of [previews.onDidCreate, previews.onDidChange, previews.onDidDelete])
    context.subscriptions.push(on(() => changed.fire()))
  context.subscriptions.push(
    output,
    servers,
    changed,
    previews,
    ...registerFeatures(servers.of),
    vscode.languages.registerCodeLensProvider(
      { language: 'markdown', scheme: 'file' },
      { onDidChangeCodeLenses: changed.event, provideCodeLenses: (document) => lensesOf(document, results) },
    ),
    vscode.commands.registerCommand('weft.runCell', (label) => run(label, { output, results, changed })),
    vscode.commands.registerCommand('weft.openPreview', openPreview),
  )
}

/** Starts a server for each Weft that the open documents' projects have, and tells it of every edit. */
function openServers(output) {
  const servers = new Map()
  const diagnostics = vscode.languages.createDiagnosticCollection('weft')
  const start = (path) =>
    new Server(path, {
      onNotification(method, params) {
        if (method === 'textDocument/publishDiagnostics')
          diagnostics.set(vscode.Uri.parse(params.uri), toDiagnostics(params.diagnostics))
        if (method === 'window/logMessage') output.appendLine(params.message)
      },
      onLog: (text) => output.append(text),
      onExit: () => servers.delete(path),
    })
  const of = (document) => {
    if (!isMarkdown(document)) return undefined
    const path = findServer(folderOf(document))
    if (path !== undefined && !servers.has(path)) servers.set(path, start(path))
    return servers.get(path)
  }
  const tell = async (document, method, params) => {
    const server = of(document)
    try {
      await server?.ready
      server?.notify(`textDocument/${method}`, params)
    } catch {
      // The channel says why the server did not start.
    }
  }
  const open = (document) => {
    const { uri, languageId, version } = document
    const textDocument = { uri: uri.toString(), languageId, version, text: document.getText() }
    return tell(document, 'didOpen', { textDocument })
  }
  const { workspace } = vscode
  const watcher = workspace.createFileSystemWatcher('**/*.{ts,tsx,mts,js,mjs,json,csv,tsv,txt}')
  const touch = () => {
    for (const server of servers.values()) server.notify('workspace/didChangeWatchedFiles', { changes: [] })
  }
  const listeners = [
    workspace.onDidOpenTextDocument(open),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
      tell(document, 'didChange', {
        textDocument: { uri: document.uri.toString(), version: document.version },
        contentChanges: contentChanges.map(({ range, text }) => ({ range, text })),
      }),
    ),
    workspace.onDidCloseTextDocument((document) =>
      tell(document, 'didClose', { textDocument: { uri: document.uri.toString() } }),
    ),
    watcher,
    watcher.onDidChange(touch),
    watcher.onDidCreate(touch),
    watcher.onDidDelete(touch),
  ]
  for (const document of workspace.textDocuments) void open(document)
  const dispose = () => {
    for (const one of [...listeners, diagnostics]) one.dispose()
    for (const server of servers.values()) void server.stop()
  }
  return { of, dispose }
}

/** A cell can be run while a preview is running; then its last run stands beside. */
function lensesOf(document, results) {
  if (!findPreview(folderOf(document))) return []
  return findCells(document.getText()).flatMap(({ label, line }) => {
    const range = new vscode.Range(line, 0, line, 0)
    const result = results.get(label)
    const lens = (title, ...given) =>
      new vscode.CodeLens(range, { title, command: 'weft.runCell', arguments: given })
    return [lens('$(play) Run cell', label), ...(result ? [lens(summary(result), label)] : [])]
  })
}

function summary({ state, elapsedMs, text }) {
  const time = elapsedMs === undefined ? '' : ` in ${(elapsedMs / 1000).toFixed(1)} s`
  const [first = ''] = (text ?? '').split('\n')
  return `${state}${time}${first === '' ? '' : `: ${first.slice(0, 80)}`}`
}

async function run(given, { output, results, changed }) {
  const editor = vscode.window.activeTextEditor
  if (!editor) return
  const { document, selection } = editor
  const line = selection.active.line
  const cell = findCells(document.getText()).find((one) => one.line <= line && line <= one.endLine)
  const label = given ?? cell?.label
  if (label === undefined) return void vscode.window.showInformationMessage('Weft: there is no cell here.')
  const preview = findPreview(folderOf(document))
  if (!preview) return void offerPreview(document)
  // The preview runs what is saved.
  await document.save()
  const note = (state) => {
    results.set(label, state)
    changed.fire()
    vscode.window.setStatusBarMessage(`Weft #${label}: ${summary(state)}`, 10_000)
  }
  try {
    const result = await runCell(preview, label, note)
    output.appendLine(`#${label} ${summary({ ...result, text: '' })}\n${result.text}\n`)
    if (result.state === 'failed') output.show(true)
  } catch (error) {
    vscode.window.showErrorMessage(`Weft: ${error.message}`)
  }
}

function openPreview() {
  const document = vscode.window.activeTextEditor?.document
  if (!document) return
  const preview = findPreview(folderOf(document))
  if (preview) return vscode.env.openExternal(vscode.Uri.parse(preview.url))
  return offerPreview(document)
}

async function offerPreview(document) {
  const start = 'Start it'
  if ((await vscode.window.showInformationMessage('Weft: no preview is running.', start)) !== start) return
  const cwd = vscode.workspace.getWorkspaceFolder(document.uri)?.uri ?? folderOf(document)
  const terminal = vscode.window.createTerminal({ name: 'Weft preview', cwd })
  terminal.show(true)
  terminal.sendText('npx weft preview')
}

module.exports = { activate, deactivate() {} }
