import type { PageSettings, ServerMessage } from '../protocol.ts'
import { applyPatch } from './apply-patch.ts'
import { connect } from './connection.ts'
import { findRuns } from './runs.ts'
import { restorePlace, savePlace } from './scroll-place.ts'

// The program of the preview in the page. Runs at the end of the page, after the programs that every page has.
const settings = JSON.parse(document.getElementById('weft-preview')!.textContent!) as PageSettings
const page = { version: settings.version, runs: findRuns(settings.runs) }
restorePlace()

function reload(): void {
  savePlace()
  location.reload()
}

function hear(message: ServerMessage): void {
  if (message.type === 'reload') reload()
  else if (message.type === 'patch') {
    const { patch } = message
    if (patch.to === page.version) return
    if (patch.from !== page.version || !page.runs || !applyPatch(patch, page.runs)) reload()
    else page.version = patch.to
  }
}

connect(settings, { version: () => page.version, hear, status() {} })
