import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  createProtocolConnection,
  type Diagnostic,
  type Position,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node.js'

const program = fileURLToPath(new URL('../../lib/language-server.js', import.meta.url))

interface Test {
  after(clean: () => Promise<void>): void
}

/** An editor that is connected to the language server over its standard streams. */
export class Client {
  readonly #root: string
  readonly #connection
  readonly #texts = new Map<string, string>()
  readonly #diagnostics = new Map<string, readonly Diagnostic[]>()
  #onDiagnostics = () => {}
  #version = 0

  private constructor(root: string, child: ReturnType<typeof spawn>) {
    this.#root = root
    this.#connection = createProtocolConnection(
      new StreamMessageReader(child.stdout!),
      new StreamMessageWriter(child.stdin!),
    )
    this.#connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: PublishDiagnosticsParams) => {
        this.#diagnostics.set(uri, diagnostics)
        this.#onDiagnostics()
      },
    )
    this.#connection.listen()
  }

  /** Starts a server for a project; it ends with the test. */
  static async open(test: Test, root: string): Promise<Client> {
    const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
    const client = new Client(root, child)
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    test.after(async () => {
      await client.#connection.sendRequest('shutdown')
      await client.#connection.sendNotification('exit')
      if ((await ended) !== 0) throw new Error(`The server ended with ${child.exitCode}, expected 0`)
    })
    const { capabilities } = await client.request<{ capabilities: object }>('initialize', {
      processId: process.pid,
      rootUri: client.uri(''),
      capabilities: {},
    })
    if (!('renameProvider' in capabilities)) throw new Error('The server does not rename')
    await client.#connection.sendNotification('initialized', {})
    return client
  }

  uri(path: string): string {
    return pathToFileURL(join(this.#root, path)).href
  }

  request<Answer>(method: string, params: object): Promise<Answer> {
    return this.#connection.sendRequest(method, params)
  }

  /** Asks about the place of `|` in some words of a document, which are there once without it. */
  ask<Answer>(name: string, path: string, words: string, more: object = {}): Promise<Answer> {
    return this.request(`textDocument/${name}`, { ...this.at(path, words), ...more })
  }

  at(path: string, words: string) {
    const text = this.text(path)
    const [plain, mark] = [words.replace('|', ''), words.indexOf('|')]
    const offset = text.indexOf(plain)
    if (offset < 0 || mark < 0 || text.includes(plain, offset + 1))
      throw new Error(`Cannot find ${words} once in ${path}`)
    return { textDocument: { uri: this.uri(path) }, position: positionOf(text, offset + mark) }
  }

  text(path: string): string {
    return this.#texts.get(path) ?? readFileSync(join(this.#root, path), 'utf8')
  }

  /** Opens a document, or changes it without saving. */
  async edit(path: string, text = this.text(path)): Promise<void> {
    const [uri, version] = [this.uri(path), ++this.#version]
    const isOpen = this.#texts.has(path)
    this.#texts.set(path, text)
    if (isOpen)
      await this.#connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      })
    else
      await this.#connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'markdown', version, text },
      })
  }

  /** Waits until the diagnostics of a document, written `line:column reason`, are the expected ones. */
  async diagnosed(path: string, expected: (lines: readonly string[]) => boolean): Promise<readonly string[]> {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        this.#onDiagnostics = resolve
      })
      const lines = (this.#diagnostics.get(this.uri(path)) ?? []).map(
        ({ range: { start }, message }) =>
          `${start.line + 1}:${start.character + 1} ${message.split('\n')[0]}`,
      )
      if (this.#diagnostics.has(this.uri(path)) && expected(lines)) return lines
      await next
    }
  }

  /** Says whether diagnostics of a document came. */
  isDiagnosed(path: string): boolean {
    return this.#diagnostics.has(this.uri(path))
  }

  /** Gives a document as it is after an edit of several documents. */
  after(path: string, { changes }: WorkspaceEdit): string {
    const text = this.text(path)
    const edits = [...(changes?.[this.uri(path)] ?? [])].map((edit: TextEdit) => ({
      ...edit,
      start: offsetOf(text, edit.range.start),
      end: offsetOf(text, edit.range.end),
    }))
    return edits
      .sort((a, b) => b.start - a.start)
      .reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text)
  }

  /** Gives the words at a location, and its document: `two.md: accuracy`. */
  words({
    uri,
    range,
  }: {
    readonly uri: string
    readonly range: { start: Position; end: Position }
  }): string {
    const path = uri.slice(this.uri('').length).replace(/^\//, '')
    const text = this.text(path)
    return `${path}:${range.start.line + 1}: ${text.slice(offsetOf(text, range.start), offsetOf(text, range.end))}`
  }
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length - 1, character: before.at(-1)!.length }
}

function offsetOf(text: string, { line, character }: Position): number {
  const before = text.split('\n').slice(0, line)
  return before.reduce((sum, one) => sum + one.length + 1, 0) + character
}
