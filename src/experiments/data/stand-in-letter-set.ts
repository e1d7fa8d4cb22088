import type { LabelledImages, Split } from './dataset.ts'
import type { LetterOptions, LetterSet, Letters } from './letters.ts'
import { letterClasses } from './letters.ts'
import { prepared } from './prepared.ts'
import { splitByFont } from './split-by-font.ts'
import { splitOfFamily } from './split-fonts.ts'
import { pathOfStandIn, readStandIn } from './stand-in-file.ts'
import { file, standInLetters } from './stand-in-letters.ts'

/** The drawn letters with a validation split, which has some of the training families of `standInLetters`. */
export const standInLetterSet: LetterSet = {
  name: standInLetters.name,
  title: standInLetters.title,
  classes: letterClasses,
  source: standInLetters.source,
  licence: standInLetters.licence,
  load,
}

const table = {
  name: 'letters.tsv',
  bytes: 23495,
  sha256: 'dfc299340b1ddfab912dd735f3cf799aed7913344c4f146fd3f98565195024e6',
}

/** Ten images: the letters A to J of one font. */
interface Drawn {
  readonly split: Split
  readonly family: string
  readonly font: string
}

/** Splits the stand-in letters by their families of fonts. */
async function load(options: LetterOptions = {}): Promise<Letters> {
  const origin = { name: `${standInLetterSet.name} split`, files: [file, table], pathOf: pathOfStandIn }
  return prepared(origin, () => split(options), options)
}

async function split(options: LetterOptions): Promise<Letters> {
  const drawn = await readTable(options)
  const families = new Map(drawn.map(({ font, family }) => [font, family]))
  const tested = new Set(drawn.filter(({ split }) => split === 'test').map(({ font }) => font))
  return splitByFont({
    images: joined(await standInLetters.load('train', options), await standInLetters.load('test', options)),
    fonts: drawn.flatMap(({ font }) => Array<string>(10).fill(font)),
    splitOf: (font) =>
      tested.has(font) ? 'test' : splitOfFamily(families.get(font)!, { train: 0.8, validation: 0.2 }),
    rule:
      '13 of the 54 families of fonts were drawn for the test; a digest of its name puts each other family whole into' +
      ' training (80 %) or validation (20 %).',
    pixels: 'bytes, 0 to 255',
  })
}

/** Gives the table in the order of the images: training images, then test images. */
async function readTable(options: LetterOptions): Promise<Drawn[]> {
  const bytes = Buffer.from(await readStandIn(table, options))
  const [, ...rows] = bytes.toString('utf8').trimEnd().split('\n')
  return rows.map((row) => {
    const [split, , family, font] = row.split('\t')
    return { split: split as Split, family: family!, font: font! }
  })
}

/** Joins two sets of images. */
function joined(one: LabelledImages, other: LabelledImages): LabelledImages {
  return {
    ...one,
    images: Buffer.concat([one.images, other.images]),
    labels: Buffer.concat([one.labels, other.labels]),
    count: one.count + other.count,
  }
}
