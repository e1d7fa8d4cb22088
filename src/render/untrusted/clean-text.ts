import type { Json } from '../model/types.ts'

// Marks that turn the order of what follows, and controls that no page shows: what is read would not be what is there.
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Writes each character that turns or hides text by its number: `[U+202E]`. */
export function cleanText(text: string): string {
  return text.replace(
    unseen,
    (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
}

/** Cleans every text of a JSON value, names of members too; a member that names a prototype is left out. */
export function cleanJson(value: Json): Json {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleanJson)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([name]) => name !== '__proto__')
  return Object.fromEntries(members.map(([name, inner]) => [cleanText(name), cleanJson(inner)]))
}
