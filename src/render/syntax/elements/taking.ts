import type { RootContent } from 'mdast'
import type { Node } from 'unist'
import { languageTag } from '../../model/language.ts'
import type { Slip } from '../../model/messages.ts'
import { orList, suggestion } from '../../model/nearest.ts'
import type { Position } from '../../model/types.ts'
import type { Words } from '../../model/words.ts'
import type { Attributes } from '../attributes.ts'

/** What is known where the elements of a chapter are found. */
export interface Taking {
  readonly source: string
  /** The titles of callouts. */
  readonly callouts: Words['callouts']
  /** Whether the Markdown is a cell's own, where nothing is numbered. */
  readonly isFragment: boolean
  report(slip: Slip): void
  /** Makes elements of what is in some nodes too. */
  take(nodes: readonly RootContent[]): RootContent[]
}

/** The properties of an element in the page. */
export type Properties = Readonly<Record<string, unknown>>

/** What a value must look like: in words, and checked. */
export interface Allowed {
  readonly wanted: string
  /** Gives the properties that the value makes; nothing for a value of another kind. */
  read(value: string): Properties | undefined
}

const language: Allowed = {
  wanted: 'a language such as `de`',
  read: (value) => (languageTag.test(value) ? { lang: value } : undefined),
}
const direction: Allowed = {
  wanted: '`ltr`, `rtl` or `auto`',
  read: (value) => (/^(?:ltr|rtl|auto)$/.test(value) ? { dir: value } : undefined),
}
const common: Readonly<Record<string, Allowed>> = { lang: language, dir: direction }

/** Classes that the page has rules for, in every report. */
const ownClasses: Readonly<Record<string, string>> = {
  smallcaps: 'weft-smallcaps',
  underline: 'weft-underline',
  wide: 'weft-wide',
  // Quarto's.
  'column-page': 'weft-wide',
  'column-screen': 'weft-wide',
}

/** What the page itself names. */
const ofPage = /^(?:weft-|cell-|ref-|source-|c\d+-)/

/** Adds classes of the page itself to properties. */
export function withClasses(properties: Properties, ...names: readonly string[]): Properties {
  const before = (properties.className as readonly string[] | undefined) ?? []
  return { ...properties, className: [...names, ...before] }
}

/**
 * Makes the properties of an element of its attributes: its id, its language and what `allowed` names; an author's
 * classes stand in `dataClass`, since a report that is not trusted has none. Reports `option-is-known` at any other.
 *
 * @param what Names the element in messages: `an image`.
 */
export function propertiesOf(
  { id, classes, pairs }: Attributes,
  {
    what,
    place,
    allowed = {},
  }: {
    readonly what: string
    readonly place: Position | undefined
    readonly allowed?: Readonly<Record<string, Allowed>>
  },
  { report }: Taking,
): Properties {
  const known = { ...common, ...allowed }
  const made: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(pairs)) {
    const rule = Object.hasOwn(known, key) ? known[key] : undefined
    const properties = rule?.read(value)
    if (properties) Object.assign(made, properties)
    else {
      const names = Object.keys(known)
      const reason = rule
        ? `Unexpected \`${key}="${value}"\` of ${what}, expected ${rule.wanted}`
        : `Unexpected \`${key}=\` of ${what}, expected ${orList(names)}${suggestion(key, names)}`
      report({ rule: 'option-is-known', reason, place, isError: rule !== undefined })
    }
  }
  if (id !== undefined && ofPage.test(id)) {
    const reason = `Unexpected label \`#${id}\`, expected one of its own: those that begin with \`${ofPage.exec(id)![0]}\` are the page's`
    report({ rule: 'label-is-unique', reason, place, isError: true })
  }
  const own = classes.flatMap((name) => (Object.hasOwn(ownClasses, name) ? [ownClasses[name]!] : []))
  const others = classes.filter((name) => !Object.hasOwn(ownClasses, name))
  return {
    ...(id === undefined || ofPage.test(id) ? {} : { id }),
    ...(own.length > 0 ? { className: own } : {}),
    ...(others.length > 0 ? { dataClass: others.join(' ') } : {}),
    ...made,
  }
}

/** Makes a node of a chapter that is an element of the page. */
export function elementNode(
  type: 'weftBlock' | 'weftSpan' | 'blockquote' | 'paragraph',
  tagName: string,
  properties: Properties,
  children: readonly Node[],
  position?: Position,
): RootContent {
  const data = { hName: tagName, hProperties: properties }
  return { type, data, children: [...children], position } as unknown as RootContent
}
