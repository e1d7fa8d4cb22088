import assert from 'node:assert/strict'
import test from 'node:test'
import { pageNames } from '../../../../src/render/page/split/page-names.ts'

test('pageNames should name pages after chapters, each differently', () => {
  const chapters = [
    'src/report.md',
    'src/one.md',
    'src/parts/One!.md',
    'src/index.md',
    'src/Über uns.md',
    'src/report.md',
  ]
  assert.deepEqual(pageNames(chapters), [
    'index.html',
    'one.html',
    'parts-One.html',
    'index-2.html',
    'Über-uns.html',
    'references.html',
  ])
  assert.deepEqual(pageNames(['other.md', '../ONE.md', 'one.md']), ['other.html', 'ONE.html', 'one-2.html'])
})
