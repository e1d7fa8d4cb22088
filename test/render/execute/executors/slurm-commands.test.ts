import assert from 'node:assert/strict'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import {
  openSlurm,
  readProcessors,
  readTasks,
} from '../../../../src/render/execute/executors/slurm-commands.ts'
import { type Files, temporaryProject, writeFiles } from '../temporary-project.ts'

// As Slurm 22.05 writes it, without most of its fields.
const shown = `JobId=1 ArrayJobId=1 ArrayTaskId=4-5,8%2 JobName=weft-x JobState=PENDING Reason=Resources NodeList= NumNodes=1
JobId=5 ArrayJobId=1 ArrayTaskId=3 JobName=weft-x JobState=RUNNING Reason=None NodeList=n2 BatchHost=n2 Command=/tmp/s.sh
JobId=2 ArrayJobId=1 ArrayTaskId=0 JobName=weft-x JobState=NODE_FAIL Reason=NodeDown NodeList=(null) ExitCode=0:0
`

describe('the commands of Slurm', () => {
  it('should be read task by task, those that wait too', () => {
    assert.deepEqual(readTasks(shown), [
      { index: 4, state: 'PENDING', reason: 'Resources' },
      { index: 5, state: 'PENDING', reason: 'Resources' },
      { index: 8, state: 'PENDING', reason: 'Resources' },
      { index: 3, state: 'RUNNING', reason: 'None', node: 'n2' },
      { index: 0, state: 'NODE_FAIL', reason: 'NodeDown' },
    ])
    assert.deepEqual(readTasks(''), [])
    const indices = (list: string) =>
      readTasks(`ArrayTaskId=${list} JobState=PENDING`).map(({ index }) => index)
    assert.deepEqual(indices('0-12:4%2'), [0, 4, 8, 12])
    assert.deepEqual(indices('1,3-4%5'), [1, 3, 4])
  })

  it('should count the processors that work, of the default partition where there are several', () => {
    assert.equal(readProcessors('debug* 3/5/2/10\nlong 100/0/0/100\n'), 8)
    assert.equal(readProcessors('cpu 1/2/0/3\ncpu 4/0/0/4\n'), 7)
    assert.equal(readProcessors('sinfo: error\n'), undefined)
  })

  it('should tell what each program answers from its faults', async (t) => {
    const slurm = await openPlayed(t, {
      sbatch:
        'case "$2" in bad) echo "sbatch: error: invalid partition" >&2; exit 1;; esac; echo "17;cluster"',
      // It cuts lists at 64 characters unless it is told not to.
      scontrol:
        '[ "$SLURM_BITSTR_LEN" = 0 ] || exit 1; case "$4" in 1) cat "$0.txt";; 2) echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1;; *) echo "Unable to contact" >&2; exit 1;; esac',
      squeue: 'case "$2" in --name=weft-x) printf "17\\n17\\n";; esac',
      sinfo: 'case "$2" in --format=%R) printf "all\\nlong\\nlong\\n";; *) echo "all* 0/4/0/4";; esac',
      scancel: 'echo "$@" > "$0.out"',
    })
    assert.equal(await slurm.submit(['--parsable', 'good']), '17')
    await assert.rejects(
      slurm.submit(['--parsable', 'bad']),
      /^Error: Cannot submit jobs to Slurm: sbatch: error: invalid partition\nExpected one of its partitions: all, long$/,
    )
    assert.equal((await slurm.tasks('1'))?.length, 5)
    assert.deepEqual(await slurm.tasks('2'), [], 'Slurm knows it no longer')
    assert.equal(await slurm.tasks('3'), undefined, 'Slurm does not answer')
    assert.equal(await slurm.find('weft-x'), '17')
    assert.equal(await slurm.find('weft-y'), undefined)
    assert.equal(await slurm.processors('all'), 4)
    slurm.cancel(['17', '18_3'])
    const said = join(slurm.folder, 'scancel.out')
    while (!existsSync(said) || readFileSync(said, 'utf8') === '')
      await new Promise((done) => setTimeout(done, 10))
    assert.equal(readFileSync(said, 'utf8'), '17 18_3\n')
  })

  it('should say that Slurm is not here', async () => {
    const slurm = openSlurm({ PATH: '/nowhere' })
    await assert.rejects(
      slurm.submit([]),
      /`sbatch` is not in PATH, expected Slurm's commands on this machine/,
    )
    assert.equal(await slurm.processors(undefined), undefined)
    slurm.cancel(['1'])
  })
})

async function openPlayed(
  t: Parameters<typeof temporaryProject>[0],
  programs: Readonly<Record<string, string>>,
) {
  const folder = temporaryProject(t, {})
  const files: Files = Object.fromEntries(
    Object.entries(programs).map(([name, text]) => [name, `#!/bin/sh\n${text}\n`]),
  )
  writeFiles(folder, { ...files, 'scontrol.txt': shown })
  for (const name of Object.keys(programs)) chmodSync(join(folder, name), 0o755)
  return { folder, ...openSlurm({ PATH: `${folder}:${process.env.PATH}` }) }
}
