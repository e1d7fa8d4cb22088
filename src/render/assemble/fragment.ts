import type { InlineCode, PhrasingContent, Root, RootContent } from 'mdast'
import type { Directives, TextDirective } from 'mdast-util-directive'
import type { Node, Parent } from 'unist'
import type { VFile } from 'vfile'
import type { CellResult } from '../execute/cell-result.ts'
import type { Evaluated, Expressed, Expressions } from '../execute/evaluate.ts'
import { type Owner, shownBy } from '../execute/expressions.ts'
import { exportsOf } from '../execute/run-cells.ts'
import { dataLines, element } from '../model/element.ts'
import { fail, reportSlip, type Slip, warn } from '../model/messages.ts'
import type {
  Bundle,
  Digest,
  Drawn,
  Expression,
  ReportTree,
  StoredResult,
  Tabled,
  Target,
} from '../model/types.ts'
import { visit } from '../model/visit.ts'
import type { Words } from '../model/words.ts'
import type { Drawings } from '../output/draw/draw-once.ts'
import { markOf } from '../syntax/marks.ts'
import { parseFragment } from '../syntax/parse-fragment.ts'
import { reportLostCells } from '../syntax/table-cells.ts'
import { claimEvidence, hasFewSeeds, isWithinNoise, noiseEvidence } from './claim-evidence.ts'

/** What `inject` knows while it puts results into a chapter, and what it collects on the way. */
export interface Context {
  readonly file: VFile
  readonly tree: ReportTree
  readonly results: Results
  readonly drawn: Drawn[]
  readonly tabled: Tabled[]
  readonly targets: readonly Target[]
  /** The page's own words in the language of the place. */
  readonly words: Words
  readonly drawings?: Drawings
  /** Filled after everything else is in its place. */
  readonly registers: { readonly node: Directives; readonly parent: Parent; readonly context: Context }[]
}

/** Replaces a node with other nodes; changes its parent in place. */
export function replace(parent: Parent, node: Node, nodes: readonly Node[]): void {
  parent.children.splice(parent.children.indexOf(node), 1, ...nodes)
}

/** Parses the Markdown of a cell, a listing or a register, and puts its values in their places. */
export function fragment(markdown: string, owner: Owner, context: Context): RootContent[] {
  const onSlip = (slip: Slip) => reportSlip(context.file, slip)
  const tree: Root = {
    type: 'root',
    children: parseFragment(markdown, owner.position, onSlip, context.words.lang),
  }
  visit(tree, 'table', (table) => reportLostCells(table, context.file))
  const inline: { node: InlineCode; source: string; parent: Parent }[] = []
  visit(tree, 'inlineCode', (node: InlineCode, _index, parent) => {
    const source = markOf(node)?.value
    if (source !== undefined) inline.push({ node, source, parent: parent as Parent })
  })
  for (const { node, source, parent } of inline)
    replace(parent, node, [
      expressionNode(node, shownBy(owner, source, context.results.expressions)!, context),
    ])
  return tree.children
}

/** Shows a value or a claim; its element has the id as `data-value`. */
export function expressionNode(
  node: InlineCode | TextDirective,
  { expression, result }: Expressed,
  { file, results }: Context,
): PhrasingContent {
  const shown =
    node.type === 'textDirective'
      ? claimNode(node, expression, result, results, file)
      : valueNode(node, expression, result, results, file)
  return named(shown, expression.id)
}

function named(node: PhrasingContent, id: string): PhrasingContent {
  const { hProperties, ...data } = node.data as { readonly hProperties: object }
  return { ...node, data: { ...data, hProperties: { ...hProperties, dataValue: id } } } as PhrasingContent
}

export interface Results {
  readonly cells: ReadonlyMap<string, CellResult>
  readonly expressions: Expressions
  /** Results of the jobs that cells depend on, by key. */
  readonly jobs: ReadonlyMap<Digest, StoredResult>
  /** What the code of each cell was bundled from, by label; nothing for a report that is not trusted. */
  readonly bundles?: ReadonlyMap<string, Pick<Bundle, 'inputs'>>
}

/**
 * Shows the text of a value, or marks the value if it has no result; may report `value-resolves` and
 * `result-is-current`.
 */
function valueNode(
  { position }: InlineCode,
  { source }: Expression,
  result: Evaluated | undefined,
  results: Results,
  file: VFile,
): PhrasingContent {
  if (result?.ok) {
    const isStale = reportStale(source, result, results, file, position)
    return span(`weft-value${isStale ? ' weft-missing' : ''}`, dataLines(result.text))
  }
  if (result) fail(file, 'value-resolves', result.message, position)
  return span('weft-value weft-missing', [{ type: 'text', value: `[${source}]` }])
}

/**
 * Shows the prose of a claim, marked if it does not hold; may report `claim-holds`, `claim-is-clear` and
 * `result-is-current`.
 */
function claimNode(
  { position, children }: TextDirective,
  expression: Expression,
  result: Evaluated | undefined,
  results: Results,
  file: VFile,
): PhrasingContent {
  const holds =
    result?.ok && result.isTrue && !reportStale(expression.source, result, results, file, position)
  if (result?.ok && !result.isTrue)
    fail(file, 'claim-holds', `Claim does not hold: ${claimEvidence(expression.source, result)}`, position)
  if (result && !result.ok)
    fail(file, 'claim-holds', `Cannot tell whether the claim holds, ${result.message}`, position)
  const noise = holds ? result.noise : undefined
  if (isWithinNoise(noise) && !hasFewSeeds(noise))
    warn(file, 'claim-is-clear', `Claim is within noise: ${noiseEvidence(noise)}`, position)
  return span(`weft-claim${holds ? '' : ' weft-false'}`, children)
}

function span(className: string, children: readonly PhrasingContent[]): PhrasingContent {
  return element('span', { className }, children) as PhrasingContent
}

function reportStale(
  source: string,
  { read }: Evaluated,
  { cells }: Results,
  file: VFile,
  position: InlineCode['position'],
): boolean {
  const stale = [...cells.values()].filter((cellResult) => cellResult.state === 'stale')
  const ownerOf = (root: string) => stale.find((one) => exportsOf(one).includes(root))
  const name = Object.keys(read)
    .map((path) => /^[^.[]+/.exec(path)?.[0] ?? path)
    .find((root) => ownerOf(root) !== undefined)
  if (name === undefined) return false
  if (ownerOf(name)?.isAwaited) return true
  const reason = `Cannot show \`${source}\` as it is, it needs \`${name}\`, whose cell has no current result`
  fail(file, 'result-is-current', reason, position)
  return true
}
