import { numberedThings } from './literal-words.ts'

/** Stands for a character that can be part of no literal. */
export const blank = '\ufffc'

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)'
const year = '(?:19|20)\\d\\d(?![\\d,.]\\d|\\d)'
const number = '\\d+(?:\\.\\d+)*[a-z]?\\b'

const masks: readonly RegExp[] = [
  // Addresses, and what libraries call a work by.
  /\b(?:https?|ftp|file):\/\/\S+|\bwww\.\S+|\b(?:doi|arXiv|ISBN|ISSN):?\s?[\d.]\S*|\b10\.\d{4,}\/\S+|\S+@\S+\.\w+/giu,
  // Citations with their locators, and cross-references.
  /\[[^[\]]*@[^[\]]*\]|-?@\{[^{}\s]+\}|-?@[\p{L}\p{N}_]+(?:[:.#$%&+?<>~/-][\p{L}\p{N}_]+)*(?:\s+\[[^[\]@]*\])?/gu,
  // Footnotes and anchors that stayed text.
  /\[\^[^\]]*\]|#[\p{L}][\p{L}\p{N}_-]*/gu,
  // Dates and times of the day.
  /\b\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.Z+-]+)?\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b/gu,
  new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+${month}(?:,?\\s+\\d{4})?`, 'gu'),
  new RegExp(`\\b${month}\\s+(?:\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?|\\d{4})\\b`, 'gu'),
  /\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]\.?m\b\.?)?/giu,
  // Years: a number of that size is one after a word of time, in brackets, in a range, or as a decade.
  new RegExp(
    `(?<=\\b(?:in|since|until|till|during|year|years|by|before|after|early|late|mid|from)[\\s-])${year}`,
    'giu',
  ),
  new RegExp(`\\b${year}\\s?[–/-]\\s?(?:${year}|\\d{2}\\b(?!\\s*%))|\\(${year}[a-z]?\\)`, 'gu'),
  /\b(?:19|20)\d0s\b|(?<=\bthe\s)\d0s\b/giu,
  // Versions.
  /\bv?\d+(?:\.\d+){2,}[\w+-]*|\bv\d+(?:\.\d+)*\b/gu,
  // `Sections 3.1 and 3.2`, `p. 3`, `version 2.0`.
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${numberedThings.join('|')})\\s*${number}(?:(?:\\s*(?:,|–|-)\\s*|,?\\s+(?:and|or|to)\\s+)${number}(?!\\s*[%‰]))*`,
    'giu',
  ),
]

/**
 * Blanks whatever holds numbers that are no results: addresses, citations, cross-references, dates, years, versions,
 * and numbers of sections, figures, pages and the like. The text keeps its length.
 */
export function maskText(text: string): string {
  return masks.reduce((masked, mask) => masked.replace(mask, (words) => blank.repeat(words.length)), text)
}
