/**
 * Finds the cells of a chapter: the label and the lines, from 0, of each fence `ts exec #label`.
 * @param {string} text
 * @returns {{ label: string, line: number, endLine: number }[]}
 */
function findCells(text) {
  const cells = []
  let fence
  const lines = text.split(/\r?\n/)
  for (const [line, words] of lines.entries()) {
    const [, mark, info] = /^(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])*(`{3,}|~{3,})[ \t]*(.*)$/.exec(words) ?? []
    if (mark === undefined) continue
    if (!fence) {
      const [, label] = /^[jt]sx?[ \t]+exec[ \t](?:.*[ \t])?#([a-z][a-z0-9-]*)/.exec(info) ?? []
      fence = { mark, label, line }
    } else if (mark[0] === fence.mark[0] && mark.length >= fence.mark.length && info.trim() === '') {
      if (fence.label !== undefined) cells.push({ label: fence.label, line: fence.line, endLine: line })
      fence = undefined
    }
  }
  return cells
}

module.exports = { findCells }
