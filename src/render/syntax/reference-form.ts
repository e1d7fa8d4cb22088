/** Scripts that write a word right beside one of another script, without a space: `如@fig-a所示`. */
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Hangul}]`

/** A character of a label or of a slip in one. */
const labelLetter = String.raw`(?:(?!${unspaced})[\p{L}\p{N}_])`

const inside = String.raw`(?:(?!${unspaced})[\p{L}\p{M}\p{N}_-])`

/** What may not stand right before a reference: a letter of a script that has spaces, as in an address. */
export const notAfterWord = String.raw`(?<!(?!${unspaced})[\p{L}\p{M}\p{N}_@/])`

/**
 * Finds references. Also matches invalid labels: a label with a mistyped letter outside ASCII is an unknown reference,
 * not text. `{page}` right behind it asks for the page, too.
 */
export const referenceForm = new RegExp(
  `${notAfterWord}@((?:fig|tbl|sec|eq|lst)-${labelLetter}(?:${inside}*${labelLetter})?)(\\{page\\})?`,
  'gu',
)
