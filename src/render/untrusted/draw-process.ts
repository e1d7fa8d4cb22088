// Draws figures whose specifications nobody vouches for, in a process that its parent may end at any moment.
import { figureToSvg } from '../output/figure-to-svg.ts'
import type { Figure } from '../types.ts'

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
process.on('disconnect', () => process.exit())
