import type { Text } from 'mdast'
import type { Node } from 'unist'
import { textBelow } from '../model/element.ts'
import { limits } from '../model/limits.ts'
import { mostSlips, type Slip } from '../model/messages.ts'
import { nearest } from '../model/nearest.ts'
import type { Chapter, Report } from '../model/types.ts'
import { editTexts } from './edit-texts.ts'
import { isEscaped, placeInText } from './place-in-text.ts'
import { notAfterWord } from './reference-form.ts'
import type { Targets } from './references.ts'

const prefixes = ['fig', 'tbl', 'sec', 'eq', 'lst']
// What other tools and authors write for the prefix of a label.
const aliases: { readonly [prefix: string]: RegExp } = {
  fig: /^(?:fig(?:s|ure|ures)?)$/i,
  tbl: /^(?:tbls?|tabs?|tables?)$/i,
  sec: /^(?:secs?|sect|sects|sections?)$/i,
  eq: /^(?:eqs?|eqns?|equations?)$/i,
  lst: /^(?:lsts?|listings?)$/i,
}
// Words that are a prefix only if there is such a label: they may begin the name of a person.
const weakAliases: typeof aliases = {
  fig: /^(?:plot|graph|chart|image|img|picture|pic|abb|f)$/i,
  tbl: /^(?:tabelle|tb|t)$/i,
  sec: /^(?:chap|chapter|ch|part|par|s)$/i,
  eq: /^(?:form|formula|equ|e)$/i,
  lst: /^(?:code|list|source|src|l)$/i,
}
const isCanonical = /^(?:fig|tbl|sec|eq|lst)-[\p{L}\p{N}_]/u
const separators = String.raw`[-:._\u2010-\u2015\u2212]`
const word = String.raw`[\p{L}\p{N}_]+(?:${separators}{1,3}[\p{L}\p{N}_]+)*`

/** Finds the label that a mistyped reference such as `Fig-a`, `tab-x` or `fig:a` means; undefined for other words. */
export function meantLabel(name: string, labels: readonly string[]): string | undefined {
  if (isCanonical.test(name)) return undefined
  const known = labels.find((label) => isMeant(squeezed(name), label))
  if (known !== undefined) return known
  const parts = new RegExp(String.raw`^(\p{L}+)(${separators}+)(.+)$`, 'u').exec(name)
  const [, first = '', separator = '', rest = ''] = parts ?? []
  const prefix = prefixes.find((one) => aliases[one]!.test(first))
  if (prefix !== undefined && !separator.includes('.')) return `${prefix}-${rest}`
  const near = `${nearest(first, prefixes)}-${rest.toLowerCase()}`
  return labels.find((label) => label.toLowerCase() === near)
}

// Whatever stands between its prefix and the rest, or nothing.
function isMeant(name: string, label: string): boolean {
  const [prefix = '', ...rest] = label.split('-')
  const end = squeezed(rest.join(''))
  if (end === '' || !name.endsWith(end)) return false
  const first = name.slice(0, -end.length)
  return aliases[prefix]?.test(first) === true || weakAliases[prefix]?.test(first) === true
}

const anySeparator = new RegExp(separators, 'g')

function squeezed(name: string): string {
  return name.replace(anySeparator, '').toLowerCase()
}

interface Form {
  readonly form: RegExp
  /** Says what is wrong with a match; undefined if it is innocent. */
  readonly explain: (match: RegExpExecArray, found: Found) => string | undefined
}

interface Found {
  /** Gives all labels. Whoever asks is asked again once there is another one. */
  readonly labels: () => readonly string[]
  /** The text before and after the match, with the nodes beside it. */
  readonly before: string
  readonly after: string
  readonly isLinked: boolean
  /** The line of the source. */
  readonly line: () => string
  readonly isCited: (key: string) => boolean
}

const mayFollow = new RegExp(`${notAfterWord}$`, 'u')

const forms: readonly Form[] = [
  // @Fig-a, @tab-x, @fig:a, @figa
  {
    form: new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}_@/.])@(${word})`, 'gu'),
    explain([, name = ''], { labels, after, isCited }) {
      if (isCanonical.test(name) || isCited(name)) return undefined
      const all = labels()
      if (all.includes(name))
        return `Unexpected reference \`@${name}\`, expected a label that begins with ${prefixes.map((one) => `\`${one}-\``).join(', ')}: name it so where it stands`
      const meant = meantLabel(name, all)
      // `@scope/name` is a package.
      if (meant === undefined || (/^\/[\p{L}\p{N}]/u.test(after) && !all.includes(meant))) return undefined
      return `Unexpected reference \`@${name}\`, expected \`@${meant}\`, or a backslash before the \`@\` of other text`
    },
  },
  // x/@fig-a, see@fig-a, @@fig-a, @fig-a@fig-b
  {
    form: new RegExp(`@((?:fig|tbl|sec|eq|lst)-${word})`, 'gu'),
    explain([, name = ''], { labels, before }) {
      if (mayFollow.test(before)) return undefined
      const isAfterReference =
        /\p{L}\u00a0[^ ]*\/$/u.test(before) || /\b(?:fig|tbl|sec|eq|lst)-[\w-]+\/$/.test(before)
      const all = labels()
      const label = nearest(name, all)
      if (!all.includes(name) && !(isAfterReference && label !== undefined)) return undefined
      return `Unexpected \`@${name}\` directly after \`${before.slice(-1)}\`, expected a space or a bracket before the reference`
    },
  },
  // @ fig-a, @fig a, @fig- a, @figure a
  {
    form: /(?<![\p{L}\p{N}_])[@\uff20] ?(\p{L}+(?:- ?| |-)[\p{L}\p{N}_-]+)/gu,
    explain([whole, name = ''], { labels }) {
      if (!/[ \uff20]/.test(whole)) return undefined
      const dashed = name.replace(/- | /, '-')
      const all = labels()
      const meant = all.includes(dashed) ? dashed : meantLabel(dashed, all)
      return meant !== undefined && all.includes(meant)
        ? `Unexpected reference \`${whole}\`, expected \`@${meant}\``
        : undefined
    },
  },
  // @Figure 1
  {
    form: /(?<![\p{L}\p{N}_])@((?:Figure|Table|Section|Equation|Listing)s?) ?\d+/gu,
    explain: ([whole]) =>
      `Unexpected reference \`${whole}\`, expected a label such as \`@fig-curve\`: the number comes by itself`,
  },
  // fig-a, #fig-a, [fig-a]
  {
    form: /(?<![\p{L}\p{N}_@/\-.])#?((?:fig|tbl|sec|eq|lst)-[\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*)(?![\p{L}\p{N}_\-/])/gu,
    explain: ([whole, name = ''], { labels, before, after, isLinked }) =>
      !isLinked && !/\{\s*#?$|[@\uff20]\s*$/.test(before) && !/^\/?@/.test(after) && labels().includes(name)
        ? `Unexpected label \`${whole}\` in the text, expected \`@${name}\` for a reference`
        : undefined,
  },
  // \ref{fig-a}, \cref{fig:a}
  {
    form: /\\(?:[cC]|auto|eq|name|page)?ref\{([^}\s]+)\}/g,
    explain: ([whole, name = ''], { labels }) =>
      `Unexpected \`${whole}\`, expected \`@${labels().includes(name) ? name : (meantLabel(name, labels()) ?? 'fig-label')}\` for a reference`,
  },
  // \label{fig-a}, \cite{a}
  {
    form: /\\(label|cite[pt]?)\{([^}\s]+)\}/g,
    explain: ([whole, command, name = '']) =>
      command === 'label'
        ? `Unexpected \`${whole}\`, expected a label \`{#sec-name}\` at a heading or \`{#eq-name}\` at a formula`
        : `Unexpected \`${whole}\`, expected \`[@${name}]\` for a citation`,
  },
  // ![words](a.png){#fig-a}, : Caption {#tbl-a}, # Heading {sec-a}
  {
    form: /\{(\s*#?\s*)((?:fig|tbl|sec|lst)[-:][^\s{}]*)[^{}]*\}|(?<=\s)#(sec-[\w-]+)$/g,
    explain([whole, mark, inBraces, bare], { line, labels, before }) {
      const name = inBraces ?? bare ?? ''
      const isHeading = /^[>\s]*#{1,6}\s/.test(line())
      // A heading reports its own braces with a `#`.
      if (isHeading)
        return mark === '#'
          ? undefined
          : `Unexpected \`${whole}\` at a heading, expected \`{#${name}}\` for its label`
      if (inBraces === undefined || (mark === '' && (!labels().includes(name) || /\\\w+$/.test(before))))
        return undefined
      return `Unexpected label \`#${name}\` in the text, expected it at a heading, a cell, a register, an image or the caption of a table: nothing can refer to it here`
    },
  },
]

interface Known {
  readonly targets: Pick<Targets, 'labels'>
  /** Whether the bibliography has an entry with this key. */
  readonly isCited: (key: string) => boolean
}

/**
 * Finds what looks like a reference but is none, in trees whose references are links already: it would be printed as
 * it was typed. In brackets, `[@fig-a]`, a reference would keep them.
 */
export function referenceSlips({ tree, file }: Chapter, { targets, isCited }: Known): Slip[] {
  const source = String(file)
  const slips: Slip[] = []
  editTexts(
    tree,
    (node, { siblings, isLinked }) => {
      if (slips.length >= mostSlips) return [node]
      const known = { labels: targets.labels, isLinked, isCited }
      slips.push(...bracketSlips(node, siblings, source), ...textSlips(node, siblings, source, known))
      return [node]
    },
    /[-@\uff20\\{[#]/,
  )
  return slips.slice(0, mostSlips)
}

function textSlips(
  node: Text,
  siblings: readonly Node[],
  source: string,
  known: Pick<Found, 'isLinked' | 'isCited'> & Pick<Targets, 'labels'>,
): Slip[] {
  const slips: Slip[] = []
  let besides: string | undefined
  for (const { form, explain } of forms)
    for (const match of node.value.matchAll(form)) {
      if (slips.length >= mostSlips) return slips
      const { index, 0: words } = match
      besides ??= textOf(siblings[siblings.indexOf(node) - 1]).slice(-nearby)
      const reason = explain(match, {
        ...known,
        before: besides + node.value.slice(Math.max(0, index - nearby), index),
        after: node.value.slice(index + words.length, index + words.length + nearby),
        line: () => lineOf(node, index, words, source),
      })
      if (reason === undefined || isEscaped(node, index, words, source)) continue
      slips.push({ rule: 'reference-resolves', reason, place: placeInText(node, index, words, source) })
    }
  return slips
}

// Characters before and after a match that decide what it is.
const nearby = 80

function lineOf(node: Text, index: number, words: string, source: string): string {
  const { line = 1 } = placeInText(node, index, words, source)?.start ?? {}
  return source.split('\n')[line - 1] ?? ''
}

function bracketSlips(node: Text, siblings: readonly Node[], source: string): Slip[] {
  const bracket = /\[-?$/.exec(node.value.slice(-2))
  if (!bracket) return []
  const next = siblings.indexOf(node) + 1
  const [link, after, second] = siblings.slice(next, next + 3)
  if (!isReference(link)) return []
  const index = node.value.lastIndexOf('[')
  const isList = /^\s*(?:,|and|&)\s*$/.test(textOf(after)) && isReference(second)
  if (!/^\s*[\];]/.test(textOf(after)) && !isList) return []
  if (isEscaped(node, index, '[', source)) return []
  const reason = `Unexpected brackets around the reference to “${textOf(link)}”, expected it alone, as \`@fig-label\`: they are for citations`
  return [{ rule: 'reference-resolves', reason, place: placeInText(node, index, '[', source) }]
}

function isReference(node: Node | undefined): boolean {
  const { hProperties } = (node?.data ?? {}) as { readonly hProperties?: { readonly className?: unknown } }
  return hProperties?.className === 'weft-reference'
}

function textOf(node: Node | undefined): string {
  return node === undefined ? '' : textBelow(node)
}

/** Gives a check whether the bibliography of a report has an entry with some key; reads it once it is needed. */
export function citedIn({ front, reader }: Report): (key: string) => boolean {
  let keys: ReadonlySet<string> | undefined
  const read = (name: string) => {
    try {
      return new TextDecoder().decode(reader.read(name, limits.textBytes))
    } catch {
      return ''
    }
  }
  return (key) => {
    keys ??= new Set(
      [front.bibliography ?? []]
        .flat()
        .flatMap((name) => [...read(name).matchAll(/@\w+\s*[{(]\s*([^\s,{}()]+)\s*,/g)])
        .map((match) => match[1]!),
    )
    return keys.has(key)
  }
}
