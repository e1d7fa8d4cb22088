// prepare MADE RUN: has a notebook compute its results again and compare them with the stored ones.
// compare MADE EXECUTED: fails if the cells show anything else than in the report.
import { readFileSync, writeFileSync } from 'node:fs'

const [task, first, second] = process.argv.slice(2)
const made = JSON.parse(readFileSync(first, 'utf8'))
if (task === 'prepare') writeFileSync(second, JSON.stringify(prepared(made), null, 1))
else compare(made, JSON.parse(readFileSync(second, 'utf8')))

function prepared({ cells, ...rest }) {
  const own = "{ profile: 'quick' }"
  const again = cells.map((cell) =>
    cell.id === 'params'
      ? { ...cell, source: cell.source.map((line) => line.replace(own, "{ profile: 'quick', results: 'compared' }")) }
      : cell,
  )
  if (process.env.WEFT_NOTEBOOK === 'whole') return { ...rest, cells: again }
  const at = cells.findIndex(({ id }) => id === 'sec-part-b')
  if (at < 0) throw new Error('Cannot find Part B in the notebook')
  const source = [`const { profile } = await openNotebook('report-src/report.md', ${own})`]
  const stored = { cell_type: 'code', execution_count: null, id: 'stored', metadata: {}, outputs: [], source }
  return { ...rest, cells: [...again.slice(0, at), stored, ...again.slice(at)] }
}

function compare(before, after) {
  const ran = new Map(after.cells.map((cell) => [cell.id, cell]))
  const faults = []
  let [outputs, jobs] = [0, 0]
  for (const { id, cell_type, outputs: wanted } of before.cells) {
    if (cell_type !== 'code') continue
    const given = ran.get(id).outputs
    const failed = given.find(({ output_type }) => output_type === 'error')
    if (failed) faults.push(`#${id}: ${failed.ename}: ${failed.evalue}`)
    for (const line of given.map(progressOf).filter(Boolean)) {
      const [, computed = 0] = /(\d+) jobs?, (?:.*)computed here as stored/.exec(line) ?? []
      jobs += Number(computed)
      if (/otherwise|computed here(?! as)|failed|\.\.\.$/.test(line)) faults.push(`#${id}: ${line}`)
    }
    const shown = given.filter((output) => output.output_type === 'display_data' && !progressOf(output))
    outputs += shown.length
    if (rounded(shown.map(({ data }) => data)) !== rounded(wanted.map(({ data }) => data)))
      faults.push(`#${id} shows something else than the report`)
  }
  if (outputs === 0) faults.push('No cell shows anything')
  if (jobs === 0) faults.push('No job was computed again')
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exit(1)
  console.log(`The notebook runs: ${outputs} outputs as in the report, ${jobs} jobs computed again`)
}

// `binary: 5 jobs, from stored results`
function progressOf({ data = {} }) {
  const text = [data['text/plain'] ?? ''].flat().join('')
  return Object.keys(data).length === 1 && /^[\w, ]+(: \d+ jobs?, |: failed| \.\.\.$)/.test(text) ? text : undefined
}

// Two versions of V8 may differ in the last digit of a logarithm, and members may stand in another order.
function rounded(value) {
  const joined = JSON.stringify(value, (_, member) => {
    if (Array.isArray(member) && member.length > 0 && member.every((one) => typeof one === 'string'))
      return member.join('')
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
  return joined.replace(/\d+\.\d{7,}/g, (digits) => Number(digits).toFixed(6))
}
