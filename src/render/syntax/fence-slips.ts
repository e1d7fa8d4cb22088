import type { Code, Html, InlineCode, Paragraph } from 'mdast'
import type { Math as DisplayMath } from 'mdast-util-math'
import type { Slip } from '../model/messages.ts'
import { isCellInfo } from './fence.ts'
import { positionAt } from './place-in-text.ts'

const scripts = /^(?:[cm]?[jt]sx?|(?:type|java|ecma)script(?:react)?|node|deno|bun|es\d*)$/i
// `exec`, with one letter missing, doubled or exchanged, or with more after it.
const exec =
  /^(?:exec\w*|exce|excec|excecute|exe|exc|xec|eec|ece?x|xeec|eexc|execc?|e?exec|exek|exex|exev|exwc|wxec)$/i
// What only a cell has; a listing has a label with its caption.
const cellWords = /^(?!.*#lst-).*\s(?:(?:echo|timeout|eval|label|caption)=|(?:fig|tbl|lst)-\w)/
const foreign = /^\{\s*(?:python|r|julia|ojs|bash|sql)\b/i
const fenceLine = /^[ \t>]*(`{3,}|~{3,})[ \t]*(\S[^\n]*)$/gm

/**
 * Says what is wrong with the info string of a fence that looks like a cell, such as `ts exce #a` or `{ts exec}`;
 * undefined for a cell and for any other fence.
 */
function infoSlip(info: string): string | undefined {
  if (isCellInfo(info) || /^\{?mermaid\b/.test(info) || !looksLikeCell(info)) return undefined
  const label = /#([a-z][a-z0-9-]*)/i.exec(info)?.[1]?.toLowerCase() ?? 'label'
  const [, first = ''] = /^[^\p{L}]*(\p{L}+)/u.exec(info) ?? []
  const lang =
    /^(?:tsx|jsx)/i.exec(first)?.[0].toLowerCase() ?? (/^[cm]?j(?:s|avas)/i.test(first) ? 'js' : 'ts')
  return `Unexpected fence \`${info}\`, expected \`${lang} exec #${label}\` for a cell: this one does not run`
}

// Compares the first two words, whatever stands around and between them.
function looksLikeCell(info: string): boolean {
  const [, first = '', second = ''] = /^[^\p{L}#"]*([\p{L}\d]+)(?:[^\p{L}#"]*(\p{L}\w*))?/u.exec(info) ?? []
  const hasLabel = /(?:^|[\s{])#(?!lst-)[a-z]/i.test(info)
  if (scripts.test(first))
    return (
      exec.test(second) ||
      (hasLabel && !info.includes('#lst-')) ||
      /^\{\s*[^.\s]/.test(info) ||
      cellWords.test(info)
    )
  return (
    /^exec(?:$|[\s#{:=])/i.test(info) ||
    /^\W*(?:ts|js|typescript|javascript)x?exec\b/i.test(info) ||
    /^\W*[\w+#.-]+[\s,]+\.?exec(?=$|[\s#{}])/i.test(info) ||
    foreign.test(info) ||
    /(?:^|[\s{])#(?:fig|tbl)-\w/i.test(info)
  )
}

/** Checks whether a fence is never closed, or only after another cell has begun: it contains text that is not code. */
export function isOpenFence(node: Code, source: string): boolean {
  return openFence(node, source) !== undefined
}

/** Finds cells that the source of a formula contains: its closing `$$` is missing. */
export function formulaFenceSlips(node: DisplayMath, source: string): Slip[] {
  const start = node.position!.start.offset!
  return cellLines(node.value).map((info) => ({
    rule: 'cell-is-recognized',
    reason: `Unexpected fence \`${info}\` within a formula, expected \`$$\` alone on a line before it: this one does not run`,
    place: placeOfInfo(info, start, source),
    isError: true,
  }))
}

/** Finds the slips in a block of code. */
export function codeSlips(node: Code, source: string): Slip[] {
  const { start } = node.position!
  const text = source.slice(start.offset, node.position!.end.offset)
  const first = /^(`{3,}|~{3,})[ \t]*([^\n]*)/.exec(text)
  if (!first) return indentedSlips(node, source)
  const place = positionAt(start.offset!, first[0].trimEnd().length, source)
  const info = first[2]!.trim()
  const isCell = isCellInfo(info)
  const slip = infoSlip(info)
  const open = openFence(node, source)
  const said = info === '' ? first[1]! : info
  return [
    ...(slip === undefined ? [] : [{ rule: 'cell-is-recognized', reason: slip, place } as const]),
    ...(open === undefined
      ? []
      : [
          {
            rule: 'cell-is-recognized',
            reason: `Cannot find the end of the fence \`${said}\`, expected a line with ${first[1]!} alone ${open.before}`,
            place,
            isError: isCell || slip !== undefined || open.isOverCell,
          } as const,
        ]),
  ]
}

function openFence(node: Code, source: string): { before: string; isOverCell: boolean } | undefined {
  const lines = source.slice(node.position!.start.offset, node.position!.end.offset).split('\n')
  const run = /^(`{3,}|~{3,})/.exec(lines[0]!)?.[1]
  if (run === undefined) return undefined
  for (const [, inner, info] of node.value.matchAll(fenceLine))
    if (inner!.startsWith(run) && isCellInfo(info!.trim()))
      return { before: `before the next fence, \`${info!.trim()}\``, isOverCell: true }
  const last = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/.exec(lines.at(-1)!)?.[1]
  const isClosed = lines.length > 1 && last?.startsWith(run) === true
  return isClosed ? undefined : { before: 'below it, found none', isOverCell: false }
}

function indentedSlips(node: Code, source: string): Slip[] {
  const start = node.position!.start.offset!
  return cellLines(node.value).map((info) => ({
    rule: 'cell-is-recognized',
    reason: `Unexpected fence \`${info}\` indented by four spaces or more, expected at most three for a cell: this one does not run`,
    place: placeOfInfo(info, start, source),
  }))
}

/** Finds fences of cells that a block of HTML contains: its end is an empty line. */
export function htmlSlips(node: Html, source: string): Slip[] {
  const start = node.position!.start.offset!
  const live = node.value.replace(
    /<!--[\s\S]*?(?:-->|$)|<(pre|script|style|textarea)\b[\s\S]*?(?:<\/\1>|$)/gi,
    '',
  )
  return cellLines(live).map((info) => ({
    rule: 'cell-is-recognized',
    reason: `Unexpected fence \`${info}\` within a block of HTML, expected an empty line before it: this one does not run`,
    place: placeOfInfo(info, start, source),
  }))
}

// The info strings of the lines that would begin a cell.
function cellLines(text: string): string[] {
  return [...text.matchAll(fenceLine)]
    .map((match) => match[2]!.trim())
    .filter((info) => isCellInfo(info) || infoSlip(info) !== undefined)
}

/** Finds lines of a paragraph that would be fences, but for a back-tick in the info string. */
export function paragraphSlips(node: Paragraph, source: string): Slip[] {
  const start = node.position!.start.offset!
  const text = source.slice(start, node.position!.end.offset)
  return [
    ...otherMarks(text, start, source),
    ...[...text.matchAll(/^[ \t>]*(`{3,})[ \t]*([^`\s][^\n]*`[^\n]*)$/gm)].flatMap((match): Slip[] => {
      const [line, run, info] = match as unknown as [string, string, string]
      // Code in a line may have three back-ticks.
      if (info.includes(run)) return []
      const offset = start + match.index + line.indexOf(run)
      const isError = isCellInfo(info) || infoSlip(info) !== undefined || /#lst-/.test(info)
      if (!isError && !/^[\w+#-]+(?:[ \t]+\S|$)/.test(info)) return []
      const cure = 'expected none: begin and end it with `~~~`, or give the caption to the output'
      return [
        {
          rule: 'cell-is-recognized',
          reason: `Unexpected back-tick in the fence \`${info.replaceAll('`', "'")}\`, ${cure}. All below it is read as text`,
          place: positionAt(offset, line.trimStart().length, source),
          isError,
        },
      ]
    }),
  ]
}

// Three accents or quotes are no fence.
function otherMarks(text: string, start: number, source: string): Slip[] {
  return [...text.matchAll(/^[ \t>]*(~{1,2}|['"´‘’“”]{3})[ \t]*(\S[^\n]*)\n/gm)]
    .filter(([, , info]) => isCellInfo(info!.trim()))
    .map(({ index, 0: line, 1: marks = '' }) => ({
      rule: 'cell-is-recognized',
      reason: `Unexpected \`${marks}\` before a cell, expected three back-ticks: this one does not run`,
      place: positionAt(start + index + line.indexOf(marks), line.trim().length, source),
    }))
}

/** Finds a cell between too few back-ticks. */
export function shortFenceSlips(node: InlineCode, source: string): Slip[] {
  const { start } = node.position!
  const text = source.slice(start.offset, node.position!.end.offset)
  const match = /^(`{1,2})[ \t]*([^`\n]+)\n\s*\S/.exec(text)
  const before = source.slice(source.lastIndexOf('\n', start.offset! - 1) + 1, start.offset)
  if (!match || before.trim() !== '' || !isCellInfo(match[2]!.trim())) return []
  const reason = `Unexpected fence of ${match[1]!.length === 1 ? 'one back-tick' : 'two back-ticks'}, expected three for a cell: this one does not run`
  return [
    { rule: 'cell-is-recognized', reason, place: positionAt(start.offset!, match[0].indexOf('\n'), source) },
  ]
}

function placeOfInfo(info: string, from: number, source: string): Slip['place'] {
  const offset = source.indexOf(info, from)
  return offset < 0 ? undefined : positionAt(offset, info.length, source)
}
