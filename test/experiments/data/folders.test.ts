import assert from 'node:assert/strict'
import { join } from 'node:path'
import test from 'node:test'
import { cacheFolder } from '../../../src/experiments/data/folders.ts'

test('cacheFolder', async (t) => {
  await t.test('should follow the convention of each platform', () => {
    assert.equal(cacheFolder({ platform: 'linux', env: { HOME: '/h' } }), '/h/.cache/weft/data')
    assert.equal(cacheFolder({ platform: 'darwin', env: { HOME: '/h' } }), '/h/Library/Caches/weft/data')
    assert.equal(cacheFolder({ platform: 'win32', env: { HOME: '/h', LOCALAPPDATA: '/l' } }), '/l/weft/data')
    assert.equal(
      cacheFolder({ platform: 'win32', env: { HOME: '/h' } }),
      join('/h', 'AppData', 'Local', 'weft', 'data'),
    )
  })

  await t.test('should prefer XDG_CACHE_HOME if it is absolute', () => {
    assert.equal(
      cacheFolder({ platform: 'darwin', env: { HOME: '/h', XDG_CACHE_HOME: '/x' } }),
      '/x/weft/data',
    )
    assert.equal(
      cacheFolder({ platform: 'linux', env: { HOME: '/h', XDG_CACHE_HOME: 'x' } }),
      '/h/.cache/weft/data',
    )
  })
})
