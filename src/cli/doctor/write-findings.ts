import { styleText } from 'node:util'
import { plural } from '../../render/output/format.ts'
import type { Finding, State } from './finding.ts'

const marks: { readonly [state in State]: string } = { ok: 'ok', lacks: 'lacks', fault: 'FAULT' }
const colours = { ok: 'green', lacks: 'yellow', fault: 'red' } as const

/** Says whether a report can be built and printed: nothing that every build needs is at fault. */
export function canBuild(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== 'fault')
}

interface Look {
  readonly hasColours: boolean
  /** Letters in a line; those of commands are never broken. */
  readonly columns?: number
}

/** Writes findings for a reader: a line each, below it what mends it, and at the end whether a report can be built. */
export function writeFindings(findings: readonly Finding[], look: Look): string {
  return `${writeLines(findings, look)}\n${verdict(findings)}\n`
}

/** Writes findings for a reader, without a verdict. */
export function writeLines(findings: readonly Finding[], { hasColours, columns = 88 }: Look): string {
  const width = Math.max(...findings.map(({ id }) => id.length))
  const indent = ' '.repeat(2 + markWidth + 2 + width + 2)
  const lines = findings.flatMap(({ id, state, text, remedy }) => {
    const mark = marks[state].padEnd(markWidth)
    const head = `  ${hasColours ? styleText(colours[state], mark, { validateStream: false }) : mark}  ${id.padEnd(width)}  `
    const [first, ...more] = wrap(text, Math.max(30, columns - indent.length))
    return [
      `${head}${first}`,
      ...more.map((line) => `${indent}${line}`),
      ...(remedy === undefined ? [] : [`${indent}-> ${remedy}`]),
    ]
  })
  return `${lines.join('\n')}\n`
}

const markWidth = 5

function verdict(findings: readonly Finding[]): string {
  const faults = findings.filter(({ state }) => state === 'fault').length
  const lacking = findings.filter(({ state }) => state === 'lacks').length
  const first =
    faults === 0
      ? 'A report can be built and printed here.'
      : `No report can be built and printed here: ${plural(faults, 'fault')}.`
  if (lacking === 0) return first
  return `${first}\n${lacking === 1 ? 'One thing is' : `${lacking} things are`} lacking that only some reports need.`
}

function wrap(text: string, most: number): readonly string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= most) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Writes findings for programs. `format` grows when a member changes its meaning. */
export function writeJson(findings: readonly Finding[]): string {
  const document = { format: 1, weft: __WEFT_VERSION__, canBuild: canBuild(findings), findings }
  return `${JSON.stringify(document, null, 2)}\n`
}
