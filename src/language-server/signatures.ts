import type ts from 'typescript'
import type { SignatureHelp, SignatureInformation } from 'vscode-languageserver/node'
import type { CodePlace } from './code-places.ts'

/** Says what the call at a place expects; undefined if no author wrote one around it. */
export function describeCall({
  service,
  module,
  offset,
  report,
  compiler,
}: CodePlace): SignatureHelp | undefined {
  const found = service.getSignatureHelpItems(module.path, offset, {})
  if (!found || !report.toChapter(module.path, found.applicableSpan.start, 0)) return undefined
  return {
    signatures: found.items.map((item) => toSignature(item, compiler)),
    activeSignature: found.selectedItemIndex,
    activeParameter: found.argumentIndex,
  }
}

function toSignature(item: ts.SignatureHelpItem, compiler: typeof ts): SignatureInformation {
  const text = (parts: ts.SymbolDisplayPart[]) => compiler.displayPartsToString(parts)
  const names = item.parameters.map(({ displayParts }) => text(displayParts))
  const label = [
    text(item.prefixDisplayParts),
    names.join(text(item.separatorDisplayParts)),
    text(item.suffixDisplayParts),
  ].join('')
  return {
    label,
    documentation: text(item.documentation),
    parameters: item.parameters.map(({ documentation }, index) => ({
      label: names[index]!,
      documentation: text(documentation),
    })),
  }
}
