import { symlinkSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { weftHome } from '../../src/render/model/home.ts'

const experiment = `import { defineExperiment } from 'weft/experiment'
import { z } from 'zod'
export const walk = defineExperiment({
  name: 'walk',
  params: z.strictObject({ x: z.number(), ms: z.number() }),
  async run({ x, ms }, { seed, progress }) {
    let state = (x + 1) * 7919 + seed
    for (let epoch = 1; epoch <= 10; epoch++) {
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms / 10))
      for (let step = 0; step < 1000; step++) state = (state * 48271) % 2147483647
      progress({ epoch, epochs: 10 })
    }
    return { value: state / 2147483647 }
  },
})
`

/** A report with a sweep. */
export interface Sweep {
  readonly jobs: number
  /** Time of each job besides its arithmetic. */
  readonly ms: number
}

/** Writes a project with one report, whose jobs are those of a sweep. */
export async function writeSweep(root: string, { jobs, ms }: Sweep): Promise<void> {
  await rm(root, { recursive: true, force: true })
  await mkdir(join(root, 'node_modules'), { recursive: true })
  symlinkSync(weftHome(), join(root, 'node_modules/weft'))
  symlinkSync(join(weftHome(), 'node_modules/zod'), join(root, 'node_modules/zod'))
  await writeFile(join(root, 'package.json'), '{"name":"sweep","type":"module","private":true}\n')
  await writeFile(join(root, 'walk.ts'), experiment)
  await writeFile(
    join(root, 'report.md'),
    `---
title: A sweep
---

\`\`\`ts exec #sweep
import { sweep } from 'weft/experiment'
import { walk } from './walk.ts'
const all = await sweep(walk, Array.from({ length: ${jobs} }, (_, x) => ({ x, ms: ${ms} })))
export const total = all.reduce((sum, { result }) => sum + result.value, 0)
\`\`\`

The sum is \`{ts} total\`.
`,
  )
}
