import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { keysIn } from '../../src/render/cache/result-store.ts'
import { weftHome } from '../../src/render/model/home.ts'
import { cell, reportOf, temporaryProject } from '../render/execute/temporary-project.ts'

const jobs = 12

const files = {
  'square.ts': `import { defineExperiment } from 'weft/experiment'
export const square = defineExperiment({
  name: 'square',
  params: { parse: (value: unknown) => value as { x: number } },
  run: ({ x }) => ({ value: x ** 2 }),
})
`,
  'report.md': reportOf(
    cell(
      'sweep',
      "import { sweep } from 'weft/experiment'",
      "import { square } from './square.ts'",
      `const all = await sweep(square, Array.from({ length: ${jobs} }, (_, x) => ({ x })))`,
      'export const total = all.reduce((sum, { result }) => sum + result.value, 0)',
    ),
  ),
}

/** Gives the code below a scheduler's name in the guide. */
function exampleOf(name: string): string {
  const guide = readFileSync(join(weftHome(), 'docs/guide/machines.md'), 'utf8')
  const code = new RegExp(`^\\*\\*${name}\\*\\*[^]*?\`\`\`\\w+\\n([^]*?)\`\`\``, 'm').exec(guide)?.[1]
  assert.ok(code !== undefined, `the guide has an example of ${name}`)
  return code
}

function projectOf(t: Parameters<typeof temporaryProject>[0]) {
  const root = temporaryProject(t, files)
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true })
  symlinkSync(weftHome(), join(root, 'node_modules/weft'))
  symlinkSync('../weft/lib/cli.js', join(root, 'node_modules/.bin/weft'))
  const sh = (script: string, env: NodeJS.ProcessEnv = {}) => {
    writeFileSync(join(root, 'script.sh'), script)
    return execFileSync('sh', ['script.sh'], {
      cwd: root,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }
  const list = () => sh('npx weft jobs --missing > jobs.txt')
  return { root, sh, list, stored: () => keysIn(join(root, 'dist/.cache/freeze')).length }
}

// GNU parallel, which few machines have, and two clusters are not tried.
describe('the examples of the guide for other schedulers', { concurrency: false }, () => {
  it('should run all jobs by xargs, then build', (t) => {
    const { root, sh } = projectOf(t)
    sh(exampleOf('xargs'))
    assert.equal(readFileSync(join(root, 'jobs.txt'), 'utf8').split('\n').length, jobs + 1)
    const page = readFileSync(join(root, 'dist/report.html'), 'utf8')
    assert.match(page, /<html/)
    assert.equal(sh('npx weft jobs --missing'), '')
  })

  it('should run ten jobs in each task of PBS', (t) => {
    const { root, sh, list, stored } = projectOf(t)
    list()
    for (const [index, expected] of [
      ['2', 2],
      ['1', jobs],
    ] as const) {
      sh(exampleOf('PBS'), { PBS_O_WORKDIR: root, PBS_ARRAY_INDEX: index })
      assert.equal(stored(), expected)
    }
  })

  it('should run one job in each pod of Kubernetes', (t) => {
    const { sh, list, stored } = projectOf(t)
    list()
    const example = exampleOf('Kubernetes')
    assert.match(example, /^apiVersion/, 'kubectl takes YAML that begins with a brace for JSON')
    const command = /command: \[sh, -c, '([^']+)'\]/.exec(example)?.[1]
    assert.ok(command !== undefined, 'a pod has a command')
    sh(command, { JOB_COMPLETION_INDEX: '0' })
    sh(command, { JOB_COMPLETION_INDEX: String(jobs - 1) })
    assert.equal(stored(), 2)
  })
})
