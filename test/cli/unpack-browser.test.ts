import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { runFlags, runnable } from '../as-run.ts'

const program = runnable(new URL('../../src/cli/unpack-browser.ts', import.meta.url))

test('what npm starts should unpack no browser where builds use another one', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weft-test-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const env = { ...process.env, XDG_CACHE_HOME: folder, WEFT_BROWSER: '/usr/bin/chromium' }
  const written = execFileSync(process.execPath, [...runFlags, program], { env, encoding: 'utf8' })
  assert.deepEqual([written, readdirSync(folder)], ['', []])
})
