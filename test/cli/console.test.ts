import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { describe, it } from 'node:test'
import type { WriteStream } from 'node:tty'
import { openConsole } from '../../src/cli/console.ts'
import type { Cell, OpenedEngine, Progress, StoredResult } from '../../src/render/model/types.ts'

const controlCode = '\u001b'

/** Gives the lines that a terminal shows after some output. Understands the control codes that the status lines use. */
function screenOf(text: string): string[] {
  const lines = ['']
  let row = 0
  let column = 0
  for (const [, up, erase, character] of text
    .replaceAll(controlCode, '␛')
    .matchAll(/␛\[(\d+)A|(␛\[J)|([\s\S])/g)) {
    if (up !== undefined) row -= Number(up)
    else if (erase !== undefined) lines.splice(row, lines.length, lines[row]!.slice(0, column))
    else if (character === '\r') column = 0
    else if (character === '\n') {
      row += 1
      column = 0
      lines[row] ??= ''
    } else {
      lines[row] = lines[row]!.slice(0, column) + character + lines[row]!.slice(column + 1)
      column += 1
    }
  }
  return lines
}

function consoleOf(terminal: Partial<WriteStream>) {
  const log = Object.assign(new PassThrough(), terminal) as unknown as WriteStream
  let text = ''
  log.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
  })
  const { listener, stop } = openConsole(log, new PassThrough())
  const events = {
    started: (label: string) => listener({ type: 'cell-started', cell: { label } as Cell, parts: {} }),
    startedJob: (label: string, key: string) => listener({ type: 'job-started', label, key }),
    progressed: (step: Progress, key: string) => listener({ type: 'job-progressed', step, key }),
    endedJob: (key: string) => listener({ type: 'job-ended', key }),
    finishedJob(label: string, elapsedMs: number) {
      const job = { provenance: { elapsedMs } } as StoredResult
      listener({ type: 'job-finished', job, how: 'ran', label })
    },
    logged: (label: string, text: string) => listener({ type: 'logged', label, text }),
    openedEngine: (engine: OpenedEngine, jobs: number) => listener({ type: 'engine-opened', engine, jobs }),
  }
  const job = (number: number) => events.startedJob(`e seed ${number}`, `key${number}`)
  const step = (number: number, epoch: number, loss?: number) =>
    events.progressed({ label: `e seed ${number}`, epoch, epochs: 40, loss }, `key${number}`)
  return { events, stop, job, step, text: () => text, screen: () => screenOf(text) }
}

const terminal = { isTTY: true, columns: 60, rows: 10 }

describe('the console on a terminal', () => {
  it('should show each running job on its own line, in the order of their starts', () => {
    const { events, job, step, screen } = consoleOf(terminal)
    events.started('a')
    assert.deepEqual(screen(), ['  #a runs'])
    job(2)
    job(1)
    step(1, 3, 0.5)
    assert.deepEqual(screen(), ['  e seed 2 runs', '  e seed 1: epoch 3 of 40, loss 0.5000'])
    step(2, 1)
    events.endedJob('key1')
    assert.deepEqual(screen(), ['  e seed 2: epoch 1 of 40'])
    events.endedJob('key2')
    events.finishedJob('e seed 2', 1_250)
    assert.deepEqual(screen(), ['  e seed 2 done in 1.3 s'])
  })

  it('should distinguish two jobs with the same name', () => {
    const { events, screen } = consoleOf(terminal)
    events.startedJob('e seed 1', 'one')
    events.startedJob('e seed 1', 'other')
    events.progressed({ label: 'e seed 1', epoch: 7, epochs: 9 }, 'other')
    assert.deepEqual(screen(), ['  e seed 1 runs', '  e seed 1: epoch 7 of 9'])
    events.endedJob('one')
    assert.deepEqual(screen(), ['  e seed 1: epoch 7 of 9'])
  })

  it('should write permanent lines above the jobs, and clear the jobs at the end', () => {
    const { events, stop, job, screen } = consoleOf(terminal)
    job(1)
    job(2)
    events.logged('e seed 1', 'one\ntwo\n')
    assert.deepEqual(screen(), ['  e seed 1 | one', '  e seed 1 | two', '  e seed 1 runs', '  e seed 2 runs'])
    stop()
    assert.deepEqual(screen(), ['  e seed 1 | one', '  e seed 1 | two', ''])
  })

  it('should write no more lines than fit, and none wider than the terminal', () => {
    const { events, stop, job, screen } = consoleOf({ isTTY: true, columns: 13, rows: 4 })
    for (const number of [1, 2, 3]) job(number)
    assert.deepEqual(screen(), ['  e seed 1 r', '  e seed 2 r', '  e seed 3 r'])
    job(4)
    assert.deepEqual(screen(), ['  e seed 1 r', '  e seed 2 r', '  and 2 more'])
    events.endedJob('key1')
    assert.deepEqual(screen(), ['  e seed 2 r', '  e seed 3 r', '  e seed 4 r'])
    stop()
    assert.deepEqual(screen(), [''])
  })

  it('should show a line even if the terminal does not know its size', () => {
    const { job, screen } = consoleOf({ isTTY: true, columns: 0, rows: 0 })
    job(1)
    assert.deepEqual(screen(), ['  e seed 1 runs'])
  })
})

describe('the console without a terminal', () => {
  it('should write about ten lines for each job', () => {
    const { events, job, step, text } = consoleOf({ isTTY: false })
    for (const number of [1, 2]) {
      job(number)
      for (let epoch = 1; epoch <= 40; epoch++) step(number, epoch)
      events.endedJob(`key${number}`)
    }
    const lines = text().split('\n')
    for (const number of [1, 2])
      assert.equal(lines.filter((line) => line.startsWith(`  e seed ${number}: epoch `)).length, 10)
    assert.ok(!text().includes('\r') && !text().includes(controlCode))
  })
})

describe('the line of the engine', () => {
  it('should appear once for each engine, even if several processes report it', () => {
    const { events, text } = consoleOf({ isTTY: false })
    const onnx = { name: 'onnx', version: '1.30.0', threads: 1 }
    events.openedEngine(onnx, 2)
    events.openedEngine({ ...onnx }, 2)
    events.openedEngine({ ...onnx, threads: 4, note: 'no AVX2 here' }, 2)
    events.openedEngine({ name: 'tfjs', version: '4.22.0' }, 1)
    events.openedEngine(onnx, 2)
    assert.deepEqual(text().split('\n'), [
      '  engine onnx 1.30.0, up to 2 jobs at once, 1 thread each',
      '  engine onnx 1.30.0, up to 2 jobs at once, 4 threads each: no AVX2 here',
      '  engine tfjs 4.22.0, up to 1 job at once',
      '',
    ])
  })
})
