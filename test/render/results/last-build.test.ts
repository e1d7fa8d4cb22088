import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import test from 'node:test'
import { sha256 } from '../../../src/render/model/digest.ts'
import { allLastKeys, lastBuild, lastKeys } from '../../../src/render/results/last-build.ts'
import { temporaryProject } from '../execute/temporary-project.ts'

test('lastKeys should give the keys of the last build, and nothing of a damaged file', (t) => {
  const paths = { cache: join(temporaryProject(t, {}), 'cache'), stem: 'report' }
  const [full, quick] = ['full', 'quick'].map((profile) => lastBuild(paths, profile)) as [string, string]
  assert.deepEqual([lastKeys(paths, 'full'), allLastKeys(paths.cache)], [{}, []])
  const key = sha256('a')
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(quick, JSON.stringify({ cells: { a: key } }))
  for (const text of ['', '{', '{}', 'null', '[]', '{"cells":null}', '{"cells":{"a":1}}', '{"cells":"x"}']) {
    writeFileSync(full, text)
    assert.deepEqual(lastKeys(paths, 'full'), {}, text)
  }
  assert.deepEqual(lastKeys(paths, 'quick'), { a: key })
  assert.deepEqual(allLastKeys(paths.cache), [key])
})
