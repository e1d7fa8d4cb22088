import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VFile } from 'vfile'
import type { Rest } from '../../../src/render/model/rest.ts'
import type { Session } from '../../../src/render/pipeline/session.ts'
import type { Draft, Pages, Program, Run, Source } from '../../../src/render/pipeline/stages.ts'
import { openLoop } from '../../../src/render/preview/loop.ts'

interface Faked {
  /** Called while the pages are made that an author who pauses gets. */
  onAssemble(): void
}

/** Opens a loop over a session whose report is one text. */
function opened({ onAssemble }: Faked) {
  const state = { text: 'one', log: [] as string[] }
  const sourceNow = (): Source => {
    const file = new VFile({ path: 'report.md', cwd: '/project', value: state.text })
    return {
      report: { root: '/project', files: [file], front: {} },
      tree: { cells: [] },
    } as unknown as Source
  }
  const runOf = (source: Source) => ({ source, cells: new Map() }) as unknown as Run
  const textOf = ({ source }: Run) => String(source.report.files[0])
  const session = {
    options: {},
    read: sourceNow,
    bundle: async (source: Source) => ({ source }) as Program,
    run: async ({ source }: Program) => runOf(source),
    carry: async (_: Run, { source }: Program) => runOf(source),
    draft: async (run: Run) => ({ parts: [], run, files: [] }) as unknown as Draft,
    async assemble(run: Run, rest?: Rest) {
      if (state.log.length > 0) onAssemble()
      // As long work does, which others interrupt.
      for (let piece = 0; piece < 3; piece++) await rest?.()
      return { run } as never
    },
    typeset: async ({ run }: { run: Run }) =>
      ({ parts: [], files: [], assembly: { run } }) as unknown as Pages,
    prepare: async () => {},
  } as unknown as Session
  let pause = (_text: string) => {}
  const paused = new Promise<string>((resolve) => {
    pause = resolve
  })
  const loop = openLoop(session, undefined, {
    onStart() {},
    onProgram() {},
    onShown: ({ draft: { run } }) => void state.log.push(`shown ${textOf(run)}`),
    onPause({ assembly: { run } }) {
      state.log.push(`whole ${textOf(run)}`)
      pause(textOf(run))
    },
    onStopped: ({ message }) => void state.log.push(message),
  })
  return { state, loop, paused }
}

describe('openLoop', () => {
  it('should leave what takes long once a file changes, and show the change first', async () => {
    let saves = 0
    const { state, loop, paused } = opened({
      onAssemble() {
        if (saves++ > 0) return
        state.text = 'two'
        loop.change(['/project/report.md'])
        // Longer than work goes on without a rest.
        for (const until = performance.now() + 20; performance.now() < until; );
      },
    })
    loop.change([])
    assert.equal(await paused, 'two')
    await loop.close()
    assert.deepEqual(state.log, ['shown one', 'shown two', 'whole two'])
  })

  it('should show a change that nobody told it of before it makes whole pages of it', async () => {
    const { state, loop, paused } = opened({ onAssemble() {} })
    loop.change([])
    await loop.idle()
    state.text = 'two'
    assert.equal(await paused, 'two')
    await loop.close()
    assert.deepEqual(state.log, ['shown one', 'shown two', 'whole two'])
  })
})
