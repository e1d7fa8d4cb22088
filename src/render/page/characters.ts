import type { Element, Root, RootContent } from 'hast'
import type { Position } from 'unist'
import { type Family, italic, semibold, settings } from './families.ts'
import { classesOf, elementsIn, unescapeHtml } from './hast.ts'

/** A cut of a family: its weight and slope. */
export interface Cut {
  readonly family: Family
  readonly weight: 400 | 600
  readonly style: 'normal' | 'italic'
}

/** A cut and the characters that the page sets in it. */
export interface CutUse extends Cut {
  readonly characters: ReadonlySet<string>
}

/** The characters of some nodes by cut. */
export interface Uses {
  readonly cuts: ReadonlyMap<string, CutUse>
  /** The words at what is marked as stale. */
  readonly stale: readonly string[]
}

/** Finds which characters some nodes of a page set in which cut, by the selectors that its rules are made of. */
export function usesOf(tree: Root): Uses {
  // Many texts of a page are equal: words of code, numbers of tables.
  const uses = new Map<string, { readonly cut: Cut; readonly texts: Set<string> }>()
  walkText(tree, (cut, text) => {
    const key = keyOf(cut)
    const use = uses.get(key)
    if (use) use.texts.add(text)
    else uses.set(key, { cut, texts: new Set([text]) })
  })
  const cuts = [...uses].map(([key, { cut, texts }]): [string, CutUse] => [
    key,
    { ...cut, characters: charactersIn(texts) },
  ])
  return { cuts: new Map(cuts), stale: staleWords(tree) }
}

function keyOf({ family, style, weight }: Cut): string {
  return `${family} ${style} ${weight}`
}

/** Joins the characters of all parts of a page; `title` stands in its margins. */
export function charactersOf(parts: readonly Uses[], title: string): readonly CutUse[] {
  const joined = new Map<string, Cut & { readonly characters: Set<string> }>()
  const add = (cut: Cut, characters: Iterable<string>) => {
    const use = joined.get(keyOf(cut)) ?? { ...cut, characters: new Set<string>() }
    joined.set(keyOf(cut), use)
    for (const character of characters) use.characters.add(character)
  }
  for (const { cuts } of parts) for (const use of cuts.values()) add(use, use.characters)
  // What rules of the page write: the foot of a sheet, and the mark of what is stale.
  add({ family: 'sans', weight: 400, style: 'normal' }, charactersIn(new Set([`${title}0123456789/`])))
  const stale = new Set(parts.flatMap((part) => part.stale))
  if (stale.size > 0) add({ family: 'sans', weight: 600, style: 'normal' }, charactersIn(stale))
  return [...joined.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, use]) => use)
    .filter(({ characters }) => characters.size > 0)
}

function charactersIn(texts: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const text of texts) for (const character of text) found.add(character)
  for (const character of found) if (/\s/u.test(character)) found.delete(character)
  return found
}

function staleWords(tree: Root): readonly string[] {
  return [...elementsIn(tree)]
    .filter((element) => classesOf(element).includes('weft-stale'))
    .map(({ properties }) => String(properties.dataWords ?? 'stale'))
}

/** Is told each stretch of text, and the place of the nearest node above it that has one. */
type Add = (cut: Cut, text: string, place: Position | undefined) => void

/** Walks over all text of a chapter, or of the body of a page, with the cut that its rules set it in. */
export function walkText(tree: Root, add: Add): void {
  walk(tree, { cut: { family: 'text', weight: 400, style: 'normal' }, place: undefined }, add)
}

interface Above {
  readonly cut: Cut
  readonly place: Position | undefined
}

function walk(node: Root | RootContent, above: Above, add: Add): void {
  const place = node.position ?? above.place
  if (node.type === 'text') add(above.cut, node.value, place)
  else if (node.type === 'raw')
    walkRaw(node.value, node.data?.tex, above.cut, (cut, text) => add(cut, text, place))
  else if ('children' in node) {
    const cut = node.type === 'element' ? cutIn(node, above.cut) : above.cut
    for (const child of node.children) walk(child, { cut, place }, add)
  }
}

// Of a formula only the letters that KaTeX's own fonts may lack count; a figure may have labels of both weights.
function walkRaw(
  markup: string,
  tex: string | undefined,
  cut: Cut,
  add: (cut: Cut, text: string) => void,
): void {
  const text = textOfMarkup(markup)
  if (tex !== undefined) {
    add({ ...cut, family: 'text' }, tex.replace(/[\0-\x7f\p{Script=Greek}\p{Sm}]/gu, ''))
  } else if (/^\s*(<\?xml[^>]*>\s*)?<svg\b/.test(markup)) {
    for (const weight of [400, 600] as const) add({ family: 'sans', weight, style: 'normal' }, text)
  } else {
    add(cut, text)
  }
}

function cutIn(element: Element, { family, weight, style }: Cut): Cut {
  const own = [element.tagName, ...classesOf(element).map((name) => `.${name}`)]
  const is = (selectors: readonly string[]) => own.some((one) => selectors.includes(one))
  return {
    family: is(settings.code) ? 'code' : is(settings.sans) ? 'sans' : family,
    weight: is(semibold) ? 600 : weight,
    style: is(italic) ? 'italic' : style,
  }
}

function textOfMarkup(markup: string): string {
  return unescapeHtml(markup.replace(/(?:<[^>]*>\s*)+/g, ' '))
}
