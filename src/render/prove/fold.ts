/** Stands for what has no text that could be told from the sources, as a formula; like all marks of Unicode's private area. */
export const gap = '\uE000'
/** The end of a block, behind which a marker or a number may stand. */
export const blockEnd = '\uE001'
/** The end of a page. */
export const pageEnd = '\uE002'
/** Where there may be a space, or not. */
export const maybeSpace = '\uE003'

const marks = /[\uE000-\uE00F]/g

/**
 * Folds what is expected to be printed: compatibility characters (wide spaces, raised digits, ligatures), kinds of
 * hyphens, white space. A minus sign stays one. Characters that are marks here are left out.
 */
export function fold(text: string): string {
  return foldMarked(text.replace(marks, ''))
}

/** Folds a text with marks, which stay; they swallow the space round them. */
export function foldMarked(text: string): string {
  return foldCharacters(text)
    .replace(/\s+/gu, ' ')
    .replace(/ *([\uE000\uE001\uE003]) */g, '$1')
}

/** Folds the text of a page, whose lines stay lines. */
export function foldPage(text: string): string {
  return foldCharacters(text.replace(marks, ''))
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

// Hyphens of all kinds, without what only says where a line may end.
function foldCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\u00AD\u200B\u2060\uFEFF]/g, '')
}
