import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { weftHere } from '../cli/weft-here.ts'
import type { Ended, Project } from './project.ts'
import { environmentOf, projectOf } from './project.ts'
import { told } from './told.ts'

describe('arguments that weft cannot understand', () => {
  const project = projectOf({ after }, 'traced')
  const cases: Record<
    string,
    { readonly args: readonly string[]; readonly env?: NodeJS.ProcessEnv; readonly message: RegExp }
  > = {
    'an unknown option': {
      args: ['--profil', 'quick'],
      message: /^weft: Unknown option --profil, expected .*--profile, .*: did you mean `--profile`\?\n$/,
    },
    'an unknown command': {
      args: ['acept'],
      message:
        /^weft: Unexpected command `acept`, expected init, build, .* or data, or .*: did you mean `accept`\?\n$/,
    },
    'two reports': { args: ['a.md', 'b.md'], message: /^weft: Unexpected b\.md, expected one report\n$/ },
    'an option without its value': {
      args: ['--out'],
      message: /^weft: Cannot read --out, expected a value after it, found nothing\n$/,
    },
    'options that contradict each other': {
      args: ['--cached', '--rerun'],
      message: /^weft: Unexpected --cached with --rerun, expected one of them\n$/,
    },
    'no jobs at once': {
      args: ['--jobs', '0'],
      message: /^weft: Unexpected --jobs `0`, expected a whole number from 1\n$/,
    },
    'less than no jobs at once': {
      args: ['--jobs', '-1'],
      message: /^weft: Unexpected --jobs `-1`, expected a whole number from 1\n$/,
    },
    'threads that are no number': {
      args: ['--threads', 'all'],
      message: /^weft: Unexpected --threads `all`, expected a whole number from 1\n$/,
    },
    'threads of the environment that are no number': {
      args: [],
      env: { WEFT_THREADS: '1.5' },
      message: /^weft: Unexpected WEFT_THREADS `1\.5`, expected a whole number from 1\n$/,
    },
    'an option that npm took': {
      args: [],
      env: { npm_lifecycle_event: 'report', npm_config_jobs: 'true' },
      message:
        /^weft: Cannot read --jobs, npm took it for itself: write `npm run report -- --jobs \.\.\.`\n$/,
    },
    'an unknown profile': {
      args: ['--profile', 'quik'],
      message: /report\.md\n *1:1 +error Unexpected profile `quik`, expected one of full, quick/,
    },
    'a missing report': {
      args: ['nothing.md'],
      message: /^weft: Cannot find nothing\.md, expected a Markdown file, found none\n$/,
    },
    'a mistyped report': {
      args: ['report-src/reprot.md'],
      message:
        /^weft: Cannot find report-src\/reprot\.md, expected a Markdown file, found none: did you mean `report\.md`\?\n$/,
    },
  }
  for (const [what, { args, env, message }] of Object.entries(cases)) {
    it(`should end with status 1 for ${what}`, async () => {
      const { code, stdout, stderr } = await weftHere(project.folder, args, env)
      assert.match(stderr, message)
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' })
      assert.equal(existsSync(project.path('dist')), false)
    })
  }

  it('should end with status 1 in a process of its own', async () => {
    const { code, stdout, stderr } = await project.weft(['nothing.md', '--jobs', '2'])
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, cases['a missing report']!.message)
  })
})

describe('a report that cannot be read', () => {
  const faults: Record<string, { readonly change: (project: Project) => void; readonly told: RegExp }> = {
    'a missing chapter': {
      change: (project) => rmSync(project.path('report-src/sizes.md')),
      told: /^report-src\/report\.md:5:25: Cannot read the chapter `sizes\.md`, expected .*, found none \[chapter-exists\]$/,
    },
    'an error of YAML': {
      change: (project) => project.edit('report-src/report.md', 'unused: 1 }', 'unused: 1'),
      told: /^report-src\/report\.md:(7|8|9):\d+: Cannot read the YAML, .* \[front-matter-holds\]$/,
    },
    'an unknown member of the front matter': {
      change: (project) => project.edit('report-src/report.md', 'author:', 'auhtor:'),
      told: /^report-src\/report\.md:3:1: Unexpected `auhtor`, expected one of title, .* \[front-matter-holds\]$/,
    },
    'a chapter that is not UTF-8': {
      change: (project) =>
        writeFileSync(
          project.path('report-src/sizes.md'),
          Buffer.from('# Sizes\n\nGr\xf6\xdfen\n', 'latin1'),
        ),
      told: /^report-src\/sizes\.md:3:3: Unexpected byte 0xf6, expected UTF-8.* \[chapter-exists\]$/,
    },
  }
  for (const [what, { change, told: expected }] of Object.entries(faults)) {
    it(`should be reported with its place: ${what}`, async (t) => {
      const project = projectOf(t, 'traced')
      change(project)
      const { code, stderr } = await weftHere(project.folder, [], environmentOf(project))
      assert.equal(code, 1, stderr)
      assert.match(told(stderr)[0] ?? stderr, expected)
      assert.deepEqual(project.ran(), [])
    })
  }
})

describe('a report with errors', () => {
  const project = projectOf({ after }, 'traced')
  let built: Ended

  before(async () => {
    project.edit('report-src/report.md', 'fixed(trained.last, 3)', 'fixed(traned.last, 3)')
    project.edit('report-src/sizes.md', '#tbl-sized', '#Tbl-Sized')
    project.edit(
      'report-src/sizes.md',
      '# Sizes\n',
      '# Sizes\n\n```ts exec #trained\nexport const second = 1\n```\n',
    )
    project.edit(
      'report-src/training.md',
      "trace('cell fig-trained')",
      "throw new RangeError('no paper left')",
    )
    project.edit('report-src/sizes.md', '{ width: params.width }', '{ width: String(params.width) }')
    project.edit('report-src/training.md', 'trained.last.mean < ', 'trained.last.mean > ')
    built = await project.weft()
  })

  it('should end with status 1 and report each with file, line and column', () => {
    assert.equal(built.code, 1, built.text)
    const messages = told(built.stderr)
    for (const expected of [
      /^report-src\/report\.md:11:45: Unknown name `traned`, expected .*did you mean `trained`\? \[value-resolves\]$/,
      /^report-src\/sizes\.md:3:12: Unexpected second cell `#trained`, expected one: the first is at report-src\/training\.md:3 \[label-is-unique\]$/,
      /^report-src\/sizes\.md:16:12: Unexpected label `#Tbl-Sized`, expected .* \[label-is-given\]$/,
      /^report-src\/sizes\.md:13:40: Cannot run `#sized`, Cannot run experiment `size`, unexpected params: params\.width: .*expected number, received string \[cell-runs\]$/,
      /^report-src\/training\.md:23:7: Cannot run `#fig-trained`, RangeError: no paper left \[cell-runs\]$/,
      /^report-src\/training\.md:44:1: Claim does not hold: trained\.last\.mean is 3\.28\d*, trained\.first\.mean is 5, expected .* \[claim-holds\]$/,
    ])
      assert.ok(
        messages.some((message) => expected.test(message)),
        `${expected} in\n${messages.join('\n')}\n${built.stderr}`,
      )
  })

  it('should still be printed, with failures marked and the rest in place', () => {
    const html = project.read('dist/report.html')
    assert.match(
      html,
      /<div class="weft-failure" role="alert"><p>Cannot run #fig-trained, RangeError: no paper left/,
    )
    assert.match(
      html,
      /<span class="weft-value weft-missing" data-value="[^"]+">\[fixed\(traned\.last, 3\)\]/,
    )
    assert.match(html, /<span class="weft-claim weft-false" /)
    assert.match(html, /id="tbl-trained"/)
    assert.ok(readFileSync(project.path('dist/report.pdf')).subarray(0, 5).equals(Buffer.from('%PDF-')))
  })

  it('should keep the results of the other cells and jobs for the next build', async () => {
    assert.deepEqual(project.ran(), [
      'cell sized',
      'cell tbl-trained',
      'cell trained',
      'job train rate=0.1 seed=1',
      'job train rate=0.1 seed=2',
    ])
    project.edit(
      'report-src/training.md',
      "throw new RangeError('no paper left')",
      "trace('cell fig-trained')",
    )
    const next = await project.weft()
    assert.equal(next.code, 1, next.text)
    assert.deepEqual(project.ran(), ['cell fig-trained', 'cell sized'])
  })
})
