import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'
import { weftHere } from '../cli/weft-here.ts'
import { cell, reportOf } from './first-report.ts'

describe('a first report', () => {
  it('should show every line of a long message', async (t) => {
    const project = reportOf(
      t,
      cell('long', "throw new Error('Cannot find it:\\n  looked here\\n  set WEFT_DATA')"),
    )
    const { code, text } = await project.weft(['report.md'])
    assert.equal(code, 1)
    assert.match(text, /Cannot find it:[\s\S]*looked here[\s\S]*set WEFT_DATA/)
    assert.match(project.read('dist/report.html'), /set WEFT_DATA/)
  })

  it('should report an option that npm took for itself', async (t) => {
    const project = reportOf(t, 'Text.')
    for (const name of ['profile', 'out']) {
      const env = { npm_lifecycle_event: 'report', [`npm_config_${name}`]: 'true' }
      const { code, stderr } = await weftHere(project.folder, ['build', 'quick'], env)
      assert.equal(code, 1)
      assert.match(stderr, new RegExp(`npm took it for itself: write \`npm run report -- --${name}`))
    }
    assert.equal(existsSync(project.path('dist')), false)
  })
})
