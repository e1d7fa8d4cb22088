import type { CellState } from '../protocol.ts'
import { buttonOf, curvePath, wordsOf } from './cell-words.ts'
import css from './cells.css'

/** The marks of cells in the page: what runs, waits, asks or failed. */
interface Cells {
  /** Marks a cell; null or `done` takes its mark away. */
  set(label: string, state: CellState | null): void
  /** Takes all marks away: the server begins anew. */
  forget(): void
}

const name = 'weft-cell-state'
const box = { width: 600, height: 100 }

/**
 * Opens the marks of cells. A mark stands above the outputs of its cell, or below its code; a patch may remove it, and
 * then it is put in again.
 *
 * @param send tells the server which cell its reader wants to run
 */
export function openCells(send: (message: { readonly type: 'run'; readonly label: string }) => void): Cells {
  const states = new Map<string, CellState>()
  addStyle(css)
  const marks = new Map<string, HTMLElement>()
  const place = (label: string, state: CellState) => {
    const mark = marks.get(label) ?? makeMark(label, send)
    marks.set(label, mark)
    fill(mark, state)
    const before = placeOf(label)
    if (before && (mark.nextSibling !== before.next || mark.parentNode !== before.parent))
      before.parent.insertBefore(mark, before.next)
  }
  const remove = (label: string) => {
    marks.get(label)?.remove()
    marks.delete(label)
  }
  const show = () => {
    for (const [label, state] of states) place(label, state)
  }
  const watching = new MutationObserver(() => {
    if (states.size > 0) show()
    // Its own changes are none.
    watching.takeRecords()
  })
  watching.observe(document.body, { childList: true, subtree: true })
  setInterval(() => {
    for (const [label, state] of states) if (state.state === 'running') fill(marks.get(label)!, state)
    watching.takeRecords()
  }, 1000)
  return {
    set(label, state) {
      if (state === null || state.state === 'done') {
        states.delete(label)
        remove(label)
      } else states.set(label, state)
      show()
      watching.takeRecords()
    },
    forget() {
      for (const label of [...states.keys()]) remove(label)
      states.clear()
      show()
    },
  }
}

function addStyle(text: string): void {
  const style = document.createElement('style')
  style.textContent = text
  document.head.append(style)
}

interface Place {
  readonly parent: Node
  readonly next: Node | null
}

// Above the first output, or else below the code.
function placeOf(label: string): Place | undefined {
  const source = document.getElementById(`cell-${label}`)
  const code = source?.closest('.weft-cell') ?? source?.closest('figure') ?? source?.closest('pre')
  const id = label.startsWith('lst-') ? `${label}-1` : label
  const first = document.getElementById(id) ?? document.querySelector(`[data-output="${id}"]`)
  const output = document.querySelector(`.weft-awaited[data-cell="${label}"]`) ?? first
  const parent = (output ?? code)?.parentNode
  if (!parent) return undefined
  const below = code?.nextSibling ?? null
  const isMark = below instanceof HTMLElement && below.dataset.label === label
  return { parent, next: output ?? (isMark ? below.nextSibling : below) }
}

function makeMark(label: string, send: Parameters<typeof openCells>[0]): HTMLElement {
  const mark = document.createElement(name)
  mark.dataset.label = label
  mark.setAttribute('role', 'group')
  mark.setAttribute('aria-label', `Cell ${label}`)
  mark.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLButtonElement) send({ type: 'run', label })
  })
  return mark
}

function fill(mark: HTMLElement, state: CellState): void {
  mark.dataset.state = state.state
  const words = part(mark, 'span', true)!
  words.textContent = wordsOf(state, Date.now())
  const text = buttonOf(state)
  const button = part(mark, 'button', text !== undefined)
  if (button && text !== undefined) {
    button.textContent = text
    button.setAttribute('type', 'button')
    mark.prepend(button)
  }
  const { job } = state
  const progress = part(mark, 'progress', job !== undefined)
  if (progress && job) Object.assign(progress, { max: job.total, value: job.done })
  progress?.setAttribute('aria-label', 'Progress')
  const path = curvePath(job?.loss ?? [], box.width, box.height)
  mark.querySelector('svg')?.remove()
  if (path !== '') mark.append(curve(path))
}

// Gives the one part of this kind, made if it is wanted and removed if not.
function part<Name extends 'span' | 'button' | 'progress'>(
  mark: HTMLElement,
  kind: Name,
  isWanted: boolean,
): HTMLElementTagNameMap[Name] | undefined {
  const known = mark.querySelector(kind)
  if (!isWanted) known?.remove()
  if (!isWanted) return undefined
  const made = known ?? document.createElement(kind)
  if (!known) mark.append(made)
  return made
}

function curve(path: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  svg.setAttribute('viewBox', `0 0 ${box.width} ${box.height}`)
  svg.setAttribute('preserveAspectRatio', 'none')
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', 'Loss so far')
  const line = document.createElementNS(space, 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}
