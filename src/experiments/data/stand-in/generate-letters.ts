// Draws letters.idx.gz, letters.tsv and LICENSES.md again beside this file, and prints the digest to pin:
//   node --import tsx src/experiments/data/stand-in/generate-letters.ts
// This script is no part of the tool. It installs the fonts at pinned versions into a temporary folder.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type Random, seededRandom } from '../../../statistics/random.ts'
import { drawLetter, flatten, type OutlineStep } from './draw-letter.ts'
import { testFamilies, trainFamilies, version } from './letter-fonts.ts'

interface Font {
  getPath(text: string, x: number, y: number, fontSize: number): { readonly commands: readonly OutlineStep[] }
}

interface Row {
  readonly family: string
  readonly file: string
}

const rowsPerFamily = 8
const letters = [...'ABCDEFGHIJ']
const here = import.meta.dirname
const folder = installFonts()
const random = seededRandom(20110908)

// 1. Choose fonts: each family gets equally many rows of A to J, whether it has one font or eighteen.
const train = random.shuffle(trainFamilies.flatMap((family) => rowsOf(family, random)))
const test = random.shuffle(testFamilies.flatMap((family) => rowsOf(family, random)))

// 2. Draw each row.
const { parse } = createRequire(join(folder, 'package.json'))('opentype.js') as {
  parse(bytes: ArrayBuffer): Font
}
const images = [...train, ...test].flatMap(({ family, file }) => {
  const bytes = readFileSync(join(filesOf(family), file))
  const font = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  return letters.map((letter) => drawLetter(flatten(font.getPath(letter, 0, 0, 100).commands), random))
})

// 3. Write them as IDX, together with the fonts and their licences.
const header = Buffer.alloc(16)
for (const [index, value] of [0x00000803, images.length, 28, 28].entries())
  header.writeUInt32BE(value, 4 * index)
const packed = gzipSync(Buffer.concat([header, ...images]), { level: 9 })
writeFileSync(join(here, 'letters.idx.gz'), packed)
writeFileSync(join(here, 'letters.tsv'), `${fontTable()}\n`)
writeFileSync(join(here, 'LICENSES.md'), licences())
rmSync(folder, { recursive: true })
console.log(`${train.length * 10} train, ${test.length * 10} test, ${packed.byteLength} bytes`)
console.log(createHash('sha256').update(packed).digest('hex'))

/** Installs the fonts into a temporary folder, and gives its path. */
function installFonts(): string {
  const target = mkdtempSync(join(tmpdir(), 'letters-'))
  writeFileSync(join(target, 'package.json'), '{ "private": true }')
  const packages = [...trainFamilies, ...testFamilies].map((family) => `@fontsource/${family}@${version}`)
  execFileSync('npm', ['install', '--silent', '--ignore-scripts', 'opentype.js@1.3.4', ...packages], {
    cwd: target,
  })
  return target
}

/** Gives the folder with the files of a family. */
function filesOf(family: string): string {
  return join(folder, 'node_modules', '@fontsource', family, 'files')
}

/** Chooses the fonts of a family, in a random order. */
function rowsOf(family: string, random: Random): Row[] {
  const files = readdirSync(filesOf(family)).filter((file) => /-latin-\d+-\w+\.woff$/.test(file))
  const order = random.shuffle(files.sort())
  return Array.from({ length: rowsPerFamily }, (_, row) => ({ family, file: order[row % order.length]! }))
}

/** Writes which font drew which images. */
function fontTable(): string {
  const lines = [...train, ...test].map(({ family, file }, row) =>
    [row < train.length ? 'train' : 'test', 10 * row, family, file].join('\t'),
  )
  return ['split\tfirst image\tfamily\tfont', ...lines].join('\n')
}

/** Writes the licences of all families. */
function licences(): string {
  const lines = [...trainFamilies, ...testFamilies].sort().map((family) => {
    const about = JSON.parse(readFileSync(join(filesOf(family), '..', 'metadata.json'), 'utf8')) as Metadata
    if (about.license.type !== 'OFL-1.1')
      throw new Error(`Unexpected licence ${about.license.type} of ${family}`)
    // A family with many files repeats the notice for each, preceded by the file's name.
    const notice = about.license.attribution.split(/ [\w[\],-]+\.ttf: /)[0]!.trim()
    return `- **${about.family}** (@fontsource/${family} ${version}): ${notice}`
  })
  return [
    '# Fonts of the drawn letters',
    '',
    'letters.idx.gz holds pictures of the letters A to J in these families, each under the',
    '[SIL Open Font License 1.1](https://openfontlicense.org). No font file is in it.',
    '',
    ...lines,
    '',
  ].join('\n')
}

interface Metadata {
  readonly family: string
  readonly license: { readonly type: string; readonly attribution: string }
}
