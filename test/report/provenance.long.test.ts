import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { attachedTo } from '../render/print/attached-to.ts'
import { copyOf } from './project.ts'
import { projectWithAll } from './with-all.ts'

describe('the record of the origins of numbers', () => {
  const project = projectWithAll({ after })

  it('should be the same bytes in page, print and record if accepted results are built elsewhere', async (t) => {
    const accepted = await project.weft(['accept', 'report-src/report.md'])
    assert.equal(accepted.code, 0, accepted.text)
    const files = readdirSync(project.path('dist')).filter((name) => name.includes('.'))
    const before = files
      .filter((name) => !name.startsWith('.'))
      .map((name) => [name, readFileSync(project.path('dist', name))] as const)
    const clone = copyOf(t, project, 'clone elsewhere')
    const { code, text } = await clone.weft(['build', 'report-src/report.md', '--cached', '--out', 'other'], {
      TZ: 'Asia/Tokyo',
      LC_ALL: 'de_DE.UTF-8',
    })
    assert.equal(code, 0, text)
    for (const [name, bytes] of before)
      assert.ok(readFileSync(clone.path('other', name)).equals(bytes), `${name} differs`)
    const found = await attachedTo(readFileSync(clone.path('other/report.pdf')))
    assert.equal(Buffer.from(found.get('provenance.json')!).toString(), clone.read('other/provenance.json'))
    assert.match(clone.read('other/provenance.json'), /computedAt/)
    assert.equal(
      Buffer.from(found.get('report-src/report.lock.json')!).toString(),
      clone.read('report-src/report.lock.json'),
    )
  })
})
