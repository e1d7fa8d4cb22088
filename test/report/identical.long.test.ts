import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { Project } from './project.ts'
import { copyOf, projectOf } from './project.ts'
import { publishedBy } from './published-by.ts'

async function datesOf(project: Project): Promise<(string | undefined)[]> {
  const bytes = readFileSync(project.path('dist/report.pdf'))
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  return [pdf.getCreationDate(), pdf.getModificationDate()].map((date) => date?.toISOString())
}

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

  it('should give equal bytes of all files, even the record, from the same accepted results', async (t) => {
    const published = copyOf(t, here)
    const accepted = await published.weft(['accept', 'report.md'])
    assert.equal(accepted.code, 0, accepted.text)
    const clone = copyOf(t, published, 'eine Kopie')
    rmSync(clone.path('dist'), { recursive: true })
    const { code, text } = await clone.weft(['report.md'], {
      ...{ TZ: 'America/St_Johns', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', USER: 'somebody' },
      LOGNAME: 'somebody',
    })
    assert.equal(code, 0, text)
    const [one, other] = [publishedBy(published), publishedBy(clone)]
    assert.deepEqual([...other.keys()], [...one.keys()])
    for (const [name, bytes] of one) assert.ok(bytes.equals(other.get(name)!), `${name} differs`)
    assert.match(String(one.get('provenance.json')), /"computedAt":/)
  })

  it('should be dated by SOURCE_DATE_EPOCH, or else by the front matter, and differ only in that', async (t) => {
    const again = copyOf(t, there)
    const { code, text } = await again.weft(['report.md'], {
      SOURCE_DATE_EPOCH: '1234567890',
      TZ: 'Asia/Tokyo',
    })
    assert.equal(code, 0, text)
    assert.deepEqual(await datesOf(there), ['2026-11-30T00:00:00.000Z', '2026-11-30T00:00:00.000Z'])
    assert.deepEqual(await datesOf(again), ['2009-02-13T23:31:30.000Z', '2009-02-13T23:31:30.000Z'])
    const published = publishedBy(again)
    const changed = [...publishedBy(there)].filter(([name, bytes]) => !bytes.equals(published.get(name)!))
    assert.deepEqual(
      changed.map(([name]) => name),
      ['report.digests.json', 'report.pdf'],
    )
  })

  it('should be equal whether the result that a cell uses was computed or stored', async (t) => {
    const project = projectOf(t, 'values')
    project.write(
      'report.md',
      [
        '---\ntitle: Order\n---',
        '```ts exec #rows\nexport const rows = [{ zebra: 1, ant: 2 }]\n```',
        '```ts exec #tbl-rows',
        "import { table } from 'weft/output'",
        "export default table(rows, { caption: 'The first.' })",
        '```',
      ].join('\n'),
    )
    const ran = await project.weft(['report.md'])
    assert.equal(ran.code, 0, ran.text)
    const before = project.read('dist/report.html')
    project.edit('report.md', 'The first.', 'The fifth.')
    const reused = await project.weft(['report.md'])
    assert.equal(reused.code, 0, reused.text)
    assert.match(before, /zebra.*ant/)
    // The shown code does not contain the caption in one piece, because its colours split it.
    assert.equal(project.read('dist/report.html').replaceAll('The fifth.', 'The first.'), before)
  })
})
