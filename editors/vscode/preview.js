// Speaks with a preview that is running: it writes where it is into dist/.cache/preview.json.
const { readFileSync } = require('node:fs')
const { dirname, join } = require('node:path')

/**
 * Finds the preview of the project that a folder lies in; undefined if none is running.
 * @param {string} folder
 * @returns {{ url: string, token: string, pid: number } | undefined}
 */
function findPreview(folder) {
  for (let current = folder; ; current = dirname(current)) {
    try {
      const preview = JSON.parse(readFileSync(join(current, 'dist', '.cache', 'preview.json'), 'utf8'))
      process.kill(preview.pid, 0)
      return preview
    } catch (error) {
      // It runs, but as another user.
      if (error.code === 'EPERM' || dirname(current) === current) return undefined
    }
  }
}

/**
 * Runs a cell, and gives what it shows and how long it took.
 * @param {{ url: string, token: string }} preview
 * @param {string} label
 * @param {(cell: Cell) => void} onState called as it goes on
 * @returns {Promise<Cell>}
 * @typedef {{ state: string, elapsedMs?: number, text: string }} Cell
 */
async function runCell(preview, label, onState) {
  await ask(preview, 'POST', `/run/${label}`)
  for (;;) {
    await new Promise((go) => setTimeout(go, 300))
    const cell = await ask(preview, 'GET', `/cell/${label}`)
    onState(cell)
    if (cell.state !== 'running' && cell.state !== 'waiting') return cell
  }
}

async function ask({ url, token }, method, path) {
  const answer = await fetch(new URL(path, url), { method, headers: { 'x-weft-token': token } })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text.trim())
  return JSON.parse(text)
}

module.exports = { findPreview, runCell }
