import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyProject } from './project.ts'

const words = 'Each weight has a step of its own, which the mean and the spread of its gradients decide. '
const text = Array.from({ length: 14 }, () => words.repeat(4)).join('\n\n')

describe('a section with a limit of pages', () => {
  it('should fail the build if its text is too long, and pass if it fits', async (t) => {
    const project = emptyProject(t)
    project.write('package.json', '{"name": "report", "type": "module"}')
    project.write('report.md', `---\ntitle: Nets\n---\n\n# Adam {#sec-adam pages=1}\n\n${text}\n`)
    const over = await project.weft(['report.md'])
    assert.equal(over.code, 1, over.text)
    assert.match(
      over.stderr,
      /5:1\S* +error +Unexpected 2 pages of text in `#sec-adam`, expected at most 1 .* section-fits/,
    )
    project.edit('report.md', 'pages=1', 'pages=2')
    const fits = await project.weft(['report.md'])
    assert.equal(fits.code, 0, fits.text)
  })
})
