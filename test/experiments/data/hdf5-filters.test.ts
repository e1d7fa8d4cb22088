import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { checkFilters, filterName, pluginFolder } from '../../../src/experiments/data/hdf5/filters.ts'
import { H5Error } from '../../../src/experiments/data/hdf5/h5-error.ts'
import type { Wasm } from '../../../src/experiments/data/hdf5/wasm.ts'
import { inspectH5, readH5 } from '../../../src/experiments/data/hdf5.ts'
import { runFlags, runnable } from '../../as-run.ts'
import { expectedRows, tableOf } from './hdf5-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Name in messages -> number and settings. */
const filters: Readonly<Record<string, readonly [id: number, settings: readonly number[]]>> = {
  lzf: [32000, []],
  blosc: [32001, [0, 0, 0, 0, 5, 1, 1]],
  lz4: [32004, [0]],
  bitshuffle: [32008, [0, 2]],
  zstd: [32015, [3]],
  bzip2: [307, [9]],
  blosc2: [32026, [0, 0, 0, 0, 5, 1, 0]],
}

// In a process of its own: what writes a filter has loaded its plugin, and would read with it too.
const writing = `
  import { readFileSync } from 'node:fs'
  import { File, ready } from 'h5wasm/node'
  const { filters, folder, plugins, tables } = JSON.parse(readFileSync(0, 'utf8'))
  const wasm = await ready
  wasm.insert_plugin_search_path(plugins, 0)
  for (const [name, [compression, compression_opts]] of Object.entries(filters)) {
    const file = new File(folder + '/' + name + '.h5', 'w')
    for (const [table, values] of Object.entries(tables)) {
      const [data, shape] = [Float64Array.from(values), [values.length / 785, 785]]
      file.create_dataset({ name: table, data, dtype: '<d', shape, chunks: [7, 785], compression, compression_opts })
    }
    file.close()
  }`

test('readH5 of files packed by plugins', async (t) => {
  const folder = await temporaryFolder(t)
  const tables = {
    trainData: [...tableOf(40, (level) => level / 255)],
    testData: [...tableOf(9, (level) => level / 255)],
  }
  const plugins = pluginFolder()
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', writing], {
    input: JSON.stringify({ filters, folder, plugins, tables }),
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)

  await t.test('should refuse a damaged chunk, print nothing, and read on', async () => {
    const paths = []
    for (const name of ['lz4', 'lzf']) {
      const [good, damaged] = [join(folder, `${name}.h5`), join(folder, `damaged-${name}.h5`)]
      const bytes = await readFile(good)
      const middle = Math.floor(bytes.length / 2)
      await writeFile(damaged, bytes.fill(255, middle, middle + 400))
      paths.push(damaged, good)
    }
    const script = runnable(new URL('./hdf5-read-all.ts', import.meta.url))
    const flags = [...runFlags, script, folder, ...paths]
    const { stdout, stderr, status } = spawnSync(process.execPath, flags, { encoding: 'utf8' })
    assert.equal(stderr, '')
    assert.equal(status, 0)
    const [lz4, first, lzf, second, ...more] = stdout.split('\n')
    assert.match(lzf!, /expected rows 0 to 39 of `trainData`, found damage: a filter failed$/)
    assert.match(lz4!, /expected rows 0 to 39 of `trainData`, found damage: filter returned failure/)
    assert.deepEqual([first, second, ...more], ['nothing', 'nothing', ''])
  })

  for (const name of Object.keys(filters)) {
    await t.test(`should unpack ${name}`, async () => {
      const path = join(folder, `${name}.h5`)
      const { rows, facts, normalisation } = await readH5(path)
      assert.deepEqual(rows, { train: expectedRows(40), test: expectedRows(9) })
      assert.deepEqual(facts.train?.filters, [name])
      assert.equal(normalisation.name, 'unit')
      assert.deepEqual(
        (await inspectH5(path)).sets.map(({ facts }) => facts.filters),
        [[name], [name]],
      )
    })
  }
})

test('checkFilters', async (t) => {
  const wasm = { get_plugin_search_paths: () => [] } as unknown as Wasm
  const of = (id: number, name = '') => ({ id, name, cd_values: [] as number[] })
  const check = (list: ReturnType<typeof of>[]) =>
    checkFilters({ name: 'data.h5', wasm }, 'trainData', list, () => undefined)

  await t.test(
    'should say how to get a plugin that is not installed, in the version that was tried',
    async () => {
      const { peerDependencies } = JSON.parse(await readFile('package.json', 'utf8'))
      const version = peerDependencies['h5wasm-plugins']
      for (const [name, [id]] of Object.entries(filters)) {
        assert.throws(
          () => check([of(2), of(id)]),
          (error) => {
            assert.ok(error instanceof H5Error)
            assert.equal(error.rule, 'has-known-filters')
            assert.equal(
              error.message,
              `Cannot use \`data.h5\`, expected \`trainData\` uncompressed or compressed with gzip, found the filter ${name}: install its plugin by \`npm install h5wasm-plugins@${version}\`, or write the file anew with gzip`,
            )
            return true
          },
        )
      }
    },
  )

  await t.test('should name filters that no plugin can undo', () => {
    const refused = (list: ReturnType<typeof of>[], found: string) =>
      assert.throws(() => check(list), {
        message: `Cannot use \`data.h5\`, expected \`trainData\` uncompressed or compressed with gzip, found the filter ${found}: write the file anew with gzip`,
      })
    refused([of(4)], 'szip')
    refused([of(32013)], 'zfp')
    // A plugin would not help here.
    refused([of(32000), of(32099, 'own; a filter')], 'own; a filter (number 32099)')
  })

  await t.test('should need no plugin for the filters of HDF5 itself', () => {
    assert.equal(check([of(1), of(2), of(3), of(5), of(6)]), undefined)
    assert.equal(check([]), undefined)
    assert.equal(filterName({ ...of(1), cd_values: [4] }), 'gzip 4')
  })
})
