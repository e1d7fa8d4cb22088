import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { PNG } from 'pngjs'
import { readH5 } from '../../src/experiments/data/hdf5.ts'
import { temporaryFolder } from '../experiments/data/temporary-folder.ts'
import { command } from '../report/project.ts'
import { type Done, weftHere } from './weft-here.ts'

function data(folder: string, ...args: readonly string[]): Promise<Done> {
  return weftHere(folder, ['data', ...args])
}

async function outputOf(folder: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await data(folder, ...args)
  assert.equal(code, 0, stderr)
  return stdout
}

describe('weft data', () => {
  it('should show its help', async (t) => {
    const out = await outputOf(await temporaryFolder(t), '--help')
    assert.match(out, /weft data convert --to data\.h5 SOURCE/)
    assert.equal(await outputOf(await temporaryFolder(t), 'convert', '--help'), out)
  })

  const wrong: [args: string[], message: RegExp][] = [
    [[], /^Cannot run `data`, expected inspect, pin or convert, found nothing: see `weft data --help`$/],
    [['convrt'], /^Unexpected `data convrt`, expected inspect, pin or convert: did you mean `convert`\?$/],
    [['inspect'], /^Cannot inspect, expected a file, found nothing/],
    [['inspect', 'a', 'b'], /^Unexpected b, expected one file$/],
    [['inspect', 'a', '--jsn'], /^Unknown option --jsn, expected --json: did you mean `--json`\?$/],
    [['inspect', 'nothing.h5'], /^Cannot .*`nothing\.h5`/],
    [['inspect', 'page.h5'], /^Cannot use `page\.h5`, expected an HDF5 file, found /],
    [['inspect', '.'], /^Cannot use `\.`, expected a file, found a folder$/],
    [['pin', 'page.h5', '--to', 'pin.json'], /^Cannot use `page\.h5`, expected an HDF5 file, found /],
    [['convert', '--stand-in', '9'], /^Cannot convert, expected --to FILE, found none/],
    [['convert', '--to', 'x.h5'], /^Cannot convert, expected --images, --folder or --stand-in, found none/],
    [['convert', '--to'], /^Cannot read --to, expected a value after it, found nothing$/],
    [['convert', '--to', '-x', '--stand-in', '9'], /^Unexpected --to `-x`, expected a value$/],
    [['convert', '--to', 'x.h5', '--stand-in', '-3'], /`-3`, expected a whole number from 1 to 10000000$/],
    [['convert', '--to', 'x.h5', '--stand-in', '1e3'], /`1e3`, expected a whole number from 1 to 10000000$/],
    [['convert', '--to', 'x.h5', '--stand-in', '9', '--folder', 'a'], /^Unexpected --stand-in with --folder/],
    [
      ['convert', '--to', 'x.h5', '--stand-in', '9', '--gzip', '10'],
      /^Unexpected --gzip `10`, .* from 1 to 9$/,
    ],
    [['convert', '--to', 'x.h5', '--stand-in', '9', '--type', 'flot32'], /: did you mean `float32`\?$/],
    [
      ['convert', '--to', 'x.h5', '--stand-in', '9', '--type', 'uint8', '--normalisation', 'unit'],
      /^Unexpected --normalisation unit with --type uint8, expected bytes$/,
    ],
    [['convert', '--to', 'x.h5', '--images', 'a'], /^Cannot convert, expected --labels FILE with --images/],
    [['convert', '--to', 'x.h5', '--images', 'a', '--labels', 'b'], /found neither$/],
    [
      ['convert', '--to', 'x.h5', '--images', 'a', '--labels', 'b', '--test', '2'],
      /^Cannot open `a`, there is no/,
    ],
    [['convert', '--to', 'x.h5', '--folder', 'tree'], /expected the folders A to J in it, found no `A`$/],
    [['convert', '--to', 'no/x.h5', '--stand-in', '9'], /expected a folder `no`, found none$/],
    [
      ['convert', '--to', 'page.h5', '--stand-in', '9'],
      /it is there already: add --overwrite to replace it$/,
    ],
    [['convert', 'data.h5'], /^Unexpected data\.h5, expected options only/],
  ]
  for (const [args, message] of wrong) {
    it(`should say in one line what is wrong: ${args.join(' ')}`, async (t) => {
      const folder = await temporaryFolder(t)
      await writeFile(join(folder, 'page.h5'), '<!doctype html><title>Sign in</title>')
      const { code, stdout, stderr } = await data(folder, ...args)
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, /^weft: [^\n]+\n$/)
      assert.match(stderr.slice('weft: '.length, -1), message)
      assert.deepEqual(await readdir(folder), ['page.h5'])
    })
  }

  it('should do the same in a process of its own', async (t) => {
    const folder = await temporaryFolder(t)
    const make = ['convert', '--to', 'data.h5', '--stand-in', '9', '--overwrite']
    for (const args of [['convrt'], make, ['inspect', 'data.h5']]) {
      const here = await data(folder, ...args)
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'data', ...args], {
        cwd: folder,
        encoding: 'utf8',
      })
      assert.deepEqual({ code: status, stdout, stderr }, here)
    }
  })

  it('should make a file from the stand-in, inspect it and pin it', async (t) => {
    const folder = await temporaryFolder(t)
    const made = await outputOf(folder, 'convert', '--to', 'data.h5', '--stand-in', '300', '--test', '50')
    assert.equal(made, 'data.h5: trainData 300 x 785, testData 50 x 785, float64, centred\n')
    const bytes = await readFile(join(folder, 'data.h5'))

    const told = await outputOf(folder, 'inspect', 'data.h5')
    assert.match(told, /^data\.h5: 2,200,048 bytes, HDF5; pixels centred, -0\.5 to 0\.5\n/)
    assert.match(
      told,
      /\n {2}trainData {2}300 x 785, float64 little-endian, contiguous\n {4}labels {2}A \d+ /,
    )
    const { datasets, ...facts } = JSON.parse(await outputOf(folder, 'inspect', '--json', 'data.h5'))
    assert.equal(facts.normalisation.name, 'centred')
    assert.deepEqual(datasets[1].shape, [50, 785])
    const labels = Object.values<number>(datasets[1].labels)
    assert.equal(
      labels.reduce((sum, number) => sum + number, 0),
      50,
    )

    await outputOf(folder, 'pin', 'data.h5', '--to', 'pin.json')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const text = await readFile(join(folder, 'pin.json'), 'utf8')
    assert.equal(text, `${JSON.stringify({ file: 'data.h5', bytes: bytes.length, sha256 }, null, 2)}\n`)
    assert.deepEqual((await readdir(folder)).sort(), ['data.h5', 'pin.json'])
  })

  it('should write equal files for equal seeds, and compress or use bytes on request', async (t) => {
    const folder = await temporaryFolder(t)
    const standIn = ['--stand-in', '40', '--test', '5', '--type', 'uint8']
    for (const name of ['a', 'b']) await outputOf(folder, 'convert', '--to', name, ...standIn, '--seed', '7')
    await outputOf(folder, 'convert', '--to', 'c', ...standIn, '--seed', '8', '--gzip', '--chunked', '8')
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((name) => readH5(join(folder, name))))
    assert.deepEqual(await readFile(join(folder, 'a')), await readFile(join(folder, 'b')))
    assert.equal(a!.normalisation.name, 'bytes')
    assert.deepEqual(a!.rows, b!.rows)
    assert.notDeepEqual(a!.rows.train?.images, c!.rows.train?.images)
    const { layout, filters } = c!.facts.train!
    assert.deepEqual([layout, filters], ['chunked 8 x 785', ['gzip 4']])
  })

  it('should make a file from folders, and name broken images', async (t) => {
    const folder = await temporaryFolder(t)
    await writeTree(folder, 3)
    await writeFile(join(folder, 'tree/B/broken.png'), '')
    const out = await outputOf(folder, 'convert', '--to', 'data.h5', '--folder', 'tree', '--test', '10')
    assert.equal(
      out,
      'data.h5: trainData 20 x 785, testData 10 x 785, float64, centred\n1 of 31 files left out:\n' +
        '  B/broken.png: expected a PNG file, found an empty one\n',
    )
    const { rows } = await readH5(join(folder, 'data.h5'))
    for (const { images, labels, count } of [rows.train!, rows.test!]) {
      for (let row = 0; row < count; row++) assert.equal(images[row * 784], 20 * labels[row]!)
    }
  })

  it('should make a file from idx files', async (t) => {
    const folder = await temporaryFolder(t)
    const pixels = Uint8Array.from({ length: 6 * 784 }, (_, index) => index % 256)
    await writeFile(join(folder, 'images'), [
      Buffer.from([0, 0, 8, 3, 0, 0, 0, 6, 0, 0, 0, 28, 0, 0, 0, 28]),
      pixels,
    ])
    await writeFile(join(folder, 'labels'), Buffer.from([0, 0, 8, 1, 0, 0, 0, 6, 5, 4, 3, 2, 1, 0]))
    const idx = ['--images', 'images', '--labels', 'labels', '--test', '2', '--normalisation', 'signed']
    await outputOf(folder, 'convert', '--to', 'data.h5', ...idx)
    const { rows, normalisation } = await readH5(join(folder, 'data.h5'))
    assert.equal(normalisation.name, 'signed')
    assert.deepEqual(rows.train?.images, pixels.subarray(0, 4 * 784))
    assert.deepEqual(rows.test?.labels, Uint8Array.of(1, 0))
    assert.match(
      await outputOf(folder, 'inspect', 'images'),
      /idx, 6 x 28 x 28 unsigned bytes\n {2}pixels {2}0 to 255/,
    )
    assert.match(await outputOf(folder, 'inspect', 'labels'), /labels {2}A 1 {2}B 1 .*G 0/)
  })

  it('should refuse idx files without images, and a gzipped data.h5', async (t) => {
    const folder = await temporaryFolder(t)
    const none = Buffer.from([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28])
    await writeFile(join(folder, 'none'), none)
    await writeFile(join(folder, 'labels'), Buffer.from([0, 0, 8, 1, 0, 0, 0, 0]))
    await writeFile(join(folder, 'data.h5.gz'), gzipSync(Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')))
    const idx = ['--images', 'none', '--labels', 'labels', '--test-images', 'none', '--test-labels', 'labels']
    const cases: [string[], RegExp][] = [
      [['inspect', 'none'], /`none`, expected images, found a shape of \[0, 28, 28\]/],
      [['inspect', 'labels'], /`labels`, expected labels, found a shape of \[0\]/],
      [['convert', '--to', 'x.h5', ...idx], /`none`, expected images/],
      [['inspect', 'data.h5.gz'], /expected an idx file, found a gzipped HDF5 file: unpack it by `gunzip`/],
      [['pin', 'data.h5.gz', '--to', 'pin.json'], /found a gzip file: unpack it by `gunzip`/],
    ]
    for (const [args, message] of cases) {
      const { code, stderr } = await data(folder, ...args)
      assert.equal(code, 1)
      assert.match(stderr, message)
    }
    assert.deepEqual((await readdir(folder)).sort(), ['data.h5.gz', 'labels', 'none'])
  })

  it('should refuse a tree with too few readable images, and leave no file', async (t) => {
    const folder = await temporaryFolder(t)
    await writeTree(folder, 1)
    for (const letter of 'ABCDEFGHI') await writeFile(join(folder, 'tree', letter, '0.png'), '')
    const { code, stderr } = await data(folder, 'convert', '--to', 'data.h5', '--folder', 'tree')
    assert.equal(code, 1)
    assert.match(
      stderr,
      /expected images left for the training set, found none: 9 left out, `.\/0\.png`: expected a PNG file/,
    )
    assert.deepEqual(await readdir(folder), ['tree'])
  })

  it('should say before reading if a pin cannot be written', async (t) => {
    const folder = await temporaryFolder(t)
    for (const [to, message] of [
      ['no/pin.json', /expected a folder `no`, found none/],
      ['', /Cannot write a file without a name/],
    ] as const) {
      const { code, stderr } = await data(folder, 'pin', 'none.h5', '--to', to)
      assert.equal(code, 1)
      assert.match(stderr, message)
    }
  })

  it('should replace a file only on request, and keep it on failure', async (t) => {
    const folder = await temporaryFolder(t)
    await writeFile(join(folder, 'data.h5'), 'old')
    const failed = await data(folder, 'convert', '--to', 'data.h5', '--folder', 'none', '--overwrite')
    assert.equal(failed.code, 1)
    assert.equal(await readFile(join(folder, 'data.h5'), 'utf8'), 'old')
    await outputOf(folder, 'convert', '--to', 'data.h5', '--stand-in', '10', '--overwrite')
    assert.equal((await readH5(join(folder, 'data.h5'))).rows.train?.count, 10)
    assert.deepEqual(await readdir(folder), ['data.h5'])
  })

  it('should leave no file behind if it is stopped', async (t) => {
    const folder = await temporaryFolder(t)
    const args = [command, 'data', 'convert', '--to', 'data.h5', '--stand-in', '300000']
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.once('data', () => child.kill('SIGINT'))
    const [code] = await once(child, 'close')
    assert.equal(code, 130)
    assert.deepEqual(await readdir(folder), [])
  })

  it('should give a cell null if nothing is pinned yet', async (t) => {
    const folder = await temporaryFolder(t)
    await writeFile(join(folder, 'pin.json'), 'null\n')
    const { outputFiles } = await build({
      stdin: { contents: "export { default } from './pin.json'", resolveDir: folder },
      bundle: true,
      format: 'esm',
      write: false,
    })
    const bundle = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`)
    assert.equal(bundle.default, null)
  })
})

/** Writes folders A to J of images in which every pixel is 20 times the label. */
async function writeTree(folder: string, images: number): Promise<void> {
  for (const [label, letter] of [...'ABCDEFGHIJ'].entries()) {
    await mkdir(join(folder, 'tree', letter), { recursive: true })
    const png = new PNG({ width: 28, height: 28 })
    png.data.fill(20 * label)
    for (let pixel = 0; pixel < 784; pixel++) png.data[4 * pixel + 3] = 255
    for (let image = 0; image < images; image++) {
      await writeFile(join(folder, 'tree', letter, `${image}.png`), PNG.sync.write(png, { colorType: 0 }))
    }
  }
}
