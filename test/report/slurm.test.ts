import assert from 'node:assert/strict'
import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { openReport } from '../../src/cli/open-report.ts'
import type { RunSettings } from '../../src/render/pipeline/stages.ts'
import { cell, reportOf, temporaryProject } from '../render/execute/temporary-project.ts'

// A cluster of this machine alone, whose tasks start at once.
const programs = {
  sbatch: `for arg; do case "$arg" in --array=*) last="\${arg##*-}"; last="\${last%%%*}";; --output=*) out="\${arg#--output=}";; --time=*) echo "$arg" > "$(dirname "$0")/time";; esac; done
script="$arg"; i=0
while [ "$i" -le "$last" ]; do
  SLURM_ARRAY_TASK_ID=$i SLURMD_NODENAME=here sh "$script" > "$(dirname "$script")/$i.out" 2>&1 < /dev/null &
  i=$((i + 1))
done
echo 17`,
  scontrol: 'echo "JobId=1 ArrayTaskId=0-99 JobState=RUNNING Reason=None BatchHost=here"',
  sinfo: 'echo "all* 0/4/0/4"',
  squeue: 'exit 1',
  scancel: 'exit 0',
}

it('a run should give on a cluster what it gives here', async (t) => {
  const files = {
    'square.ts': `import { defineExperiment } from 'weft/experiment'
import { z } from 'zod'
export const square = defineExperiment({
  name: 'square',
  params: z.strictObject({ x: z.number() }),
  run: ({ x }, { seed }) => ({ value: x ** 2 / 3 + seed }),
})
`,
    'report.md': reportOf(
      cell(
        'sweep',
        "import { sweep } from 'weft/experiment'",
        "import { square } from './square.ts'",
        'const all = await sweep(square, [1, 2, 3].map((x) => ({ x })))',
        'export const total = all.reduce((sum, { result }) => sum + result.value, 0)',
      ),
      { slurm: { time: 30, tasks: 2 } },
    ),
    ...Object.fromEntries(
      Object.entries(programs).map(([name, text]) => [`bin/${name}`, `#!/bin/sh\n${text}\n`]),
    ),
  }
  const root = temporaryProject(t, files)
  for (const name of Object.keys(programs)) chmodSync(join(root, 'bin', name), 0o755)
  const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env.PATH}` }
  const told: string[] = []
  const exportsOf = async (out: string, settings: RunSettings) => {
    const session = openReport(
      { path: join(root, 'report.md'), out: join(root, out), isUntrusted: false, env },
      { listener: (event) => void (event.type === 'logged' && told.push(`${event.label}: ${event.text}`)) },
    )
    try {
      return Object.fromEntries((await session.run(await session.bundle(session.read()), settings)).exports)
    } finally {
      await session.close()
    }
  }
  const there = await exportsOf('there', { slurm: { settings: { time: '45' }, isFresh: false } })
  assert.deepEqual(told, ['Slurm now: runs 3 jobs in 3 tasks of array 17'])
  assert.equal(readFileSync(join(root, 'bin/time'), 'utf8'), '--time=45\n', 'the command line goes first')
  assert.deepEqual(readdirSync(join(root, 'there/.cache/slurm')), [])
  assert.deepEqual(there, await exportsOf('here', {}))
  assert.equal(typeof there.total, 'number')
})
