/** What braces say of the element before them: `{#fig-a .wide width=50%}`. */
export interface Attributes {
  readonly id?: string
  readonly classes: readonly string[]
  readonly pairs: Readonly<Record<string, string>>
}

/** The first word in braces that is none of `#id`, `.class` and `key=value`. */
export interface UnreadWord {
  readonly unread: string
}

// `-` is Pandoc's word for `.unnumbered`.
const word =
  /\s*(?:#([A-Za-z][\w:.-]*)|\.([A-Za-z][\w-]*)|([A-Za-z][\w-]*)=(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+))|(-))(?=\s|$)/y

/**
 * Reads what stands between braces: `#id`, `.class` and `key=value`, whose value may be in quotes. Gives the first word
 * that is none of them, if there is one. Braces that hold nothing give no attributes.
 *
 * @param text Without the braces.
 */
export function readAttributes(text: string): Attributes | UnreadWord {
  const classes: string[] = []
  const pairs: Record<string, string> = {}
  let ownId: string | undefined
  let at = 0
  while (text.slice(at).trim() !== '') {
    word.lastIndex = at
    const match = word.exec(text)
    if (!match) return { unread: /^\s*(\S+)/.exec(text.slice(at))![1]! }
    const [whole, id, name, key, ...values] = match
    at += whole.length
    if (id !== undefined) ownId = id
    else if (name !== undefined) classes.push(name)
    else if (key !== undefined) pairs[key] = values.find((value) => value !== undefined) ?? ''
    else classes.push('unnumbered')
  }
  return { classes, pairs, ...(ownId === undefined ? {} : { id: ownId }) }
}

/** Gives the attributes that a directive has, in the same form. */
export function attributesOf({
  attributes,
}: {
  readonly attributes?: Readonly<Record<string, string | null | undefined>> | null
}): Attributes {
  const { id, class: names, ...rest } = attributes ?? {}
  const pairs = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, value ?? '']))
  const classes = (names ?? '').split(/\s+/).filter((name) => name !== '')
  return { classes, pairs, ...(id ? { id } : {}) }
}

/** Checks whether braces were read. */
export function isRead(attributes: Attributes | UnreadWord): attributes is Attributes {
  return 'classes' in attributes
}
