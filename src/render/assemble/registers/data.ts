import type { PhrasingContent } from 'mdast'
import { type DataSet, dataSetsOf } from './data-sets.ts'
import { code, linked, paragraph, smallLine, text } from './nodes.ts'
import { type Register, type RowGroup, registerTable } from './register.ts'
import type { Speech } from './speech.ts'

/** Lists the data sets that jobs name or the report describes, with the SHA-256 of each file. */
export const data: Register = {
  options: [],
  isTable: true,
  make(facts, _place, speech) {
    const words = speech.say.data
    const sets = dataSetsOf(facts)
    if (sets.length === 0) return [paragraph(words.none)]
    return {
      table: registerTable(
        [{ title: words.fact }, { title: words.value }],
        sets.map((set) => groupOf(set, speech)),
      ),
      caption: words.caption,
    }
  },
}

/** Writes how many images or rows each split has: `train 60,000, test 10,000`. */
export function splitSizes({ counts }: DataSet, speech: Speech): string {
  return counts.map(({ split, count }) => `${splitName(split, speech)} ${speech.number(count)}`).join(', ')
}

/** Writes what was cleaned away: `found 18,724, blank 2`. */
export function cleaned({ cleaning }: DataSet, { number }: Speech): string {
  return cleaning.map(({ what, count }) => `${what} ${number(count)}`).join(', ')
}

/** Names a split in the language of the register, if it is one of the usual three. */
export function splitName(split: string, { say }: Speech): string {
  return Object.hasOwn(say.data.splits, split) ? say.data.splits[split as 'train'] : split
}

function groupOf(set: DataSet, speech: Speech): RowGroup {
  const { say, counted } = speech
  const words = say.data
  const { name, title, source, licence, rule, files, jobs } = set
  const rows: [string, readonly PhrasingContent[]][] = [
    [words.images, set.counts.length > 0 ? [text(splitSizes(set, speech))] : []],
    [words.split, rule === undefined ? [] : [text(rule)]],
    [words.cleaning, set.cleaning.length > 0 ? [text(cleaned(set, speech))] : []],
    [words.source, source === undefined ? [] : linked(source)],
    [words.licence, licence === undefined ? [] : [text(licence)]],
    [words.files, files.flatMap((file) => fileNodes(file, speech))],
    [words.usedBy, [text(counted(speech.words.card.jobCount, jobs))]],
  ]
  const shown = rows.filter(([, nodes]) => nodes.length > 0)
  const absent = title === undefined ? [[[text(words.described)], [text(words.nowhere)]]] : []
  return {
    heading: [...(title === undefined ? [] : [text(`${title} `)]), code(name)],
    rows: [...shown.map(([fact, nodes]) => [[text(fact)], nodes]), ...absent],
  }
}

function fileNodes(
  { name, bytes, sha256 }: DataSet['files'][number],
  { say, counted }: Speech,
): PhrasingContent[] {
  const size = bytes === undefined ? '' : `, ${counted(say.data.bytes, bytes)}`
  return [smallLine([code(name), text(`${size}, SHA-256`)]), smallLine([code(sha256)])]
}
