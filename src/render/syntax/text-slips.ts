import type { Html, Image, ImageReference, InlineCode, Text } from 'mdast'
import type { Math as DisplayMath, InlineMath } from 'mdast-util-math'
import { mostSlips, type Slip } from '../model/messages.ts'
import { nearest, orList } from '../model/nearest.ts'
import type { Position } from '../model/types.ts'
import { type Directive, knownDirectives } from './directives.ts'
import { blockDirectives } from './elements/containers.ts'
import { isEscaped, placeInText, positionAt } from './place-in-text.ts'
import { readValue } from './read-value.ts'

const example = '`` `{ts} expression` ``'

/** A form of inline code that looks like a value; the parts in brackets are its expression. */
const valueForms: readonly RegExp[] = [
  // {ts}1, {TS} 1, { ts } 1, {js} 1, {typescript} 1; but `{ts} = require(...)` is JavaScript.
  /^\{\s*(?:[jt]sx?|(?:type|java)script)\s*\}(?!\s*=[^=])(?=\s*\S)(?!\s*from\b)\s*([\s\S]*)$/i,
  // {ts}, which is no JavaScript that anybody shows.
  /^\{\s*ts\s*\}\s*$/i,
  // {ts n}, {ts rel=1}; but `{ts, n}` and `{ts: 1}` are JavaScript.
  /^\{\s*ts\s+(?![,:=}])([^{}]+)\}\s*$/i,
  // {ts rel=1e-3}1
  /^\{\s*ts(?:\s+\w+=[^\s{}]+)+\s*\}(\S[\s\S]*)$/i,
  // {{ts}} n, [ts] n, (ts) n, {ts] n; but `(ts) => n` is JavaScript.
  /^(?:\{\{+\s*ts\s*\}+|\[\s*ts\s*[\]})]|\(\s*ts\s*[)}\]]|\{\s*ts\s*[\])]|\{\s*ts\s*\}\}+)\s*(?!=)(\S[\s\S]*)$/i,
  // {ts n and ts} n
  /^\{\s*ts\s+(?![,:=])([^{}:=,]+)$/i,
  /^ts\s*\}\s*(\S[\s\S]*)$/i,
  // {ts}: n
  /^\{\s*ts\s*[}:]+\s*\}?\s*([^\s:}][^:}]*)$/i,
  // {ts, rel=1e-3} n, {ts rel = 1e-3} n
  /^\{\s*ts\b[\s,]*(?:rel|abs)\s*=[^{}]*\}\s*(?!=)(\S[\s\S]*)$/i,
  // {t s} n, #{ts} n, and braces and letters that only look like these
  /^(?:\{\s*t\s+s\s*\}|#\{\s*ts\s*\}|[{\uff5b]\s*[tт][sѕ]\s*[}\uff5d])\s*(?!=)(\S[\s\S]*)$/i,
  // {tx} n: a key beside the right one, one too many, or two exchanged.
  /^\{\s*(?:[rygf56]s|t[adwexzq]|st|s?ts?s|t+s|tsc?|(?!its|pts|tls|tos|tps|ats|bts)(?:\wts|t\ws|ts\w)|t|s)\s*\}\s+(?!=|from\b)([\w$("'`[!+-][\s\S]*)$/i,
  // Languages that other tools run in a line.
  /^\{\s*(?:python|r|julia|ojs)\s*\}\s+(?!=|from\b)([\w$("'`[!+-][\s\S]*)$/i,
]

/** Finds inline code that looks like a value but is none; longer fences than one back-tick show anything. */
export function valueSlips(node: InlineCode, source: string): Slip[] {
  if (readValue(node, source) !== undefined || source.startsWith('``', node.position!.start.offset)) return []
  const match = valueForms.map((form) => form.exec(node.value)).find((found) => found !== null)
  if (!match) return []
  const code = match[1]?.trim() ?? ''
  const wanted = code === '' || /`/.test(code) ? example : `\`\` \`{ts} ${code}\` \`\``
  const reason = `Unexpected \`${node.value}\`, expected ${wanted} for a value, or two back-ticks on each side to show it as code`
  return [{ rule: 'value-is-recognized', reason, place: node.position }]
}

/** A form of text that looks like a value or a directive. */
const textForms: readonly (Pick<Slip, 'rule'> & { readonly form: RegExp; readonly wanted: string })[] = [
  {
    rule: 'value-is-recognized',
    form: /`?\{\s*ts\s*\}[^\s`]*(?:[ \t]+[^\s`]+)?`?/gi,
    wanted: `${example}, a value between two back-ticks`,
  },
  {
    rule: 'directive-is-known',
    form: /(?::{1,3}\s?)?(?:\p{L}{1,20}(?=[[({]))?(?:\[[^\]\n]{0,400}\]\s{0,9}|\([^)\n]{0,400}\)\s{0,9})?\{\s*(?:that|from|of)\s*=[^}\n]*\}?/giu,
    wanted:
      "`:claim[prose]{that='expression'}`, `:given[40 epochs]{from='the assignment'}` or `::register{of=...}`",
  },
]

/** Finds values and directives that were not recognized in a text. */
export function textSlips(node: Text, source: string): Slip[] {
  return findForms(node, source, textForms)
}

const blockForms = [
  {
    rule: 'directive-is-known',
    form: /^:{3,}[ \t]*\{?[ \t]*\.?[\p{L}][^\n]*/gmu,
    wanted: 'Markdown, or a block of Weft that begins with a line such as `:::note[Title]{lang=de}`',
  },
  // Blocks of GitHub, MkDocs, Hugo, Quarto, Jinja and LaTeX.
  {
    rule: 'directive-is-known',
    form: /^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/gim,
    wanted: 'it at the beginning of a quote, `> [!NOTE]`, or a block `:::note`',
  },
  {
    rule: 'directive-is-known',
    form: /^(?:!!! ?\w+[^\n]*)|\{\{[<%][^\n]*?[>%]\}\}|\{%[^%\n]*%\}|\\(?:begin|end)\{\w+\*?\}/gim,
    wanted: 'Markdown: Weft has no commands of that kind',
  },
  {
    rule: 'directive-is-known',
    form: /^\\(?:newpage|pagebreak|clearpage)\b/gim,
    wanted: '`::pagebreak` on a line of its own',
  },
  {
    rule: 'directive-is-known',
    form: /^\[{1,2}toc\]{1,2}$/gim,
    wanted: '`contents: true` in the front matter',
  },
] as const

/** Finds the first line of a block that is not read: of another tool, or with words behind its name, `:::note Title`. */
export function blockSlips(node: Text, source: string): Slip[] {
  return findForms(node, source, blockForms)
}

function findForms(node: Text, source: string, forms: typeof textForms): Slip[] {
  return forms.flatMap(({ rule, form, wanted }) =>
    [...node.value.matchAll(form)].slice(0, mostSlips).flatMap((match): Slip[] => {
      const words = match[0].trim()
      const index = match.index + match[0].indexOf(words)
      const brace = words.search(/[{:`]/)
      if (isEscaped(node, index + brace, words.slice(brace, brace + 1), source)) return []
      const place = placeInText(node, index, words, source)
      return [
        { rule, reason: `Unexpected text \`${words.replaceAll('`', "'")}\`, expected ${wanted}`, place },
      ]
    }),
  )
}

const opaque = /<!--[\s\S]*?(?:-->|$)|<(pre|code|script|style|textarea)\b[\s\S]*?(?:<\/\1>|$)/gi

/** Finds values and images without words in HTML, where Markdown is not read. */
export function markupSlips(node: Html, source: string): Slip[] {
  const live = node.value.replace(opaque, (hidden) => ' '.repeat(hidden.length))
  const found = (rule: Slip['rule'], form: RegExp, reason: (words: string) => string): Slip[] =>
    [...live.matchAll(form)].slice(0, mostSlips).map((match) => ({
      rule,
      reason: reason(match[0]),
      place: placeInSource(node.position!, match[0], source),
    }))
  return [
    ...found(
      'value-is-recognized',
      /`?\{\s*ts\s*\}[^`<\n]*`?/gi,
      (words) =>
        `Unexpected \`${words.replaceAll('`', "'").trim()}\` within HTML, where nothing is computed: expected it in Markdown, after an empty line`,
    ),
    ...found(
      'figure-has-alt',
      /<img\b(?![^>]{0,4000}\balt\s*=)[^>]{0,4000}>/gi,
      () =>
        'Unexpected image without an `alt`, expected words for those who do not see it, or `alt=""` for an ornament',
    ),
  ]
}

/** Finds values in a formula, which shows their source. */
export function formulaSlips(node: InlineMath | DisplayMath, source: string): Slip[] {
  return [...node.value.matchAll(/`\{\s*ts\s*\}[^`]*`/gi)].slice(0, mostSlips).map(([words]) => ({
    rule: 'value-is-recognized',
    reason: `Unexpected value \`${words.slice(1, -1)}\` within a formula, where nothing is computed: expected it in the text, or \`markdown()\` of a cell with the whole formula`,
    place: placeInSource(node.position!, words, source),
  }))
}

/** Finds an image without words, and a value in its words or title: they are plain text. */
export function imageSlips(node: Image | ImageReference, source: string): Slip[] {
  const { alt, position } = node
  const value = /\{\s*ts\s*\}[^`{}]*/i
    .exec(`${alt ?? ''}\n${'title' in node ? (node.title ?? '') : ''}`)?.[0]
    .trim()
  if (value !== undefined) {
    const reason = `Unexpected value \`${value}\` in the words of an image, where nothing is computed: expected words alone, or a figure of a cell`
    return [{ rule: 'value-is-recognized', reason, place: placeInSource(position!, value, source) }]
  }
  if (alt?.trim()) return []
  const reason =
    'Unexpected image without words, expected some between its brackets for those who do not see it'
  return [{ rule: 'figure-has-alt', reason, place: position }]
}

function placeInSource(position: Position, words: string, source: string): Position {
  const start = position.start.offset!
  const offset = source.indexOf(words, start)
  return offset < 0 || offset >= position.end.offset! ? position : positionAt(offset, words.length, source)
}

/** Finds a directive that Weft does not have. In a line, `10:30` and `a:b[1]` are text. */
export function directiveSlips(node: Directive, source: string): Slip[] {
  if (knownDirectives.includes(node.name)) return []
  const names =
    node.type === 'containerDirective' ? [...knownDirectives, ...blockDirectives] : knownDirectives
  const meant = nearest(node.name, names)
  const { start, end } = node.position!
  const hasAttributes = Object.keys(node.attributes ?? {}).length > 0
  if (node.type === 'textDirective') {
    const isApart = !/[\p{L}\p{N}_:]/u.test(source[start.offset! - 1] ?? ' ')
    const isMarkup = /[\]}]/.test(source[end.offset! - 1]!)
    if (!isMarkup || !(isApart || meant !== undefined)) return []
  }
  // The rule that would go unchecked has an error of its own.
  if (hasAttributes && meant !== undefined) return []
  const marks = { textDirective: ':', leafDirective: '::', containerDirective: ':::' }[node.type]
  const near = meant === undefined ? '' : `: did you mean \`${meant}\`?`
  const otherwise = node.type === 'textDirective' ? ', or a backslash before the colon' : ''
  const reason = `Unknown directive \`${marks}${node.name}\`, expected ${orList(names)}${otherwise}${near}`
  const first = source.slice(start.offset, end.offset).split('\n')[0]!
  return [{ rule: 'directive-is-known', reason, place: positionAt(start.offset!, first.length, source) }]
}
