import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { builtinModules } from 'node:module'
import { test } from 'node:test'
import { globalNames } from '../../../src/render/notebook/global-names.ts'

test('globalNames should have every name of a module on this Node, and none of its built-in modules', (t) => {
  const [major] = process.versions.node.split('.')
  if (Number(major) > 24) return t.skip('it lists those of Node 20 to 24')
  const code = 'console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis)))'
  const own = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' })
  // `--eval` adds those that a console has.
  const builtIn = new Set(builtinModules)
  const names = (JSON.parse(own) as string[]).filter((name) => !builtIn.has(name) && name !== 'require')
  assert.deepEqual(
    names.filter((name) => !globalNames.includes(name)),
    [],
  )
  assert.ok(names.length > 60 && !globalNames.includes('path'))
})
