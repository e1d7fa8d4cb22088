import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { copyTool, run } from './tool-copy.ts'

const make = 'src/make-lib.mjs'

test('lib', async (t) => {
  const folder = copyTool(t)
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')

  await t.test('should be made with the types that each entry reaches', async () => {
    const { code, text } = await run(process.execPath, [make], { cwd: folder })
    assert.equal(code, 0, text)
    const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, { types?: string }> }
    const types = Object.values(exports).flatMap((entry) => entry.types ?? [])
    assert.ok(types.length >= 8, types.join())
    for (const file of types) assert.ok(existsSync(join(folder, file)), file)
    // Below the entries, and nothing that only the tool itself uses.
    assert.match(read('lib/types/render/output/index.d.ts'), /from '\.\/[\w-]+\.js'/)
    assert.ok(existsSync(join(folder, 'lib/types/experiments/graph/engine.d.ts')))
    assert.ok(!existsSync(join(folder, 'lib/types/cli')))
  })

  await t.test('should keep its types where only the program is made anew', async () => {
    const types = read('lib/types/experiments/experiment.d.ts')
    writeFileSync(join(folder, 'src/cli/console.ts'), `${read('src/cli/console.ts')}\nconsole.log('newer')\n`)
    const { code, text } = await run(process.execPath, [make, '--if-stale'], { cwd: folder })
    assert.equal(code, 0, text)
    assert.match(read('lib/cli.js'), /newer/)
    assert.equal(read('lib/types/experiments/experiment.d.ts'), types)
  })
})

test('lib without TypeScript', async (t) => {
  const folder = copyTool(t, { without: ['typescript'] })

  await t.test('should be made without types, and say so', async () => {
    const { code, text } = await run(process.execPath, [make], { cwd: folder })
    assert.equal(code, 0, text)
    assert.match(text, /lib\/types is not written, TypeScript is not installed/)
    assert.ok(existsSync(join(folder, 'lib/cli.js')))
  })

  await t.test('should not be packed', async () => {
    const { code, text } = await run(process.execPath, [make], { cwd: folder, env: { npm_command: 'pack' } })
    assert.equal(code, 1)
    assert.match(text, /Cannot find package 'typescript'/)
  })
})
