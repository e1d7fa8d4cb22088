import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Font } from 'fontkit'
import type { Cut } from './characters.ts'
import { type Face, parseSpans, type Span } from './font-files.ts'

/** A font of a report's own, from an installed @fontsource package: it has what the page's fonts lack. */
export interface OwnFont {
  /** As style sheets call it. */
  readonly family: string
  /** Finds the face that has a character, in the cut that is nearest to the wanted one. */
  faceOf(character: string, cut: Cut): Face | undefined
}

/** Says why a font cannot be used. */
interface FontProblem {
  readonly name: string
  readonly reason: string
}

/** The fonts that a report names, and those that cannot be used. */
export interface OwnFonts {
  readonly fonts: readonly OwnFont[]
  readonly problems: readonly FontProblem[]
}

/** Of a report that names no font. */
export const noFonts: OwnFonts = { fonts: [], problems: [] }

/**
 * Opens the fonts that the front matter names, `noto-naskh-arabic` or `@fontsource/noto-naskh-arabic`.
 *
 * @param root The folder whose packages are looked through.
 */
export async function openOwnFonts(names: readonly string[], root: string): Promise<OwnFonts> {
  if (names.length === 0) return noFonts
  const { create } = await import('fontkit')
  const fonts: OwnFont[] = []
  const problems: FontProblem[] = []
  for (const name of names) {
    const folder = folderOf(name, root)
    if (folder === undefined) problems.push({ name, reason: absent(name) })
    else fonts.push(openFont(folder, (path) => create(readFileSync(path)) as Font))
  }
  return { fonts, problems }
}

function absent(name: string): string {
  if (!packageName.test(name)) return 'expected the name of a @fontsource package such as `noto-naskh-arabic`'
  const full = fullName(name)
  return `expected an installed package with \`unicode.json\`, found none: run \`npm install ${full}\``
}

const packageName = /^(?:@fontsource\/)?[a-z0-9-]+$/

function fullName(name: string): string {
  return name.startsWith('@') ? name : `@fontsource/${name}`
}

function folderOf(name: string, root: string): string | undefined {
  if (!packageName.test(name)) return undefined
  // The project's own, or one beside the tool.
  for (const from of [join(root, 'package.json'), import.meta.url])
    try {
      const folder = dirname(createRequire(from).resolve(`${fullName(name)}/package.json`))
      if (existsSync(join(folder, 'unicode.json'))) return folder
    } catch {
      // It is not installed there.
    }
  return undefined
}

interface Subset {
  readonly name: string
  readonly spans: readonly Span[]
}

function openFont(folder: string, open: (path: string) => Font): OwnFont {
  const read = <T>(name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T
  const { id, family } = read<{ readonly id: string; readonly family: string }>('metadata.json')
  const ranges = read<{ readonly [subset: string]: string }>('unicode.json')
  // Parts of large fonts have numbers, `[0]`, which their files have without brackets.
  const subsets = Object.entries(ranges).map(
    ([name, range]): Subset => ({
      name: name.replace(/[[\]]/g, ''),
      spans: parseSpans(range.replace(/U\+/g, '')),
    }),
  )
  const opened = new Map<string, Font>()
  const fontAt = (path: string): Font => {
    const font = opened.get(path) ?? open(path)
    opened.set(path, font)
    return font
  }
  return {
    family,
    faceOf(character, cut) {
      const code = character.codePointAt(0)!
      for (const { name, spans } of subsets) {
        if (!spans.some(([first, last]) => first <= code && code <= last)) continue
        const face = nearestFace(cut, family, (weight, style) =>
          join(folder, 'files', `${id}-${name}-${weight}-${style}.woff2`),
        )
        // Ranges promise more than fonts have.
        if (!face || !fontAt(face.path).hasGlyphForCodePoint(code)) continue
        return { ...face, unicodeRange: ranges[name] ?? ranges[`[${name}]`]! }
      }
      return undefined
    },
  }
}

// Fonts of many scripts have no slope, and other weights.
function nearestFace(
  { weight, style }: Cut,
  family: string,
  pathOf: (weight: number, style: string) => string,
): Face | undefined {
  const weights = weight === 600 ? [600, 700, 500, 400] : [400, 500, 300]
  const cuts = [style, 'normal'].flatMap((own) => weights.map((one) => ({ weight: one, style: own })))
  const found = cuts.find((cut) => existsSync(pathOf(cut.weight, cut.style)))
  return found && { family, ...found, path: pathOf(found.weight, found.style) }
}
