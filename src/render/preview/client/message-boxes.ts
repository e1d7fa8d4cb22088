import { element } from '../../page/client/element.ts'
import type { Message } from '../protocol.ts'
import { placeLine } from './panel.ts'
import { nodesOf, type Run } from './runs.ts'
import { shadowed } from './shadow.ts'

const boxes = 'weft-preview[data-part=message]'

/** Takes all boxes off the page, so that it is as the server knows it. */
export function removeBoxes(): void {
  for (const box of document.querySelectorAll(boxes)) box.remove()
}

/** Puts a box with each message below the block that it is about. */
export function placeBoxes(
  messages: readonly Message[],
  runs: readonly Run[],
  open: (message: Message) => void,
): void {
  removeBoxes()
  const shown = messages.filter(({ kind, region }) => kind !== 'pending' && region)
  const places = new Map(shown.map(({ region }) => [JSON.stringify(region), region!]))
  for (const [key, { run: number, index }] of places) {
    const run = runs[number]
    const start = run?.starts[index]
    if (!run || !start) continue
    const nodes = nodesOf(run, index) ?? []
    const own = shown.filter(({ region }) => JSON.stringify(region) === key)
    const last = nodes.at(-1) ?? start
    last.after(shadowed('message', boxOf(own, nodes, open)))
  }
}

// A cell that failed has its message on the page already.
function isTold({ reason }: Message, nodes: readonly ChildNode[]): boolean {
  const words = reason.split('\n')[0]!.replaceAll('`', '')
  return nodes.some(
    (node) =>
      node instanceof Element &&
      (node.matches('.weft-failure') ? node : node.querySelector('.weft-failure'))?.textContent?.includes(
        words,
      ),
  )
}

function boxOf(
  messages: readonly Message[],
  nodes: readonly ChildNode[],
  open: (message: Message) => void,
): Node {
  const isError = messages.some(({ kind }) => kind === 'error')
  const box = element('div', { className: 'box', 'data-kind': isError ? 'error' : 'warning', role: 'note' })
  for (const message of messages) {
    const one = element('div', { className: 'one', 'data-kind': message.kind })
    one.append(element('span', { className: 'mark' }))
    if (!isTold(message, nodes)) one.append(element('span', { className: 'reason' }, message.reason))
    one.append(placeLine(message, { open }))
    box.append(one)
  }
  return box
}
