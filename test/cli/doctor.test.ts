import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { reportOf, temporaryProject } from '../render/execute/temporary-project.ts'
import { weftHere } from './weft-here.ts'

test('weft doctor', async (t) => {
  const folder = temporaryProject(t, {
    'report.md': reportOf('Text.\n'),
    'wrong.md': '# No front matter\n',
    'home/file': '',
  })

  await t.test('should say that a report can be built here, and change nothing', async () => {
    const before = readdirSync(folder, { recursive: true })
    const { code, stdout } = await weftHere(folder, ['doctor', '--json'], {
      XDG_CACHE_HOME: join(folder, 'home'),
    })
    const { canBuild, findings } = JSON.parse(stdout)
    assert.deepEqual([code, canBuild], [0, true], stdout)
    const of = (id: string) => findings.find((one: { readonly id: string }) => one.id === id)
    for (const id of ['node', 'bundler', 'browser', 'engine/onnx', 'engine/tfjs', 'report', 'temporary'])
      assert.equal(of(id)?.state, 'ok', `${id}: ${of(id)?.text}`)
    assert.equal(of('lock').remedy, 'npx weft accept')
    assert.deepEqual(readdirSync(folder, { recursive: true }), before)
  })

  await t.test('should say what it does, and refuse what it does not know', async () => {
    assert.match((await weftHere(folder, ['doctor', '--help'])).stdout, /^Says which engines, browser, fonts/)
    assert.match(
      (await weftHere(folder, ['doctor', 'none.md'])).stderr,
      /Cannot find none\.md, expected a report/,
    )
    assert.match(
      (await weftHere(folder, ['doctor', 'a.md', 'b.md'])).stderr,
      /Unexpected b\.md, expected one report/,
    )
  })
})
