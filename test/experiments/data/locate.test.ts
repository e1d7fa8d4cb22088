import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { locate } from '../../../src/experiments/data/locate.ts'
import { temporaryFolder } from './temporary-folder.ts'

const set = { name: 'some-set', title: 'Some set', addresses: ['http://127.0.0.1:1/'] }
const file = { name: 'f.gz', bytes: 10, sha256: 'abc' }

test('locate', async (t) => {
  await t.test(
    'should find a file in WEFT_DATA, one level down in it, or in the cache, in this order',
    async (t) => {
      const [given, cache] = [await temporaryFolder(t), await temporaryFolder(t)]
      const options = { env: { WEFT_DATA: given, XDG_CACHE_HOME: cache }, addresses: [] }
      for (const folder of [join(cache, 'weft', 'data', 'some-set'), join(given, 'some-set'), given]) {
        await mkdir(folder, { recursive: true })
        await writeFile(join(folder, 'f.gz'), '')
        assert.equal(await locate(set, file, options), join(folder, 'f.gz'))
      }
    },
  )

  await t.test('should list everything tried and say what to do', async (t) => {
    const [given, cache] = [await temporaryFolder(t), await temporaryFolder(t)]
    const options = { env: { WEFT_DATA: given, XDG_CACHE_HOME: cache } }
    await assert.rejects(locate(set, file, options), (error: Error) => {
      assert.deepEqual(error.message.split('\n'), [
        'Cannot find `f.gz` of Some set:',
        `  no file ${join(given, 'f.gz')}`,
        `  no file ${join(given, 'some-set', 'f.gz')}`,
        `  no file ${join(cache, 'weft/data/some-set/f.gz')}`,
        '  Cannot download http://127.0.0.1:1/f.gz, bad port',
        'Download it (10 bytes, SHA-256 abc) from http://127.0.0.1:1/f.gz into a folder `some-set`, and set WEFT_DATA to the folder that holds it; or build with the profile `quick`, which needs no files.',
      ])
      return true
    })
  })

  await t.test('should say that WEFT_DATA is not set', async (t) => {
    const options = { env: { XDG_CACHE_HOME: await temporaryFolder(t) }, addresses: [] }
    await assert.rejects(locate(set, file, options), /Some set:\n {2}WEFT_DATA is not set\n {2}no file/)
  })

  await t.test('should look in each possible folder of a set in WEFT_DATA', async (t) => {
    const [given, cache] = [await temporaryFolder(t), await temporaryFolder(t)]
    const options = { env: { WEFT_DATA: given, XDG_CACHE_HOME: cache } }
    const folders = { ...set, addresses: [], folders: ['one', 'two'] }
    for (const folder of [join(cache, 'weft/data/some-set'), join(given, 'two'), join(given, 'one')]) {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'f.gz'), '')
      assert.equal(await locate(folders, file, options), join(folder, 'f.gz'))
    }
  })

  await t.test('should say where a file without an address comes from', async (t) => {
    const options = { env: { WEFT_DATA: await temporaryFolder(t), XDG_CACHE_HOME: await temporaryFolder(t) } }
    const lone = { ...set, addresses: [], folders: ['one', 'two'] }
    const rest =
      'Put it (10 bytes, SHA-256 abc) into a folder `one`, and set WEFT_DATA to the folder that holds it; or build with the profile `quick`, which needs no files.'
    await assert.rejects(locate(lone, file, options), (error: Error) => {
      assert.equal(error.message.split('\n').at(-1), `No address is known for it. ${rest}`)
      return true
    })
    await assert.rejects(
      locate({ ...lone, origin: 'it is drawn by hand' }, file, options),
      (error: Error) => {
        assert.equal(
          error.message.split('\n').at(-1),
          `No address is known for it: it is drawn by hand. ${rest}`,
        )
        return true
      },
    )
  })
})
