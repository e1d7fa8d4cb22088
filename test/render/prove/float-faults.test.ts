import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Target } from '../../../src/render/model/types.ts'
import { findInChains, findInOrder } from '../../../src/render/prove/find-in-order.ts'
import { doubledFaults, orderFaults } from '../../../src/render/prove/float-faults.ts'
import type { Piece } from '../../../src/render/prove/piece.ts'
import { foldPage, joinPages } from '../../../src/render/prove/printed-text.ts'
import { wantedIn } from '../../../src/render/prove/wanted.ts'
import { projectOf } from '../../report/project.ts'
import { type LoadedReport, loadReport } from './loaded-report.ts'

const spot = { file: 'a.md', position: undefined }
const stop: Piece = { kind: 'stop' }
const prose = (text: string): Piece => ({ kind: 'block', what: 'prose', text, spot })
const caption = (text: string): Piece[] => [
  stop,
  { kind: 'block', what: 'caption', text, isFloat: true, isNumbered: true, spot },
  stop,
]
const value = (text: string): Piece => ({ kind: 'value', text, id: text, spot })
const words = (text: string): Piece => ({ kind: 'text', text })

describe('findInChains', () => {
  const wanted = wantedIn([
    ...[prose('First text.'), ...caption('Figure 1. One.'), prose('Second text.')],
    ...[...caption('Figure 2. Two.'), prose('Third text.')],
  ])
  const lost = (lines: string) =>
    findInChains(wanted, joinPages([foldPage(lines)])).flatMap((place, index) =>
      place ? [] : [wanted[index]!.text],
    )

  it('should find figures among other text than in the source, and nothing out of its own order', () => {
    assert.deepEqual(lost('First text.\nSecond text.\nThird text.\nFigure 1. One.\nFigure 2. Two.\nEnd.'), [])
    assert.equal(lost('First text.\nFigure 2. Two.\nSecond text.\nFigure 1. One.\nThird text.').length, 1)
    assert.equal(lost('Second text.\nFigure 1. One.\nFirst text.\nFigure 2. Two.\nThird text.').length, 1)
    assert.deepEqual(lost('First text.\nSecond text.\nFigure 2. Two.\nThird text.'), ['Figure 1. One.'])
  })

  it('should find a value between whose prose a figure stands, by one side of it, where it belongs', () => {
    const pieces = [
      words('It is '),
      value('91.2'),
      words(' in each of the cases that were seen, '),
      value('3'),
      words(' of them.'),
    ]
    const sought = wantedIn(pieces)
    const among = 'It is 91.2\nFigure 1. One.\nin each of the cases that were seen, 3 of them.'
    const found = (text: string) => findInChains(sought, joinPages([foldPage(text)])).map(Boolean)
    assert.deepEqual(findInOrder(sought, joinPages([foldPage(among)])).map(Boolean), [false, true])
    assert.deepEqual(found(among), [true, true])
    assert.deepEqual(found(among.replace('91.2', '91.3')), [false, true])
    assert.deepEqual(found('in each of the cases that were seen, 3 of them.\nIt is 91.2\nFigure 1. One.'), [
      false,
      true,
    ])
  })
})

describe('doubledFaults', () => {
  it('should tell of a caption that is printed twice, and on which pages', () => {
    const wanted = wantedIn(caption('Figure 1. One.'))
    const pages = (...texts: string[]) => joinPages(texts.map((one) => foldPage(one)))
    assert.deepEqual(doubledFaults(wanted, pages('Figure 1. One.', 'As Figure 1. One. says')), [])
    const [fault] = doubledFaults(wanted, pages('Figure 1. One.\nText', 'Text\nFigure 1. One.'))
    assert.match(
      fault!.reason,
      /second caption `Figure 1\. One\.`.*expected it once, found it on the pages 1 and 2/,
    )
  })
})

describe('orderFaults', () => {
  const target = (label: string, offset: number): Target => ({
    ...{ label, kind: label.startsWith('fig') ? 'figure' : 'table', number: '1', file: 'a.md' },
    position: { start: { line: offset, column: 1, offset }, end: { line: offset, column: 2, offset } },
  })
  const targets = [target('tbl-a', 5), target('fig-a', 1), target('fig-b', 9)]

  it('should take each figure and table once, in the order of its file', () => {
    assert.deepEqual(orderFaults(targets, ['fig-a', 'other', 'tbl-a', 'fig-b']), [])
  })

  it('should tell of one that is lost, doubled or out of order', () => {
    const reasons = (...ids: string[]) => orderFaults(targets, ids).map(({ reason }) => reason)
    assert.match(reasons('fig-a', 'fig-b')[0]!, /expected `#tbl-a` once, found none/)
    assert.match(reasons('fig-a', 'tbl-a', 'fig-b', 'fig-a')[0]!, /expected `#fig-a` once, found it 2 times/)
    assert.match(reasons('tbl-a', 'fig-a', 'fig-b')[0]!, /order.*expected `#fig-a`, found `#tbl-a`/)
  })
})

describe('verifyPrint of a report whose figures have moved', () => {
  const project = projectOf({ after }, 'values')
  let report: LoadedReport
  before(async () => {
    report = await loadReport(project)
  })
  after(() => report.close())

  /** Changes the page by a step, verifies it, and makes it as it was. */
  async function faultsOf(step: string, isFloated = true): Promise<readonly string[]> {
    await report.page.evaluate(`{
      const main = document.querySelector('main')
      globalThis.weftBefore = main.innerHTML
      const [one, other, figure] = ['tbl-rows', 'tbl-spreads', 'fig-days'].map((id) => document.getElementById(id))
      ${step}
    }`)
    const { faults } = await report.verify(isFloated)
    await report.page.evaluate(`document.querySelector('main').innerHTML = globalThis.weftBefore`)
    return faults.map(({ reason }) => reason)
  }

  it('should find a figure elsewhere only if it may have moved', async () => {
    const step = 'figure.nextElementSibling.after(figure)'
    assert.deepEqual(await faultsOf(step), [])
    assert.notDeepEqual(await faultsOf(step, false), [])
  })

  it('should miss one that is lost, doubled or out of order', async () => {
    assert.match((await faultsOf('one.remove()')).join('\n'), /`#tbl-rows` once, found none/)
    assert.match((await faultsOf('other.after(one.cloneNode(true))')).join('\n'), /second caption `Table/)
    assert.match((await faultsOf('other.after(one)')).join('\n'), /Unexpected order of figures and tables/)
  })
})
