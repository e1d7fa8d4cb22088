import assert from 'node:assert/strict'
import { rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { copyOf, projectOf } from './project.ts'

describe('weft build --untrusted', () => {
  const accepted = projectOf({ after }, 'traced')

  before(async () => {
    const { code, text } = await accepted.weft(['accept'])
    assert.equal(code, 0, text)
  })

  it('should mark what was never accepted, and end with status 1', async (t) => {
    const project = copyOf(t, accepted)
    const source = project.read('report-src/report.md')
    project.write(
      'report-src/report.md',
      `${source}\n\nAnd \`{ts} 1 + 1\`.\n\n\`\`\`ts exec #later\nexport default 1\n\`\`\`\n`,
    )
    project.ran()
    const { code, text } = await project.weft(['--untrusted'])
    assert.equal(code, 1, text)
    assert.match(text, /the lock has none that was accepted/)
    assert.match(
      text,
      /Cannot show `#later` as it is, .* there is no accepted one, and a report that is not trusted runs nothing/,
    )
    assert.match(project.read('dist/report.html'), /weft-value weft-missing" data-value="[^"]+">\[1 \+ 1\]/)
    assert.deepEqual(project.ran(), [])
  })

  it('should write only to the folder of the report, unless told otherwise', async (t) => {
    const project = copyOf(t, accepted)
    rmSync(project.path('dist'), { recursive: true })
    symlinkSync(join(project.path('.'), '..'), project.path('dist'))
    const { code, text } = await project.weft(['--untrusted'])
    assert.equal(code, 1)
    assert.match(text, /report-is-harmless|Cannot write `dist`/)
    assert.equal((await project.weft(['--untrusted', '--out', 'elsewhere'])).code, 0)
  })
})
