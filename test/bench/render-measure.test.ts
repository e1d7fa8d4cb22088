import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { OpenCandidate } from '../../bench/render/candidate.ts'
import { document } from '../../bench/render/document.ts'
import { measure } from '../../bench/render/measure.ts'
import { timesOf } from '../../bench/render/print-times.ts'
import { weft } from '../../bench/render/weft.ts'

describe('measuring a build', () => {
  let place = ''
  before(() => {
    place = mkdtempSync(join(tmpdir(), 'weft-test-'))
  })
  after(() => rmSync(place, { recursive: true, force: true }))

  const measured = (candidate: OpenCandidate) =>
    measure(candidate, { folder: join(place, 'document'), running: new Set() })

  it('should build cold, cached and edited, in one folder that is then removed', async () => {
    const done: string[] = []
    const builds = await measured({
      ...running(`require('fs').appendFileSync('report.pdf', 'x')`),
      prepare: () => done.push('prepare'),
      edit: () => done.push('edit'),
      command(phase) {
        done.push(phase)
        return running(`require('fs').appendFileSync('report.pdf', 'x')`).command(phase, '')
      },
    })
    assert.deepEqual(done, ['prepare', 'cold', 'cached', 'edit', 'edited'])
    assert.deepEqual(
      builds.map(({ phase }) => phase),
      ['cold', 'cached', 'edited'],
    )
    assert.ok(!existsSync(join(place, 'document')))
  })

  it('should say what a build that fails has printed', async () => {
    await assert.rejects(
      measured(running(`console.log('no such font'); process.exit(3)`)),
      /3: no such font$/,
    )
    assert.ok(!existsSync(join(place, 'document')))
  })

  it('should find a program that is not there', async () => {
    const candidate = { ...running(''), command: () => ({ program: 'no-such-program', args: [] }) }
    await assert.rejects(measured(candidate), /no-such-program/)
  })

  it('should refuse a build that succeeds without a PDF', async () => {
    await assert.rejects(measured(running('')), /made no PDF in phase cold/)
  })

  it('should refuse a PDF that lacks a caption', async () => {
    const lines = shown().filter((line) => line !== document.sections[3]!.figure.caption)
    await assert.rejects(
      measured(await printing(lines, 20)),
      /phase cold lacks "An oscillation of frequency 4\."$/,
    )
  })

  it('should refuse a PDF that lacks a computed value', async () => {
    // 8 ln 1.02
    await assert.rejects(
      measured(
        await printing(
          shown().filter((line) => line !== '0.1584'),
          20,
        ),
      ),
      /lacks "0\.1584"$/,
    )
  })

  it('should refuse a cold build that does not run all cells', async () => {
    await assert.rejects(
      measured(await printing(shown(), 19)),
      /expected 20 cells to run in phase cold, found 19/,
    )
  })

  it('should refuse an edited build whose PDF has the old word', async () => {
    await assert.rejects(measured(await printing(shown(), 20)), /phase edited lacks "slowly"$/)
  })

  it('should sum up rounds by their median, phase by phase', () => {
    const builds = [1, 5, 3].map((seconds) => ({ phase: 'cold' as const, seconds, cellsRun: 20 }))
    const [cold] = timesOf(weft, builds)
    assert.deepEqual(
      [cold!.phase, cold!.seconds, cold!.lowest, cold!.highest, cold!.cellsRun],
      ['cold', 3, 1, 5, 20],
    )
  })
})

/** A tool that is a program of Node's. */
function running(program: string): OpenCandidate {
  return {
    title: 'a tool',
    pdf: 'report.pdf',
    prepare() {},
    edit() {},
    command: () => ({ program: process.execPath, args: ['-e', program] }),
  }
}

/** A tool that prints the same lines always, and runs so many cells. */
async function printing(lines: readonly string[], cells: number): Promise<OpenCandidate> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([600, 1000])
  for (const [index, line] of lines.entries()) page.drawText(line, { x: 100, y: 900 - 16 * index, size: 10 })
  const bytes = await pdf.save()
  const program = `const fs = require('fs')
fs.copyFileSync('ready.pdf', 'report.pdf')
fs.writeFileSync('trace.txt', 'cell\\n'.repeat(${cells}))`
  return {
    ...running(program),
    content: document,
    prepare: (folder) => writeFileSync(join(folder, 'ready.pdf'), bytes),
  }
}

function shown(): string[] {
  const values = document.sections.map(({ table }) => (Math.log(1 + table.growth) * table.rows).toFixed(4))
  const captions = document.sections.flatMap(({ table, figure }) => [table.caption, figure.caption])
  return [document.edit.from, ...captions, ...values]
}
