import assert from 'node:assert/strict'
import { appendFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { openEventFile, openEventReader } from '../../../../src/render/execute/jobs/job-events.ts'
import { temporaryProject } from '../temporary-project.ts'

it('a reader should give what has come since its last look, and wait for a line that is not whole', (t) => {
  const path = join(temporaryProject(t, {}), 'events.jsonl')
  const read = openEventReader(path)
  assert.deepEqual(read(), [], 'there is no file yet')
  const tell = openEventFile(path)
  tell({ type: 'started', key: 'a' }, { type: 'alive' })
  assert.deepEqual(read(), [{ type: 'started', key: 'a' }, { type: 'alive' }])
  assert.deepEqual(read(), [])
  appendFileSync(path, '{"type":"log","key":"a","text":"gr')
  assert.deepEqual(read(), [])
  appendFileSync(path, 'ün"}\nbroken\n{"type":"ended"}\n')
  assert.deepEqual(read(), [{ type: 'log', key: 'a', text: 'grün' }, { type: 'ended' }])
})

it('a file that somebody has removed should stay away', (t) => {
  const path = join(temporaryProject(t, {}), 'events.jsonl')
  const tell = openEventFile(path)
  rmSync(path)
  tell({ type: 'alive' })
  assert.equal(existsSync(path), false)
})
