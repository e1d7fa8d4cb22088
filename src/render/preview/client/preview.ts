import { element } from '../../page/client/element.ts'
import type { CellState, ClientMessage, PageSettings, ServerMessage } from '../protocol.ts'
import { applyPatch } from './apply-patch.ts'
import { openCells } from './cells.ts'
import { connect } from './connection.ts'
import { keepScroll } from './keep-scroll.ts'
import { placeBoxes, removeBoxes } from './message-boxes.ts'
import { openPanel } from './panel.ts'
import { applyPieces } from './pieces.ts'
import { findRuns } from './runs.ts'
import { restorePlace, savePlace } from './scroll-place.ts'
import { showRegion, sourceKeys } from './source-keys.ts'
import type { PreviewState } from './state.ts'

// The program of the preview in the page. Runs at the end of the page, after the programs that every page has.
const followKey = 'weft-preview-follow'
const settings = JSON.parse(document.querySelector('script.weft-preview')!.textContent!) as PageSettings
const page = { version: settings.version, runs: findRuns(settings.runs), isLeaving: false }
const cells = new Map<string, CellState>()
let state: PreviewState = { connection: 'open', status: { state: 'old' }, messages: [], cells }

const say: { send(message: ClientMessage): void } = { send() {} }
const openMessage = ({ file, line, column }: PreviewState['messages'][number]) =>
  say.send({ type: 'open-place', file, line, column })
const cellMarks = openCells((wish) => say.send(wish))
const print = () => say.send({ type: 'print' })
const panel = openPanel({
  open: openMessage,
  show: ({ region }) => region && page.runs && showRegion(region, page.runs),
  print,
  follows,
  setFollows,
})
if (page.runs)
  sourceKeys({
    runs: page.runs,
    open: (region, lines) => say.send({ type: 'open', version: page.version, region, lines }),
    print,
  })
restorePlace()
panel.update(state)
setInterval(() => {
  if (state.print?.state === 'printing') panel.update(state)
}, 1000)

function change(changed: Partial<PreviewState>): void {
  state = { ...state, ...changed }
  panel.update(state)
}

function reload(): void {
  if (page.isLeaving) return
  page.isLeaving = true
  savePlace()
  location.reload()
}

function hear(message: ServerMessage): void {
  if (page.isLeaving) return
  if (message.type === 'reload') reload()
  else if (message.type === 'patch') becomes(message.patch)
  else if (message.type === 'pieces') hearPieces(message.pieces)
  else if (message.type === 'status') hearStatus(message.status)
  else if (message.type === 'messages') {
    change({ messages: message.messages })
    placeMessages()
  } else if (message.type === 'cells') hearCells(message.cells)
  else if (message.type === 'print') hearPrint(message)
  else if (message.type === 'opened') hearOpened(message)
  else panel.note(message.reason)
}

// The program of the cards begins only where there are some.
function hearPieces(pieces: Extract<ServerMessage, { type: 'pieces' }>['pieces']): void {
  const isLacking = pieces.cards !== undefined && !document.querySelector('script.weft-cards')
  if (isLacking) reload()
  else applyPieces(pieces)
}

function becomes(patch: Extract<ServerMessage, { type: 'patch' }>['patch']): void {
  if (patch.to === page.version) return
  const { version, runs } = page
  const isLacking = patch.programs.some((program) => !settings.programs.includes(program))
  removeBoxes()
  if (isLacking || patch.from !== version || !runs || !applyPatch(patch, runs)) {
    reload()
    return
  }
  page.version = patch.to
  placeMessages()
  if (patch.changed && follows()) showRegion(patch.changed, runs, false)
}

function placeMessages(): void {
  const { runs } = page
  if (runs) keepScroll(() => placeBoxes(state.messages, runs, openMessage))
}

const slowMs = 300
const updating: { timer?: ReturnType<typeof setTimeout> } = {}

// Most updates are over before anybody could read that they go on.
function hearStatus(status: PreviewState['status']): void {
  clearTimeout(updating.timer)
  if (status.state === 'updating') updating.timer = setTimeout(() => change({ status }), slowMs)
  else change({ status })
}

function hearCells(changed: { readonly [label: string]: CellState | null }): void {
  for (const [label, cell] of Object.entries(changed)) {
    cellMarks.set(label, cell)
    if (cell === null) cells.delete(label)
    else cells.set(label, cell)
  }
  change({})
}

function hearPrint({ print: now }: Extract<ServerMessage, { type: 'print' }>): void {
  const isNew = state.print?.state === 'printing'
  change({ print: now })
  if (now.state === 'failed') panel.note(`Cannot print: ${now.reason}`)
  if (now.state !== 'printed' || !isNew) return
  const link = element('a', { href: '/-/report.pdf', target: '_blank' }, now.path)
  const seconds = (now.elapsedMs / 1000).toFixed(1)
  panel.note('Printed ', link, `, ${now.pages} pages, ${(now.bytes / 1e6).toFixed(1)} MB, in ${seconds} s`)
}

function hearOpened({ place, editor, link }: Extract<ServerMessage, { type: 'opened' }>): void {
  if (link === undefined) panel.note(`Opened ${place} in ${editor}`)
  else {
    // Nobody here knows whether a program answers to it.
    location.href = link
    panel.note('Found no editor, tried ', element('a', { href: link }, link))
  }
}

say.send = connect(settings, {
  version: () => page.version,
  hear,
  status(connection) {
    if (connection === 'lost') {
      cellMarks.forget()
      cells.clear()
    }
    change({ connection })
  },
})

// Whether the page scrolls to what its author edits.
function follows(): boolean {
  try {
    return localStorage.getItem(followKey) !== 'no'
  } catch {
    return true
  }
}

function setFollows(isFollowing: boolean): void {
  try {
    localStorage.setItem(followKey, isFollowing ? 'yes' : 'no')
  } catch {
    // A page without storage forgets.
  }
}
