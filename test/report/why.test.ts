import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { weftHere } from '../cli/weft-here.ts'
import type { Project } from './project.ts'
import { copyOf, environmentOf, projectOf } from './project.ts'

describe('weft why', () => {
  const built = projectOf({ after }, 'traced')

  before(async () => {
    const { code, text } = await built.weft(['accept'])
    assert.equal(code, 0, text)
    built.ran()
  })

  async function why(project: Project, label: string): Promise<string> {
    const { code, stdout, stderr } = await weftHere(project.folder, ['why', label], environmentOf(project))
    assert.equal(code, 0, stderr)
    assert.deepEqual(project.ran(), [], 'nothing may run')
    return stdout
  }

  it('should say that nothing has changed for a cell, and list its dependencies', async () => {
    const text = await why(built, 'trained')
    assert.match(
      text,
      /^#trained \(report-src\/training\.md:3:1\) is reused: nothing that decides it has changed\n/,
    )
    assert.match(
      text,
      /\n {2}the accepted result [0-9a-f]{12}, computed on \d{4}-\d\d-\d\d in [\d.]+ s with Node [\d.]+\n/,
    )
    assert.match(text, /\n {2}params: rate, seeds, steps\n/)
    assert.match(text, /\n {2}2 jobs of train \(src\/experiments\/train\.ts\), all kept\n/)
  })

  it('should say the same in a process of its own', async () => {
    const { code, stdout, text } = await built.weft(['why', 'trained'])
    assert.equal(code, 0, text)
    assert.equal(stdout, await why(built, 'trained'))
  })

  const changes: Record<string, { edit(project: Project): void; cell: string; expected: RegExp }> = {
    'its own text': {
      edit: (project) =>
        project.edit('report-src/training.md', 'Loss before and after', 'Losses before and after'),
      cell: 'fig-trained',
      expected:
        /would run\n {2}its own default export changed\n[\s\S]*- .*Loss before[\s\S]*\+ .*Losses before/,
    },
    'an imported declaration': {
      edit: (project) => project.edit('src/trace.ts', 'appendFileSync(', 'return appendFileSync('),
      cell: 'tbl-sized',
      expected:
        /would run\n {2}`trace` of src\/trace\.ts changed\n[\s\S]*- +appendFileSync[\s\S]*\+ +return appendFileSync/,
    },
    'a param': {
      edit: (project) => project.edit('report-src/report.md', 'rate: 0.1, steps: 4', 'rate: 0.3, steps: 4'),
      cell: 'trained',
      expected: /would run\n {2}params\.rate changed\n {4}0\.1 -> 0\.3\n/,
    },
    'a cell above that would run first': {
      edit: (project) => project.edit('report-src/report.md', 'width: 30', 'width: 31'),
      cell: 'tbl-sized',
      expected: /would run\n {2}it uses `sized` of #sized, which would run first\n/,
    },
    'a job': {
      edit: (project) => project.edit('src/experiments/train.ts', '(1 - rate)', '(1 - rate * 1)'),
      cell: 'train',
      expected:
        /^job train seed \d, \{"rate":0\.1,"steps":4\}, would run\n {2}`train` of src\/experiments\/train\.ts changed\n/,
    },
  }
  for (const [what, { edit, cell, expected }] of Object.entries(changes)) {
    it(`should find that ${what} changed`, async (t) => {
      const project = copyOf(t, built)
      edit(project)
      assert.match(await why(project, cell), expected)
    })
  }

  it('should name the changed declaration from the lock if the old code is gone', async (t) => {
    const project = copyOf(t, built)
    rmSync(project.path('dist'), { recursive: true })
    project.edit('src/trace.ts', 'appendFileSync(', 'return appendFileSync(')
    const text = await why(project, 'tbl-sized')
    assert.match(text, /would run\n {2}`trace` of src\/trace\.ts changed\n {2}it uses `sized`/)
  })

  it('should report a missing result', async (t) => {
    const project = copyOf(t, built)
    rmSync(project.path('dist'), { recursive: true })
    rmSync(project.path('report-src/freeze'), { recursive: true })
    assert.match(await why(project, 'sized'), /would run\n {2}it has no earlier result\n/)
  })

  it('should refuse an unknown label', async () => {
    const { code, stderr } = await weftHere(built.folder, ['why', 'traind'])
    assert.equal(code, 1)
    assert.match(
      stderr,
      /^weft: Unknown label `traind`, expected that of a cell, or the name of an experiment or a job: did you mean `trained`\?/m,
    )
    const none = await weftHere(built.folder, ['why'])
    assert.match(none.stderr, /^weft: Unexpected 0 labels, expected `weft why LABEL`/m)
  })

  it('should give the changed declaration as the reason in a build', async (t) => {
    const project = copyOf(t, built)
    project.edit('report-src/training.md', 'Loss before and after', 'Losses before and after')
    const { code, stdout, text } = await project.weft()
    assert.equal(code, 0, text)
    assert.match(stdout, /ran +#fig-trained +its own default export changed/)
  })
})
