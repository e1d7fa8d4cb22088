import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where a project lies, with a trace of what ran and a folder for temporary files beside it. */
export interface Place {
  readonly box: string
  readonly folder: string
}

export function placeIn(box: string): Place {
  return { box, folder: join(box, 'project') }
}

/** Seeds of the jobs before and after the edit, so that some of the jobs are stored and some are new. */
const seeds = { before: [1, 2, 3], after: [1, 2, 3, 4, 5, 6, 7, 8] } as const

/** Writes a small report: eight jobs of a tenth of a second, a figure, a table, values and a claim. */
export function writeProject({ folder }: Place, edition: keyof typeof seeds): void {
  const files = { ...sources, 'report-src/report.md': reportOf(seeds[edition]) }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const sources = {
  'package.json': '{ "name": "faults", "version": "1.0.0", "type": "module" }\n',
  'src/trace.ts': `import { appendFileSync } from 'node:fs'

/** Notes beside the project that something ran. */
export function trace(line: string): void {
  appendFileSync(new URL('../../trace.txt', import.meta.url), \`\${line}\\n\`)
}
`,
  'src/walk.ts': `import { defineExperiment } from 'weft/experiment'
import { trace } from './trace.ts'

export const walk = defineExperiment({
  name: 'walk',
  params: { parse: (value: unknown) => value as { steps: number } },
  async run({ steps }, { seed, measure }) {
    trace(\`begun \${seed}\`)
    let place = seed
    for (let step = 0; step < steps; step++) place = (place * 48271) % 2147483647
    await new Promise((go) => setTimeout(go, 100))
    measure('steps', steps)
    trace(\`ended \${seed}\`)
    return { place, share: place / 2147483647 }
  },
})
`,
}

function reportOf(list: readonly number[]): string {
  return `---
title: A report that is disturbed
author: A. Student
date: 2026-11-30
params:
  full:
    steps: 2000
    seeds: [${list.join(', ')}]
---

The walks end at \`{ts} fixed(walked.share, 3)\` on average, the first one at \`{ts} count(rows[0].place)\`.
:claim[Each walk ends inside]{that='rows.every((row) => row.share < 1)'}. @fig-ends shows them all.

# Walks {#sec-walks}

\`\`\`ts exec #walked
import { overSeeds } from 'weft/experiment'
import { walk } from '../src/walk.ts'
import { trace } from '../src/trace.ts'

trace('cell walked')
export const { result: walked } = await overSeeds(walk, { steps: params.steps }, params.seeds)
\`\`\`

\`\`\`ts exec #rows
import { run } from 'weft/experiment'
import { walk } from '../src/walk.ts'
import { trace } from '../src/trace.ts'

trace('cell rows')
const all = await Promise.all(
  params.seeds.map((seed: number) => run(walk, { steps: params.steps }, { seed })),
)
export const rows = all.map(({ result }, index) => ({ seed: params.seeds[index], ...result }))
\`\`\`

\`\`\`ts exec #fig-ends
import { figure } from 'weft/output'
import { trace } from '../src/trace.ts'

trace('cell fig-ends')
export default figure(
  {
    mark: 'bar',
    data: { values: rows },
    encoding: { x: { field: 'seed', type: 'ordinal' }, y: { field: 'share', type: 'quantitative' } },
    width: 200,
    height: 100,
  },
  { alt: 'Where each walk ends.', caption: 'Ends of all walks.' },
)
\`\`\`

\`\`\`ts exec #tbl-ends
import { table } from 'weft/output'
import { trace } from '../src/trace.ts'

trace('cell tbl-ends')
export default table(rows, { caption: 'Ends of all walks.' })
\`\`\`
`
}
