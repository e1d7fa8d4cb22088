// Hands what the editor asks to the language server, and its answers back.
const vscode = require('vscode')

const toPosition = ({ line, character }) => new vscode.Position(line, character)
const toRange = ({ start, end }) => new vscode.Range(toPosition(start), toPosition(end))
const toLocation = ({ uri, range }) => new vscode.Location(vscode.Uri.parse(uri), toRange(range))
const placeOf = ({ uri }, { line, character }) => ({
  textDocument: { uri: uri.toString() },
  position: { line, character },
})

/**
 * Offers completion, types, definitions, uses and renaming in Markdown.
 * @param {(document: vscode.TextDocument) => import('./server.js').Server | undefined} serverOf
 * @returns {vscode.Disposable[]}
 */
function registerFeatures(serverOf) {
  const selector = { language: 'markdown', scheme: 'file' }
  const ask = (name, document, position, more) =>
    serverOf(document)?.request(`textDocument/${name}`, { ...placeOf(document, position), ...more })
  const { languages } = vscode
  return [
    languages.registerCompletionItemProvider(
      selector,
      completions(ask, serverOf),
      '.',
      '"',
      "'",
      '/',
      '`',
      '{',
    ),
    languages.registerHoverProvider(selector, {
      async provideHover(document, position) {
        const found = await ask('hover', document, position)
        if (!found) return undefined
        const range = found.range && toRange(found.range)
        return new vscode.Hover(new vscode.MarkdownString(found.contents.value), range)
      },
    }),
    languages.registerSignatureHelpProvider(
      selector,
      {
        provideSignatureHelp: async (document, position) =>
          toSignatures(await ask('signatureHelp', document, position)),
      },
      '(',
      ',',
    ),
    languages.registerDefinitionProvider(selector, {
      provideDefinition: async (document, position) =>
        (await ask('definition', document, position))?.map(toLocation),
    }),
    languages.registerReferenceProvider(selector, {
      provideReferences: async (document, position, context) =>
        (await ask('references', document, position, { context }))?.map(toLocation),
    }),
    languages.registerRenameProvider(selector, {
      async prepareRename(document, position) {
        const range = await ask('prepareRename', document, position)
        if (!range) throw new Error('Cannot rename this, expected a name that a cell declares')
        return toRange(range)
      },
      async provideRenameEdits(document, position, newName) {
        const { changes } = await ask('rename', document, position, { newName })
        const edit = new vscode.WorkspaceEdit()
        for (const [uri, edits] of Object.entries(changes))
          for (const { range, newText } of edits) edit.replace(vscode.Uri.parse(uri), toRange(range), newText)
        return edit
      },
    }),
  ]
}

function completions(ask, serverOf) {
  const asked = new WeakMap()
  return {
    async provideCompletionItems(document, position) {
      const found = await ask('completion', document, position)
      return found?.map((one) => {
        // The protocol counts kinds from 1.
        const label = one.labelDetails ? { label: one.label, ...one.labelDetails } : one.label
        const item = new vscode.CompletionItem(label, one.kind === undefined ? undefined : one.kind - 1)
        item.sortText = one.sortText
        item.insertText = one.textEdit?.newText ?? one.insertText
        if (one.textEdit) item.range = toRange(one.textEdit.range)
        asked.set(item, { document, one })
        return item
      })
    },
    async resolveCompletionItem(item) {
      const { document, one } = asked.get(item)
      const { detail, documentation } = await serverOf(document).request('completionItem/resolve', one)
      item.detail = detail
      item.documentation = new vscode.MarkdownString(documentation?.value ?? documentation)
      return item
    },
  }
}

function toSignatures(found) {
  if (!found) return undefined
  const help = new vscode.SignatureHelp()
  help.signatures = found.signatures.map(({ label, documentation, parameters }) => {
    const signature = new vscode.SignatureInformation(label, documentation)
    signature.parameters = parameters.map(
      (one) => new vscode.ParameterInformation(one.label, one.documentation),
    )
    return signature
  })
  return Object.assign(help, {
    activeSignature: found.activeSignature,
    activeParameter: found.activeParameter,
  })
}

/** Converts the diagnostics of the server. */
function toDiagnostics(diagnostics) {
  return diagnostics.map(({ range, message, severity, source, code }) => {
    // The protocol counts severities from 1.
    const diagnostic = new vscode.Diagnostic(toRange(range), message, severity - 1)
    return Object.assign(diagnostic, { source, code })
  })
}

module.exports = { registerFeatures, toDiagnostics }
