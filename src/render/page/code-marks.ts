import type { Element, ElementContent, Root } from 'hast'
import { visit } from '../model/visit.ts'
import { classesOf, escapeHtml, h, textContent } from './hast.ts'

/**
 * Marks the lines that `data-lines` of a block of code lists, and puts the file name of `data-title` above it. Use it after
 * the code is highlighted, whose lines are elements then.
 */
export function markCode(tree: Root): void {
  visit(tree, 'element', (pre: Element, index, parent) => {
    const [code] = pre.children
    if (pre.tagName !== 'pre' || code?.type !== 'element' || !parent || index === undefined) return
    const { dataLines, dataTitle, ...properties } = code.properties
    if (dataLines === undefined && dataTitle === undefined) return
    code.properties = properties
    if (dataLines !== undefined) {
      code.children = [{ type: 'raw', value: marked(linesOf(code), String(dataLines)) } as ElementContent]
      pre.properties = { ...pre.properties, className: [...classesOf(pre), 'weft-with-marks'] }
    }
    if (dataTitle === undefined) return
    const name = h('div', { className: ['weft-file'] }, [{ type: 'text', value: String(dataTitle) }])
    parent.children[index] = h('div', { className: ['weft-code'] }, [name, pre])
  })
}

const lineStart = '<span class="line">'

function linesOf(code: Element): readonly string[] {
  const [only] = code.children
  if (only?.type === 'raw' && only.value.startsWith(lineStart)) return only.value.split('\n')
  const lines = textContent(code).replace(/\n$/, '').split('\n')
  return lines.map((line) => `${lineStart}${escapeHtml(line)}</span>`)
}

function marked(lines: readonly string[], wanted: string): string {
  const ranges = wanted.split(',').map((part) => part.split('-').map(Number))
  const isMarked = (line: number) => ranges.some(([from = 0, to = from]) => line >= from && line <= to)
  return lines
    .map((line, index) =>
      isMarked(index + 1) ? line.replace(lineStart, '<span class="line weft-marked">') : line,
    )
    .join('\n')
}
