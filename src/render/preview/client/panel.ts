import { element } from '../../page/client/element.ts'
import type { Message } from '../protocol.ts'
import { shadowed } from './shadow.ts'
import { type PreviewState, placeText, summaryOf } from './state.ts'

interface PanelActions {
  open(message: Message): void
  show(message: Message): void
  print(): void
  follows(): boolean
  setFollows(follows: boolean): void
}

interface Panel {
  update(state: PreviewState): void
  /** Says something for some seconds. */
  note(...content: readonly (Node | string)[]): void
}

const noteMs = 8000

/** Puts a chip with the state of the preview on the page, which unfolds a list of all messages. */
export function openPanel(actions: PanelActions): Panel {
  const text = element('span', { className: 'text' })
  const chip = element('button', { className: 'chip', type: 'button', 'aria-expanded': 'false' })
  chip.append(element('span', { className: 'dot' }), text)
  const title = element('span')
  const list = element('ul', {
    className: 'list',
    'data-empty': 'No message: the report has no fault that Weft knows.',
  })
  const panel = element(
    'section',
    { className: 'panel', hidden: true, 'aria-label': 'Messages of the report' },
    element('header', {}, title),
    list,
    footer(actions),
  )
  const note = element('div', { className: 'note', hidden: true, role: 'status' })
  const host = shadowed('chip', panel, note, chip)
  document.body.append(host)
  const setOpen = (isOpen: boolean) => {
    panel.hidden = !isOpen
    note.hidden = true
    chip.setAttribute('aria-expanded', String(isOpen))
  }
  chip.addEventListener('click', () => setOpen(panel.hasAttribute('hidden')))
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') setOpen(false)
  })
  document.addEventListener('pointerdown', (event) => {
    if (!event.composedPath().includes(host)) setOpen(false)
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    update(state) {
      const [tone, summary] = summaryOf(state)
      chip.dataset.tone = tone
      text.textContent = summary
      title.textContent = summary
      list.replaceChildren(...itemsOf(state, actions))
    },
    note(...content) {
      clearTimeout(timer)
      setOpen(false)
      note.replaceChildren(...content)
      note.hidden = false
      timer = setTimeout(() => {
        note.hidden = true
      }, noteMs)
    },
  }
}

function itemsOf({ status, messages }: PreviewState, actions: PanelActions): HTMLElement[] {
  const reason = status.state === 'broken' ? [item('error', status.reason ?? '')] : []
  return [
    ...reason,
    ...messages.map((message) => item(message.kind, message.reason, placeLine(message, actions))),
  ]
}

function item(kind: string, reason: string, place?: HTMLElement): HTMLElement {
  const text = element('span', { className: 'reason' }, reason)
  const made = element(
    'li',
    { className: 'item', 'data-kind': kind },
    element('span', { className: 'mark' }),
    text,
  )
  if (place) made.append(place)
  return made
}

/** Makes the line below a message: its place, and what can be done about it. */
export function placeLine(
  message: Message,
  { open, show }: Pick<PanelActions, 'open'> & Partial<PanelActions>,
): HTMLElement {
  const { rule, region } = message
  const parts: (Node | string)[] = [placeText(message), rule ? ` ${rule}` : '', ' · ']
  parts.push(element('button', { type: 'button', click: () => open(message) }, 'Open in editor'))
  if (show && region)
    parts.push(' · ', element('button', { type: 'button', click: () => show(message) }, 'Show'))
  return element('span', { className: 'place' }, ...parts)
}

function footer({ print, follows, setFollows }: PanelActions): HTMLElement {
  const box = element('input', { type: 'checkbox', checked: follows() })
  box.addEventListener('change', () => setFollows(box.checked))
  return element(
    'footer',
    {},
    element('label', {}, box, 'Follow edits'),
    element('span', {}, element('kbd', {}, 'E'), ' or a double click opens a block in the editor'),
    element('button', { type: 'button', click: print }, element('kbd', {}, 'P'), ' prints the PDF'),
  )
}
