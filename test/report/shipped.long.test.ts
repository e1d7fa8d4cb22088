import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { foldText, pdfPages } from '../../src/render/print/pdf-text.ts'
import { notThird } from '../turns.ts'
import { home, shippedIn } from './project.ts'
import { shownNumbers } from './shown-numbers.ts'

// With the seeds of the report, .ci/run computes this profile again and finds every accepted number. So it needs this
// for a third of the changes only.
const skip = notThird(0)

describe('the shipped report with another seed, without the published data and the network', { skip }, () => {
  const project = shippedIn({ after })
  let said = ''

  before(async () => {
    const seeds = /(\n {2}quick:[\s\S]*?\n {4}seeds: )\[[^\]]*\]/
    const front = project.read('report-src/report.md')
    assert.match(front, seeds)
    project.write('report-src/report.md', front.replace(seeds, '$1[7]'))
    const empty = project.path('../home')
    mkdirSync(empty)
    const args = ['accept', '--profile', 'quick', '--prove', '--rerun']
    const { code, text } = await project.weft(args, { HOME: empty })
    said = text
    assert.equal(code, 0, text)
    assert.doesNotMatch(text, / error /)
    // One seed is enough to run everything, but too few for clear claims.
    for (const line of text.split('\n').filter((one) => / warning /.test(one)))
      assert.match(line, /claim-is-clear/)
  })

  it('should say on every page that it uses stand-in data', async () => {
    const pages = await pdfPages(new Uint8Array(readFileSync(project.path('dist/report.pdf'))))
    assert.ok(pages.length >= 3, `${pages.length} pages`)
    for (const { margins } of pages) assert.match(foldText(margins), /Stand-in data at a small size/)
  })

  it('should be verified in print', () => {
    const [, values, cells] = /proved +(\d+) values, ([\d,]+) table cells, \d+ captions in print\n/.exec(
      said,
    )!
    assert.ok(Number(values) > 300 && Number(cells!.replace(',', '')) > 600, said)
  })

  it('should have other numbers than the accepted ones, but the same facts about the data', () => {
    const changed = changedPaths(shownNumbers(home, 'quick'), shownNumbers(project.folder, 'quick'))
    assert.ok(changed.includes('binary.test.accuracy.mean'), changed.join(', '))
    assert.deepEqual(
      changed.filter((path) => /^(facts|params|binaryParams)\b/.test(path)),
      [],
    )
  })
})

function changedPaths(
  before: ReturnType<typeof shownNumbers>,
  after: ReturnType<typeof shownNumbers>,
): string[] {
  assert.deepEqual(
    after.map(({ source }) => source),
    before.map(({ source }) => source),
  )
  return before.flatMap(({ read }, index) =>
    Object.keys(read).filter((path) => read[path] !== after[index]!.read[path]),
  )
}
