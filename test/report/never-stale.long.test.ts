import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { copyOf, emptyProject } from './project.ts'

const report = `---
title: Shops
params: { full: {} }
---

\`\`\`ts exec #sales
import { readFileSync } from 'node:fs'

export const sales = readFileSync('sales.csv', 'utf8').split('\\n').map(Number)
\`\`\`

\`\`\`ts exec #total
import { run } from 'weft/experiment'
import { add } from '../src/add.ts'

export const { result: total } = await run(add, { file: 'factors.csv' })
\`\`\`

\`\`\`ts exec #best
export default Math.max(...sales)
\`\`\`

They sold \`{ts} sales[0]!\` and \`{ts} total\`.
`
const add = `import { readFile } from 'node:fs/promises'
import { defineExperiment } from 'weft/experiment'

export const add = defineExperiment({
  name: 'add',
  params: { parse: (value: unknown) => value as { file: string } },
  run: async ({ file }) => Number(await readFile(file, 'utf8')) + Math.random() / 1000,
})
`

describe('a build', () => {
  const project = emptyProject({ after })
  project.write('package.json', '{ "name": "shops", "type": "module" }')
  project.write('report-src/report.md', report)
  project.write('report-src/sales.csv', '3\n5')
  project.write('report-src/factors.csv', '1000')
  project.write('src/add.ts', add)

  before(async () => {
    const { code, text } = await project.weft(['accept'])
    assert.equal(code, 0, text)
  })

  it('should run cells again that read a changed file, say so, and reuse everything else', async (t) => {
    const changed = copyOf(t, project)
    changed.write('report-src/sales.csv', '4\n5')
    const cached = await changed.weft(['build', '--cached'])
    assert.equal(cached.code, 1)
    assert.match(cached.stderr, /`#sales` as it is, its result is missing.* result-is-current/)
    assert.match(changed.read('dist/report.html'), /They sold <span[^>]*>3</)
    const why = await changed.weft(['why', 'sales'])
    assert.match(why.stdout, /report-src\/sales\.csv, which was read, changed/)
    const { code, text, stdout } = await changed.weft()
    assert.equal(code, 0, text)
    assert.match(stdout, / ran +#sales +report-src\/sales\.csv changed /)
    assert.match(stdout, / ran +#best +sales changed /)
    assert.doesNotMatch(stdout, /#total/)
    assert.match(changed.read('dist/report.html'), /They sold <span[^>]*>4</)
    changed.write('report-src/sales.csv', '3\n5')
    const back = await changed.weft(['build', '--cached'])
    assert.equal(back.code, 0, back.text)
    assert.match(changed.read('dist/report.html'), /They sold <span[^>]*>3</)
  })

  it('should run a job and its cell again if the job read a changed file', async (t) => {
    const changed = copyOf(t, project)
    changed.write('report-src/factors.csv', '2000')
    const { code, text, stdout, stderr } = await changed.weft()
    assert.equal(code, 0, text)
    assert.match(stdout, / ran +#total +report-src\/factors\.csv changed .* 1 job/)
    assert.doesNotMatch(stdout, /#sales/)
    assert.doesNotMatch(stderr, /reproducible/)
    assert.match(changed.read('dist/report.html'), /and <span[^>]*>2000\.\d+</)
    const accepted = await changed.weft(['accept'])
    assert.equal(accepted.code, 0, accepted.text)
    const cached = await changed.weft(['build', '--cached'])
    assert.equal(cached.code, 0, cached.text)
  })

  it('should say that a job gives two results, and show the accepted one until another is accepted', async (t) => {
    const again = copyOf(t, project)
    const rerun = await again.weft(['build', '--rerun'])
    assert.equal(rerun.code, 0, rerun.text)
    assert.match(rerun.stderr, /Job add seed 1 gives two results from the same sources: `exports\.result`/)
    assert.match(rerun.stderr, /that one is in report-src\/freeze, this one in dist\/\.cache\/freeze/)
    const next = await again.weft()
    assert.match(next.stdout, /reused +3 cells/)
    assert.doesNotMatch(next.stderr, /reproducible/)
    assert.equal(shown(again.read('dist/report.html')), shown(project.read('dist/report.html')))
  })
})

function shown(html: string): string {
  return /They sold [\s\S]*?<\/p>/.exec(html)![0]
}
