// Draws figures whose specifications nobody vouches for, in a process that its parent may end at any moment.

import type { Figure } from '../model/types.ts'
import { figureToSvg } from '../output/draw/figure-to-svg.ts'

const trial: Figure = { kind: 'figure', alt: 'Trial', spec: { mark: 'point', data: { values: [{}] } } }

interface Order {
  readonly figure: Figure
  readonly id: string
}

process.on('message', ({ figure, id }: Order) => {
  figureToSvg(figure, id, { isInterpreted: true }).then(
    (svg) => process.send!({ svg }),
    (error: Error) => process.send!({ problem: error.message.slice(0, 1000) }),
  )
})
// What draws is loaded before a clock runs.
const [empty] = await Promise.allSettled([figureToSvg(trial, 'trial', { isInterpreted: true })])
process.send!({ ready: empty.status === 'fulfilled' })
process.on('disconnect', () => process.exit())
