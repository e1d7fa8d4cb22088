import { setTimeout as wait } from 'node:timers/promises'
import {
  createConnection,
  type Diagnostic,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { type CodePlace, codeAt, type DocumentPosition } from './code-places.ts'
import { complete, describeItem } from './complete.ts'
import { findDefinitions, findReferences } from './definitions.ts'
import { describe } from './describe.ts'
import { diagnose } from './diagnose.ts'
import { findReport } from './find-report.ts'
import { completeFront, describeFront, frontPlace } from './front-matter.ts'
import { prepareRename, rename } from './rename.ts'
import { describeCall } from './signatures.ts'
import { pathOf, Workspace } from './workspace.ts'

// While somebody types, nothing is checked.
const pauseMs = 200

// A language server reads and writes its standard streams; `--stdio` is how editors ask for that.
const connection = createConnection(process.stdin, process.stdout)
const documents = new TextDocuments(TextDocument)
const workspace = new Workspace()
const published = new Set<string>()
const told = new Set<string>()
let version = 0
let canWatch = false

connection.onInitialize(({ capabilities }): InitializeResult => {
  canWatch = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true
  return {
    serverInfo: { name: 'weft', version: __WEFT_VERSION__ },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      completionProvider: { resolveProvider: true, triggerCharacters: ['.', '"', "'", '/', '`', '{'] },
      hoverProvider: true,
      signatureHelpProvider: { triggerCharacters: ['(', ','] },
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
    },
  }
})

documents.onDidChangeContent(({ document }) => {
  if (!isFile(document.uri)) return
  workspace.set(document)
  void check()
})
documents.onDidClose(({ document }) => {
  if (!isFile(document.uri)) return
  workspace.close(document.uri)
  void check()
})

/** Finds the front matter at a position. */
function frontAt({ textDocument, position }: DocumentPosition) {
  const document = documents.get(textDocument.uri)
  if (!document || !isFile(textDocument.uri)) return undefined
  const path = pathOf(textDocument.uri)
  const isReport = findReport(path, workspace.readText) === path
  return frontPlace(document.getText(), position, isReport ? 'report' : 'chapter')
}

/** Answers a request about code; null if there is none at its place, or no TypeScript. */
async function at<Answer>(
  position: DocumentPosition,
  answer: (place: CodePlace) => Answer,
): Promise<Answer | null> {
  if (!isFile(position.textDocument.uri)) return null
  const place = await codeAt(position, workspace).catch(tell)
  return place ? answer(place) : null
}

connection.onCompletion((params) => {
  const front = frontAt(params)
  return front ? completeFront(front) : at(params, (place) => complete(place, params))
})
connection.onCompletionResolve(async (item) => {
  // Of the front matter all is said at once.
  if (item.data === undefined) return item
  const { at: position } = item.data as { at: DocumentPosition }
  return (await at(position, (place) => describeItem(item, place))) ?? item
})
connection.onHover((params) => {
  const front = frontAt(params)
  return front ? (describeFront(front) ?? null) : at(params, describe)
})
connection.onSignatureHelp((params) => at(params, describeCall))
connection.onDefinition((params) => at(params, findDefinitions))
connection.onReferences((params) => at(params, findReferences))
connection.onPrepareRename((params) => at(params, prepareRename))
connection.onRenameRequest((params) => at(params, (place) => rename(place, params.newName)))
connection.onInitialized(() => void watch())
connection.onDidChangeWatchedFiles(() => {
  workspace.touch()
  void check()
})
connection.onShutdown(() => {
  version++
})

documents.listen(connection)
connection.listen()

// Modules, data and settings that change outside the editor.
async function watch(): Promise<void> {
  if (!canWatch) return
  const globPattern = '**/*.{md,ts,tsx,mts,js,jsx,mjs,json,csv,tsv,txt}'
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern }] })
}

function publish(path: string, diagnostics: readonly Diagnostic[]): void {
  // A chapter without faults is told of only if it had some.
  if (diagnostics.length === 0 && !published.delete(path)) return
  if (diagnostics.length > 0) published.add(path)
  void connection.sendDiagnostics({ uri: workspace.uriOf(path), diagnostics: [...diagnostics] })
}

async function check(): Promise<void> {
  const own = ++version
  const isCurrent = () => own === version
  await wait(pauseMs)
  if (!isCurrent()) return
  try {
    const reports = new Set(await Promise.all(workspace.paths.map((path) => workspace.reportOf(path))))
    const seen = new Set<string>()
    for (const report of reports)
      for await (const found of diagnose(report, workspace.paths, isCurrent))
        for (const [path, diagnostics] of found) {
          seen.add(path)
          publish(path, diagnostics)
        }
    // A chapter that is none any more.
    if (isCurrent()) for (const path of published) if (!seen.has(path)) publish(path, [])
  } catch (error) {
    tell(error as Error)
  }
}

// Each fault of the machine is told once, not at each key.
function tell({ message }: Error): undefined {
  if (told.has(message)) return
  told.add(message)
  connection.window.showWarningMessage(`Weft: ${message}`)
}

function isFile(uri: string): boolean {
  return uri.startsWith('file:')
}
