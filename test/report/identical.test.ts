import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { projectOf } from './project.ts'
import { publishedBy } from './published-by.ts'

describe('two builds of the same sources', { concurrency: 2 }, () => {
  const here = projectOf({ after }, 'values')
  const there = projectOf({ after }, 'values', 'einem ganz anderen Ordner mit Umläuten (ä)')

  before(async () => {
    const built = await Promise.all([
      here.weft(['report.md'], { TZ: 'Asia/Tokyo', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' }),
      there.weft(['report.md'], { TZ: 'America/St_Johns', LC_ALL: 'C', LANG: 'C' }),
    ])
    for (const { code, text } of built) assert.equal(code, 0, text)
  })

  it('should give equal bytes in any folder, time zone and language', async () => {
    const [one, other] = [publishedBy(here), publishedBy(there)]
    assert.deepEqual(
      [...one.keys()],
      [
        'figures/fig-days.svg',
        'figures/fig-days.vl.json',
        'provenance.json',
        'provenance.schema.json',
        'report.digests.json',
        'report.html',
        'report.pdf',
      ],
    )
    assert.deepEqual([...other.keys()], [...one.keys()])
    // Each project was computed separately: only the record, and therefore its digest, contains the time.
    const apart = ['provenance.json', 'report.digests.json']
    for (const [name, bytes] of one)
      if (!apart.includes(name)) assert.ok(bytes.equals(other.get(name)!), `${name} differs`)
    const untimed = (bytes: Buffer | undefined) =>
      String(bytes).replace(/,"computedAt":"[^"]*","elapsedMs":\d+/g, '')
    assert.equal(untimed(one.get('provenance.json')), untimed(other.get('provenance.json')))
  })
})
