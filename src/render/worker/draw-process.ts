// Draws the figures of a report, in a process that its parent may kill at any moment.

import '../model/compile-late.ts'
import type { Figure } from '../model/types.ts'
import { figureToSvg, SpecError } from '../output/draw/figure-to-svg.ts'
import type { DrawOrder, FromDrawProcess } from './protocol.ts'

const trial: Figure = { kind: 'figure', alt: 'Trial', spec: { mark: 'point', data: { values: [{}] } } }

process.on('message', ({ figure, id, isInterpreted }: DrawOrder) => {
  const warnings: string[] = []
  const warned = (reason: string) => warnings.push(reason.slice(0, 1000))
  figureToSvg(figure, id, { isInterpreted, warned }).then(
    (svg) => send({ svg, warnings: warnings.slice(0, 10) }),
    (error: Error) => {
      const faults = error instanceof SpecError && !isInterpreted ? error.faults : undefined
      send({ problem: error.message.slice(0, 1000), faults })
    },
  )
})
// Load vega and the fonts before the clock of the first drawing starts.
const [empty] = await Promise.allSettled([figureToSvg(trial, 'trial', { isInterpreted: true })])
send({ ready: empty.status === 'fulfilled' })
process.on('disconnect', () => process.exit())

function send(message: FromDrawProcess): void {
  process.send!(message)
}
