import type { Root } from 'hast'
import type { Point, Position } from 'unist'
import type { VFile } from 'vfile'
import { warn } from '../model/messages.ts'
import type { Chapter } from '../model/types.ts'
import { walkText } from './characters.ts'
import { printable } from './choose-faces.ts'
import type { OwnFont } from './own-fonts.ts'

/** Of one character; where else it stands is counted. */
const mostPlaces = 3

interface Found {
  readonly file: VFile
  readonly place: Position | Point | undefined
}

/**
 * Warns of characters that no font of the page has, where they stand: in prose, at a value, or at the cell whose
 * table, caption, figure or code has them (`character-prints`).
 *
 * @param trees of the chapters, with all that the page shows of them
 * @param missing of the whole page: what is in no chapter stands in the front matter
 */
export function reportMissingCharacters(
  chapters: readonly Chapter[],
  trees: readonly Root[],
  { missing, own }: { readonly missing: readonly string[]; readonly own: readonly OwnFont[] },
): void {
  const places = placesOf(chapters, trees, own)
  for (const character of missing)
    if (!places.has(character)) places.set(character, inFrontMatter(chapters, character))
  reportScripts(places)
  for (const [character, found] of [...places].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const [index, { file, place }] of found.slice(0, mostPlaces).entries()) {
      const more = index === mostPlaces - 1 ? found.length - mostPlaces : 0
      warn(file, 'character-prints', missingReason(character, more), place)
    }
}

function missingReason(character: string, more: number): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  const advice = /\p{Sm}/u.test(character) ? ': write it in a formula' : ''
  const elsewhere = more > 0 ? ` here and in ${more} further place${more === 1 ? '' : 's'}` : ''
  return `Cannot embed \`${character}\` (U+${code})${elsewhere}, no font of the page has it${advice}`
}

const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u

const scripts = {
  'noto-naskh-arabic': /\p{Script=Arabic}/u,
  'noto-sans-hebrew': /\p{Script=Hebrew}/u,
  // Japanese has both: its Chinese signs are taken from the same font.
  'noto-sans-jp': /[\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u,
  'noto-sans-kr': /\p{Script=Hangul}/u,
  'noto-sans-sc': /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u,
  'noto-sans-thai': /\p{Script=Thai}/u,
  'noto-sans-devanagari': /\p{Script=Devanagari}/u,
} as const

const scriptNames: { readonly [font in keyof typeof scripts]: string } = {
  'noto-naskh-arabic': 'Arabic',
  'noto-sans-hebrew': 'Hebrew',
  'noto-sans-jp': 'Japanese',
  'noto-sans-kr': 'Korean',
  'noto-sans-sc': 'Chinese',
  'noto-sans-thai': 'Thai',
  'noto-sans-devanagari': 'Devanagari',
}

/** The scripts that the fonts of the page lack, each with the @fontsource package that has it. */
export const fontsOfScripts: readonly { readonly script: string; readonly font: string }[] = Object.entries(
  scriptNames,
).map(([font, script]) => ({ script, font }))

/** So many letters of a script are told one by one. */
const fewLetters = 8

// A text in another script lacks all its letters: one message says which font has them.
function reportScripts(places: Map<string, Found[]>): void {
  const isJapanese = [...places.keys()].some((character) => kana.test(character))
  for (const [name, script] of Object.entries(scripts)) {
    if (name === 'noto-sans-jp' && !isJapanese) continue
    const letters = [...places.keys()].filter((character) => script.test(character))
    if (letters.length <= fewLetters) continue
    const [first] = letters
    const { file, place } = (first && places.get(first)?.[0]) || {}
    if (first === undefined || file === undefined) continue
    for (const letter of letters) places.delete(letter)
    const reason = `Cannot embed \`${first}\` and ${letters.length - 1} more letters of its script, no font of the page has them: run \`npm install @fontsource/${name}\` and write \`fonts: [${name}]\` in the front matter`
    warn(file, 'character-prints', reason, place)
  }
}

// A character counts once a node, whatever the cuts that lack it.
function placesOf(
  chapters: readonly Chapter[],
  trees: readonly Root[],
  own: readonly OwnFont[],
): Map<string, Found[]> {
  const places = new Map<string, Found[]>()
  const prints = printable(own)
  for (const [index, tree] of trees.entries()) {
    const { file } = chapters[index]!
    walkText(tree, (cut, text, place) => {
      const isPrinted = prints(cut)
      for (const character of new Set([...text].filter((one) => !isPrinted(one)))) {
        const found = places.get(character) ?? []
        if (!found.some((other) => other.file === file && isSame(other.place, place)))
          places.set(character, [...found, { file, place }])
      }
    })
  }
  return places
}

function isSame(one: Found['place'], other: Found['place']): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

// Title, subtitle and authors stand at the head of the first chapter.
function inFrontMatter([first]: readonly Chapter[], character: string): Found[] {
  if (first === undefined) return []
  const lines = String(first.file).split('\n')
  const line = lines.findIndex((text) => text.includes(character))
  const place = line < 0 ? undefined : { line: line + 1, column: lines[line]!.indexOf(character) + 1 }
  return [{ file: first.file, place }]
}
