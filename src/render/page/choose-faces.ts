import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cut, CutUse } from './characters.ts'
import { type Family, fallbacks, families, lent, substitutes } from './families.ts'
import { coverage } from './font-coverage.generated.ts'
import { type Face, katexFontPath, packageFolder, parseSpans, type Span } from './font-files.ts'
import type { OwnFont } from './own-fonts.ts'

/** The faces that a page needs, and the characters that no font has. */
interface FaceChoice {
  readonly faces: readonly Face[]
  readonly missing: readonly string[]
}

// Where two subsets have a character, the first is taken.
const subsets = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese']

/**
 * Chooses the files that hold a page's characters: of each cut the subsets needed, then what stands in.
 *
 * @param own Fonts of the report, for what the page's fonts lack.
 */
export async function chooseFaces(
  uses: readonly CutUse[],
  own: readonly OwnFont[] = [],
): Promise<FaceChoice> {
  const faces = new Map<string, Source>()
  const further = new Map<string, Face>()
  const missing = new Set<string>()
  const has = coverageOf()
  for (const use of uses) {
    const sources = sourcesOf(use)
    for (const character of use.characters) {
      const source = sources.find(({ file }) => has(file, character))
      const face = source ? undefined : faceIn(own, character, use)
      if (source) faces.set(`${source.file} ${use.weight} ${use.style}`, source)
      else if (face) further.set(face.path, face)
      else if (!isInvisible(character)) missing.add(character)
    }
  }
  const chosen = await Promise.all([...faces.keys()].sort().map((key) => faces.get(key)!.face()))
  const others = [...further.keys()].sort().map((path) => further.get(path)!)
  return { faces: [...chosen, ...others], missing: [...missing].sort() }
}

function faceIn(own: readonly OwnFont[], character: string, cut: Cut): Face | undefined {
  for (const font of own) {
    const face = font.faceOf(character, cut)
    if (face) return face
  }
  return undefined
}

/**
 * Gives what says of each character of a cut whether a font can print it. A report has far more characters than
 * different ones, so each is looked up once a family.
 */
export function printable(own: readonly OwnFont[]): (cut: Cut) => (character: string) => boolean {
  const has = coverageOf()
  const families = new Map<Family, (character: string) => boolean>()
  return (cut) => {
    const known = families.get(cut.family)
    if (known) return known
    const sources = sourcesOf(cut)
    const prints = remembered(
      (character) =>
        /\s/u.test(character) ||
        isInvisible(character) ||
        sources.some(({ file }) => has(file, character)) ||
        faceIn(own, character, cut) !== undefined,
    )
    families.set(cut.family, prints)
    return prints
  }
}

function remembered(ask: (character: string) => boolean): (character: string) => boolean {
  const answers = new Map<string, boolean>()
  return (character) => {
    const known = answers.get(character)
    if (known !== undefined) return known
    const answer = ask(character)
    answers.set(character, answer)
    return answer
  }
}

interface Source {
  /** As the table of coverage names it. */
  readonly file: string
  face(): Promise<Face>
}

// In the order in which the browser looks for a glyph.
function sourcesOf(cut: Cut): readonly Source[] {
  const { first, last } = substitutes[cut.family]
  const katex = fallbacks.map((family) => ({ file: family, face: async () => katexFace(family) }))
  const own = [...subsetsOf(cut.family, cut), ...subsetsOf(first, cut), ...katex, ...subsetsOf(last, cut)]
  return [...own, { file: `${lent.file} ${lent.subset}`, face: async () => lentFace(cut) }]
}

function lentFace({ weight, style }: Cut): Face {
  const [first, last] = lent.range.map((code) => code.toString(16))
  const name = `${lent.file}-${lent.subset}-${weight}-${style}.woff2`
  const path = join(packageFolder(`@fontsource/${lent.file}`), 'files', name)
  return { family: families[lent.family].name, weight, style, path, unicodeRange: `U+${first}-${last}` }
}

function subsetsOf(family: Family | undefined, cut: Cut): readonly Source[] {
  if (!family) return []
  return subsets.map((subset) => ({
    file: `${families[family].file} ${subset}`,
    face: () => subsetFace(family, subset, cut),
  }))
}

async function subsetFace(family: Family, subset: string, { weight, style }: Cut): Promise<Face> {
  const { name, file } = families[family]
  const folder = packageFolder(`@fontsource/${file}`)
  const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as {
    [subset: string]: string
  }
  const path = join(folder, 'files', `${file}-${subset}-${weight}-${style}.woff2`)
  return { family: name, weight, style, path, unicodeRange: ranges[subset] }
}

function katexFace(family: string): Face {
  return { family, weight: 400, style: 'normal', path: katexFontPath(family, 'Regular') }
}

function coverageOf(): (file: string, character: string) => boolean {
  const spans = new Map<string, readonly Span[]>()
  return (file, character) => {
    if (!spans.has(file)) spans.set(file, parseSpans(coverage[file] ?? ''))
    const code = character.codePointAt(0)!
    return spans.get(file)!.some(([first, last]) => first <= code && code <= last)
  }
}

// Joiners, variation selectors and combining marks say how to draw their neighbours.
function isInvisible(character: string): boolean {
  return /\p{Cf}|\p{Cc}|\p{M}/u.test(character)
}
