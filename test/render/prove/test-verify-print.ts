import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Unseen } from '../../../src/render/prove/client/find-unseen.ts'
import type { Fault } from '../../../src/render/prove/piece.ts'
import { fold } from '../../../src/render/prove/printed-text.ts'
import { projectOf } from '../../report/project.ts'
import { type LoadedReport, loadReport } from './loaded-report.ts'
import { changeTexts, hideTexts, moveCell, restore, type Target, targetsOf } from './mutations.ts'

/** Tests verifyPrint with each kind of fault in those groups of what it must look at whose places are wanted. */
export function testVerifyPrint(isWanted: (place: number) => boolean): void {
  describe('verifyPrint', () => {
    const project = projectOf({ after }, 'values')
    let report: LoadedReport
    let targets: Target[]

    before(async () => {
      // The words of the print alone tell a heading from its entry in the contents by the page.
      project.edit('report.md', 'lang: en', 'lang: en\ncontents: true\nchapterbreak: page')
      report = await loadReport(project)
      targets = await targetsOf(report.page)
    })
    after(() => report.close())

    it('should find nothing wrong with a print as it was made', async () => {
      const { faults, inPrint, values, cells, captions } = await report.verify()
      assert.deepEqual([...faults, ...inPrint], [])
      assert.ok(values >= 40 && cells >= 30 && captions >= 3, `${values} ${cells} ${captions}`)
    })

    it('should look at values, cells, captions and what cells wrote', () => {
      const texts = targets.map(({ text }) => text)
      for (const text of [
        '1,234,567',
        'Row 6',
        '29.03 %',
        'Table 1.',
        'Share',
        '0.321 ± 0.012',
        'aäz',
        '3',
        '0.93',
      ])
        assert.ok(texts.includes(text), `${text} in ${texts.join('; ')}`)
      assert.ok(targets.length >= 85, `${targets.length} targets`)
    })

    const changes = {
      ...{ drop: ['drop'], change: ['change'], minus: ['minus'], swap: ['swap'] },
      'a sign before it': ['-…', '> …', '\u2248…'],
      'more behind it': ['…\u00a0%', '…·10⁻³', '… million', '…\u2009×\u20092'],
    }
    for (const [what, hows] of Object.entries(changes)) {
      it(`should miss each value, cell and number of a caption: ${what}`, async () => {
        const [first = ''] = hows
        const changed = targets.filter((target, place) => isChanged(target, targets[place + 1], first))
        assert.ok(changed.length >= (first === 'minus' ? 1 : 80), `${changed.length}`)
        for (const [number, group] of [...groupsOf(changed).entries()].filter(([place]) => isWanted(place))) {
          const how = hows[number % hows.length]!
          const indexes = group.map(({ index }) => index)
          await changeTexts(report.page, indexes, how)
          const { faults, inPrint } = await report.verify().finally(() => restore(report.page))
          assertTold(faults, group, how)
          // What was added behind a formula or at a line's end alone may be one of its parts to the words of the print.
          if (!how.includes('…')) assertTold(inPrint, group, how)
        }
        assert.deepEqual((await report.verify()).faults, [])
      })
    }

    function assertTold(faults: readonly Fault[], group: readonly Target[], how: string): void {
      const reasons = faults.map(({ spot, reason }) => `${spot.file}:${spot.position?.start.line} ${reason}`)
      for (const target of group)
        assert.ok(
          faults.some((fault) => isAbout(target, fault)),
          `${how} ${JSON.stringify(target)}:\n${reasons.join('\n')}`,
        )
      // What was left alone is not blamed for long.
      assert.ok(
        reasons.length <= 4 * group.length,
        `${how} ${group.map(({ text }) => text)}:\n${reasons.join('\n')}`,
      )
    }

    for (const how of ['move', 'shift'] as const) {
      it(`should see a cell that went into an empty column beside it: ${how}`, async () => {
        const texts = await moveCell(report.page, -1, how)
        assert.deepEqual([...new Set(texts)].sort(), ['21', '22', '23', '25', 'Second'])
        for (const [index, text] of [...texts.entries()].filter(([place]) => isWanted(place))) {
          await moveCell(report.page, index, how)
          const { faults } = await report.verify().finally(() => restore(report.page))
          const reasons = faults.map(({ reason }) => reason)
          assert.ok(
            reasons.some((reason) => reason.startsWith(`Cannot find the cell \`${text}\``)),
            `${how} ${text}: ${reasons.join('\n')}`,
          )
        }
        assert.deepEqual((await report.verify()).faults, [])
      })
    }

    // The fault is told at the place of the value, or else of the cell that shows it, which it names.
    function isAbout({ id, figure, cell, text }: Target, { spot, reason }: Fault): boolean {
      const { tree, results } = report.shown
      const owner =
        results.expressions.get(id ?? '')?.expression ??
        tree.cells.find(({ label }) => label === (figure || cell))
      const isThere = spot.file === owner?.file && spot.position?.start.line === owner.position.start.line
      return isThere && reason.split(figure === '' ? ' in the print' : ', found')[0]!.includes(fold(text))
    }

    const hidings = {
      'is invisible': 'visibility:hidden',
      'is not displayed': 'display:none',
      'is white': 'color:#fff',
      'lets all through': 'opacity:0',
      'is cut off': 'display:inline-block;width:2px;height:1em;overflow:hidden;white-space:nowrap',
      'is clipped': 'display:inline-block;clip-path:inset(50%)',
      'is too small to read': 'font-size:.1px',
      'is scaled away': 'display:inline-block;transform:scale(.01)',
      'has left the page': 'position:relative;left:-3000px',
      'is covered': 'cover',
    }
    for (const [what, how] of Object.entries(hidings)) {
      it(`should see that any value, cell or number of a caption ${what}`, async () => {
        for (const part of [0, 1, 2, 3].filter(isWanted)) {
          const group = targets.filter((_, index) => index % 4 === part)
          await hideTexts(
            report.page,
            group.map(({ index }) => index),
            how,
          )
          const { unseen } = await report.audit().finally(() => restore(report.page))
          const seen = group.filter((target) => !unseen.some((one) => isOf(target, one)))
          assert.deepEqual(seen, [])
        }
        assert.deepEqual((await report.audit()).unseen, [])
      })
    }
  })
}

function isChanged({ text }: Target, next: Target | undefined, how: string): boolean {
  if (how === 'minus') return text.includes('\u2212')
  if (how === 'swap')
    return next !== undefined && next.text !== text && !next.text.includes(text) && !text.includes(next.text)
  return true
}

// Of a table only one cell at a time, of the prose what stands apart.
function groupsOf(targets: readonly Target[]): Target[][] {
  const groups = new Map<number, Target[]>()
  const counts = new Map<string, number>()
  for (const target of targets) {
    const count = counts.get(target.figure) ?? 0
    counts.set(target.figure, count + 1)
    const number = target.figure === '' ? count % 24 : count
    groups.set(number, [...(groups.get(number) ?? []), target])
  }
  return [...groups.values()]
}

function isOf({ id, figure, cell, text }: Target, one: Unseen): boolean {
  if (id !== undefined) return one.id === id
  return one.label === (figure || cell) && one.text.includes(text.slice(0, 40))
}
