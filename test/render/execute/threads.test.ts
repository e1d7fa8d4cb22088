import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { openExecutor } from '../../../src/render/execute/executor.ts'
import type { Host, Json } from '../../../src/render/model/types.ts'
import { temporaryProject } from './temporary-project.ts'

const host: Host = { job: () => new Promise(() => {}), progress() {}, log() {} }
const asksThread = 'import{threadId}from"node:worker_threads";export const given=threadId'

/** Runs cells one after the other in a new process, and gives what each exports as `given`. */
async function runCells(test: TestContext, codes: readonly string[], heapMb?: number): Promise<Json[]> {
  const root = temporaryProject(test, {})
  const env = { PATH: process.env.PATH, HOME: process.env.HOME }
  const executor = openExecutor({
    root,
    folder: root,
    runFolder: join(root, 'run'),
    engine: '',
    env,
    slots: 1,
    heapMb,
  })
  test.after(() => executor.close())
  const given: Json[] = []
  for (const code of codes) {
    const map = '{"version":3,"sources":[],"names":[],"mappings":""}'
    const task = { kind: 'cell', label: 'a', key: '', code, map, packages: {}, input: {} } as const
    const outcome = await executor.run(task, host)
    assert.ok(outcome.ok, JSON.stringify(outcome))
    given.push(outcome.exports.given ?? null)
  }
  return given
}

describe('the thread of a cell', () => {
  it('should be used again after cells that leave nothing in it', async (test) => {
    const codes = ['export const given=1', 'export const given=[1].map((x)=>x+1)', asksThread, asksThread]
    assert.deepEqual(await runCells(test, codes), [1, [2], 1, 2])
  })

  const traces = {
    'a method of all arrays': 'Array.prototype.left=1;export const given=0',
    'a member of Math': 'Math.left=1;export const given=0',
    'a job that it does not wait for':
      'globalThis[Symbol.for("weft.host")].job({module:"m",name:"n",params:{},seed:1});export const given=0',
    'a timer': 'setInterval(()=>{},1e6).unref();export const given=0',
    'a heap': 'const all=Array.from({length:8e6},(_,i)=>i+0.5);export const given=all.length-8e6',
  }
  for (const [name, code] of Object.entries(traces))
    it(`should end with a cell that leaves ${name}`, async (test) => {
      assert.deepEqual(await runCells(test, ['export const given=0', code, asksThread]), [0, 0, 2])
    })

  it('should show a cell nothing of the cells before it', async (test) => {
    const codes = [
      'Object.prototype.left=1;export const given=0',
      'export const given=({}).left??"nothing"',
      '/(left)/.exec("left");export const given=0',
      'export const given=RegExp.$1',
    ]
    assert.deepEqual(await runCells(test, codes), [0, 'nothing', 0, ''])
  })
})
