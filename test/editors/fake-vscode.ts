import { readFileSync } from 'node:fs'
import Module from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

class Range {
  readonly start: Position
  readonly end: Position

  constructor(...given: readonly [Position, Position] | readonly [number, number, number, number]) {
    const [a, b, c, d] = given
    this.start = typeof a === 'number' ? new Position(a, b as number) : a
    this.end = typeof a === 'number' ? new Position(c!, d!) : (b as Position)
  }
}

/** A document that is open. */
export interface FakeDocument {
  readonly uri: ReturnType<typeof uriOf>
  readonly languageId: string
  version: number
  text: string
  getText(): string
  save(): Promise<boolean>
}

const uriOf = (url: string) => ({
  scheme: 'file',
  get fsPath() {
    return fileURLToPath(url)
  },
  toString: () => url,
})

type Provider = Readonly<Record<string, (...given: unknown[]) => Promise<never>>>

/** So much of VS Code as the extension uses: it keeps what is registered and shown. */
export class FakeVscode {
  readonly documents: FakeDocument[] = []
  readonly commands = new Map<string, (...given: unknown[]) => unknown>()
  readonly providers = new Map<string, Provider>()
  readonly diagnostics = new Map<string, readonly { readonly message: string; readonly range: Range }[]>()
  readonly shown: string[] = []
  readonly opened: string[] = []
  activeTextEditor: { document: FakeDocument; selection: { active: Position } } | undefined
  #onDiagnostics = () => {}
  #onChange: (event: object) => void = () => {}

  open(path: string): FakeDocument {
    const text = readFileSync(path, 'utf8')
    const uri = uriOf(pathToFileURL(path).href)
    const document = {
      ...{ uri, languageId: 'markdown', version: 1, text },
      getText: () => document.text,
      save: async () => true,
    }
    this.documents.push(document)
    return document
  }

  /** Replaces the first such words of a document by others, without saving. */
  edit(document: FakeDocument, words: string, by: string): void {
    const [start, end] = [this.at(document, words), this.at(document, words, words.length)]
    document.text = document.text.replace(words, () => by)
    document.version++
    this.#onChange({ document, contentChanges: [{ range: new Range(start, end), text: by }] })
  }

  at(document: FakeDocument, words: string, more = 0): Position {
    const before = document.text.slice(0, document.text.indexOf(words) + more).split('\n')
    return new Position(before.length - 1, before.at(-1)!.length)
  }

  /** Asks a provider: `ask('Hover', 'provideHover', document, position)`. */
  async ask<Answer>(kind: string, name: string, ...given: unknown[]): Promise<Answer> {
    return (await this.providers.get(kind)![name]!(...given)) as Answer
  }

  async diagnosed(document: FakeDocument, isRight: (messages: readonly string[]) => boolean): Promise<void> {
    for (;;) {
      const next = new Promise<void>((resolve) => {
        this.#onDiagnostics = resolve
      })
      const found = this.diagnostics.get(document.uri.toString())
      if (found && isRight(found.map(({ message }) => message))) return
      await next
    }
  }

  /** Loads a program that imports `vscode`. */
  load<Exports>(path: string): Exports {
    const modules = Module as unknown as { _load(...given: unknown[]): unknown }
    const load = modules._load
    modules._load = (request, ...rest) =>
      request === 'vscode' ? this.#module() : load.call(modules, request, ...rest)
    const require = Module.createRequire(import.meta.url)
    // Loaded before, it still has the other one.
    for (const loaded of Object.keys(require.cache))
      if (loaded.startsWith(dirname(path))) delete require.cache[loaded]
    try {
      return require(path) as Exports
    } finally {
      modules._load = load
    }
  }

  #module() {
    const nothing = { dispose() {} }
    const register = (kind: string) => (_selector: object, provider: Provider) => {
      this.providers.set(kind, provider)
      return nothing
    }
    const kinds = [
      'CompletionItem',
      'Hover',
      'Definition',
      'Reference',
      'Rename',
      'CodeLens',
      'SignatureHelp',
    ]
    const watcher = {
      onDidChange: () => nothing,
      onDidCreate: () => nothing,
      onDidDelete: () => nothing,
      ...nothing,
    }
    return {
      ...{ Position, Range, ...classes },
      Uri: { parse: uriOf },
      languages: {
        ...Object.fromEntries(kinds.map((kind) => [`register${kind}Provider`, register(kind)])),
        createDiagnosticCollection: () => ({
          ...nothing,
          set: (uri: object, found: never) => {
            this.diagnostics.set(String(uri), found)
            this.#onDiagnostics()
          },
        }),
      },
      workspace: {
        textDocuments: this.documents,
        createFileSystemWatcher: () => watcher,
        getWorkspaceFolder: () => undefined,
        onDidOpenTextDocument: () => nothing,
        onDidCloseTextDocument: () => nothing,
        onDidChangeTextDocument: (listener: (event: object) => void) => {
          this.#onChange = listener
          return nothing
        },
      },
      commands: {
        registerCommand: (name: string, run: (...given: unknown[]) => unknown) => {
          this.commands.set(name, run)
          return nothing
        },
      },
      env: { openExternal: (uri: object) => void this.opened.push(String(uri)) },
      window: this.#window(),
    }
  }

  #window() {
    const show = (text: string) => void this.shown.push(text)
    const fake = this
    return {
      get activeTextEditor() {
        return fake.activeTextEditor
      },
      createOutputChannel: () => ({ append: show, appendLine: show, show() {}, dispose() {} }),
      setStatusBarMessage: show,
      showErrorMessage: show,
      showInformationMessage: show,
    }
  }
}

const classes = {
  Location: class {
    constructor(
      readonly uri: object,
      readonly range: Range,
    ) {}
  },
  Hover: class {
    constructor(readonly contents: object) {}
  },
  MarkdownString: class {
    constructor(readonly value: string) {}
  },
  SignatureHelp: class {},
  SignatureInformation: class {
    constructor(readonly label: string) {}
  },
  ParameterInformation: class {
    constructor(readonly label: string) {}
  },
  CompletionItem: class {
    constructor(readonly label: string | { readonly label: string }) {}
  },
  CodeLens: class {
    constructor(
      readonly range: Range,
      readonly command: object,
    ) {}
  },
  Diagnostic: class {
    constructor(
      readonly range: Range,
      readonly message: string,
    ) {}
  },
  EventEmitter: class {
    readonly event = () => {}
    fire() {}
    dispose() {}
  },
  WorkspaceEdit: class {
    readonly edits: string[] = []
    replace(uri: object, { start }: Range, text: string) {
      this.edits.push(`${String(uri).split('/').at(-1)}:${start.line + 1}:${start.character + 1} ${text}`)
    }
  },
}
