import type { Code } from 'mdast'
import { isRead, readAttributes } from '../attributes.ts'
import { isCell } from '../fence.ts'
import { codeProperties, isLines } from '../fence-marks.ts'
import type { Taking } from './taking.ts'

// Quarto's and other tools' names.
const names: Readonly<Record<string, string>> = {
  filename: 'title',
  'code-line-numbers': 'lines',
  hl_lines: 'lines',
}

/**
 * Reads what the info string of a fence says of how its code looks: ```` ```ts {lines="2,4-6" title="stats.ts"} ````, without
 * braces, or Pandoc's `{.ts #lst-stats}`. Changes the node in place: its language and words are then apart.
 */
export function takeFence(node: Code, { report, source }: Taking): void {
  if (isCell(node) || !/^ {0,3}[`~]|^[`~]/.test(source.slice(node.position!.start.offset))) return
  openBraces(node)
  const marks: Record<string, string> = {}
  const rest = (node.meta ?? '').replace(
    /(?<=^|\s)(lines|title)=(?:"([^"]*)"|'([^']*)'|(\S+))/g,
    (_, name: string, ...values: (string | undefined)[]) => {
      marks[name] = values.slice(0, 3).find((value) => value !== undefined) ?? ''
      return ''
    },
  )
  if (marks.lines !== undefined && !isLines(marks.lines)) {
    const reason = `Unexpected lines \`${marks.lines}\` of a fence, expected numbers such as \`2,4-6\``
    report({ rule: 'option-is-known', reason, place: node.position, isError: true })
    delete marks.lines
  }
  if (Object.keys(marks).length === 0) return
  node.meta = rest.trim() || null
  const { hProperties } = (node.data ?? {}) as { hProperties?: object }
  node.data = { ...node.data, hProperties: { ...hProperties, ...codeProperties(marks) } } as Code['data']
}

function openBraces(node: Code): void {
  const info = [node.lang, node.meta].filter(Boolean).join(' ')
  const [, before = '', braces = '', after = ''] = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(info) ?? []
  if (isLines(braces)) {
    setInfo(node, `${before} lines="${braces}" ${after}`)
    return
  }
  const attributes = readAttributes(braces)
  if (!isRead(attributes) || braces.trim() === '') return
  const { id, classes, pairs } = attributes
  const isKnown = Object.keys(pairs).some((name) =>
    ['lines', 'title', 'caption', ...Object.keys(names)].includes(name),
  )
  // Pandoc's first class is the language.
  const isPandoc = before.trim() === '' && classes.length > 0
  if (!isPandoc && !isKnown && !id?.startsWith('lst-')) return
  const words = Object.entries(pairs).map(([name, value]) => `${names[name] ?? name}="${value}"`)
  const label = id === undefined ? [] : [`#${id}`]
  setInfo(node, [before, ...(isPandoc ? classes.slice(0, 1) : []), ...label, ...words, after].join(' '))
}

function setInfo(node: Code, info: string): void {
  const [lang = '', ...words] = info.trim().split(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/)
  const isLang = !/[=#]/.test(lang)
  node.lang = isLang ? lang : null
  node.meta = (isLang ? words : [lang, ...words]).join(' ') || null
}
