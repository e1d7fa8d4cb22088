import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findPackage, unpackBrowser } from '../../../src/render/print/bundled.ts'
import { type Machine, thisMachine } from '../../../src/render/print/cache-folder.ts'
import { unpackAhead } from '../../../src/render/print/unpack-ahead.ts'

const machine: Machine = { ...thisMachine(), env: {} }
const isBundled = machine.platform === 'linux' && machine.arch === 'x64'

describe('unpackAhead', () => {
  test('should leave the browser where a build finds it', { skip: !isBundled }, async () => {
    const folder = await unpackBrowser(await findPackage())
    assert.equal(await unpackAhead({ ...machine, env: { PATH: '/usr/bin' } }), folder)
  })

  test('should leave builds alone that use another browser', async () => {
    for (const name of ['WEFT_BROWSER', 'PUPPETEER_EXECUTABLE_PATH', 'CHROME_PATH'])
      assert.equal(await unpackAhead({ ...machine, env: { [name]: '/usr/bin/chromium' } }), undefined)
    assert.equal(await unpackAhead({ ...machine, platform: 'darwin' }), undefined)
    assert.equal(await unpackAhead({ ...machine, arch: 'arm64' }), undefined)
  })

  test('should leave it to the build to tell why it cannot be unpacked', async () => {
    assert.equal(await unpackAhead(machine, ['/dev/null/cache']), undefined)
    assert.equal(await unpackAhead(machine, []), undefined)
  })
})
