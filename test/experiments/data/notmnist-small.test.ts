import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'node:test'
import { promisify } from 'node:util'
import { gunzip, gzipSync } from 'node:zlib'
import type { LabelledImages } from '../../../src/experiments/data/dataset.ts'
import { notmnistSmall } from '../../../src/experiments/data/notmnist-small.ts'
import { fontFamily } from '../../../src/experiments/data/split-fonts.ts'
import { realData } from './real-data.ts'
import { temporaryFolder } from './temporary-folder.ts'

const folder = [realData, process.env.WEFT_DATA]
  .flatMap((root) => (root ? [join(root, 'notmnist'), join(root, 'notmnist-small'), root] : []))
  .find((path) => existsSync(join(path, 'notmnist-small-images-idx3-ubyte.gz')))
const needsLetters = {
  skip: folder ? false : 'notmnist-small is absent: set WEFT_DATA to the folder that holds it',
}

const names = ['train', 'validation', 'test'] as const

test('notmnistSmall', async (t) => {
  await t.test('should count the real letters that it leaves out', needsLetters, async (t) => {
    const { splits, cleaning, fonts } = await load(t)
    const { found, blank, conflicting, copies, across, kept } = cleaning
    // There are 254 flat blocks, all labelled I; the family rule leaves no image in two splits.
    assert.deepEqual(cleaning, {
      found: 18724,
      blank: 254,
      conflicting: 8,
      copies: 233,
      across: 0,
      kept: 18229,
    })
    assert.equal(found, blank + conflicting + copies + across + kept)
    assert.equal(
      kept,
      names.reduce((sum, name) => sum + splits[name].count, 0),
    )
    assert.deepEqual(fonts, { train: 1322, validation: 285, test: 266 })
  })

  await t.test('should have each image once, with its own label', needsLetters, async (t) => {
    const { splits } = await load(t)
    const published = await publishedLetters()
    const seen = new Set<string>()
    for (const name of names) {
      for (const { key, label } of keysOf(splits[name])) {
        assert.equal(published.get(key)?.label, label)
        seen.add(key)
      }
    }
    assert.equal(seen.size, 18229)
  })

  await t.test('should have no font and no family in two splits', needsLetters, async (t) => {
    const { splits } = await load(t)
    const published = await publishedLetters()
    const home = new Map<string, string>()
    for (const name of names) {
      for (const { key } of keysOf(splits[name])) {
        for (const font of published.get(key)!.fonts) {
          for (const mark of [`font ${font}`, `family ${fontFamily(font)}`])
            assert.equal(home.get(mark) ?? name, name, mark)
          home.set(`font ${font}`, name).set(`family ${fontFamily(font)}`, name)
        }
      }
    }
  })

  await t.test('should give the same result again, in mixed order', needsLetters, async (t) => {
    const [one, other] = [await load(t), await load(t)]
    assert.deepEqual(one, other)
    for (const name of names) assert.equal(new Set(one.splits[name].labels.subarray(0, 200)).size, 10)
  })

  await t.test('should name its digest and a source if it is missing, and never download it', async (t) => {
    const empty = await temporaryFolder(t)
    const env = { WEFT_DATA: empty, XDG_CACHE_HOME: empty }
    await assert.rejects(notmnistSmall.load({ env }), (error: Error) => {
      const lines = error.message.split('\n')
      assert.deepEqual(lines.slice(0, -1), [
        'Cannot find `notmnist-small-labels-idx1-ubyte.gz` of notMNIST (small):',
        `  no file ${join(empty, 'notmnist-small-labels-idx1-ubyte.gz')}`,
        `  no file ${join(empty, 'notmnist/notmnist-small-labels-idx1-ubyte.gz')}`,
        `  no file ${join(empty, 'notmnist-small/notmnist-small-labels-idx1-ubyte.gz')}`,
        `  no file ${join(empty, 'weft/data/notmnist-small/notmnist-small-labels-idx1-ubyte.gz')}`,
      ])
      assert.match(
        lines.at(-1)!,
        /^No address is known for it: http:\/\/yaroslavvb\.com\S+ has .* PNG files; /,
      )
      assert.match(
        lines.at(-1)!,
        /Put it \(77 bytes, SHA-256 7bc35802\w+\) into a folder `notmnist`, and set WEFT_DATA/,
      )
      return true
    })
  })

  await t.test('should refuse another file', async (t) => {
    const other = await temporaryFolder(t)
    await writeFile(join(other, 'notmnist-small-labels-idx1-ubyte.gz'), gzipSync('other'))
    const env = { WEFT_DATA: other, XDG_CACHE_HOME: other }
    await assert.rejects(notmnistSmall.load({ env }), /labels-idx1-ubyte\.gz`, expected 77 bytes, found \d+/)
  })
})

async function load(t: Parameters<typeof temporaryFolder>[0]) {
  return notmnistSmall.load({ env: { WEFT_DATA: folder, XDG_CACHE_HOME: await temporaryFolder(t) } })
}

interface Published {
  readonly label: number
  readonly fonts: string[]
}

/** Reads the files independently of the data set: label and fonts by the digest of each image. */
async function publishedLetters(): Promise<Map<string, Published>> {
  const unpacked = async (name: string) =>
    promisify(gunzip)(await readFile(join(folder!, `notmnist-small-${name}.gz`)))
  const images = (await unpacked('images-idx3-ubyte')).subarray(16)
  const rows = (await unpacked('names.tsv')).toString('utf8').trim().split('\n').slice(1)
  const found = new Map<string, Published>()
  for (const [index, row] of rows.entries()) {
    const [, letter, , , font] = row.split('\t')
    const key = digest(images.subarray(index * 784, (index + 1) * 784))
    const known = found.get(key) ?? { label: 'ABCDEFGHIJ'.indexOf(letter!), fonts: [] }
    found.set(key, known)
    known.fonts.push(font!)
  }
  return found
}

function keysOf({
  images,
  labels,
  count,
}: LabelledImages): { readonly key: string; readonly label: number }[] {
  return Array.from({ length: count }, (_, index) => ({
    key: digest(images.subarray(index * 784, (index + 1) * 784)),
    label: labels[index]!,
  }))
}

function digest(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex')
}
