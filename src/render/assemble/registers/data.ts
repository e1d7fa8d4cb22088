import type { PhrasingContent } from 'mdast'
import { count, plural } from '../../output/format.ts'
import { type DataSet, dataSetsOf } from './data-sets.ts'
import { code, linked, paragraph, smallLine, text } from './nodes.ts'
import { type Register, type RowGroup, registerTable } from './register.ts'

/** Lists the data sets that jobs name or the report describes, with the SHA-256 of each file. */
export const data: Register = {
  options: [],
  isTable: true,
  make(facts) {
    const sets = dataSetsOf(facts)
    if (sets.length === 0) return [paragraph('No data set is used.')]
    return {
      table: registerTable([{ title: 'Fact' }, { title: 'Value' }], sets.map(groupOf)),
      caption: 'The data sets, with the digests of the files that they were read from.',
    }
  },
}

/** Writes how many images or rows each split has: `train 60,000, test 10,000`. */
export function splitSizes({ counts }: DataSet): string {
  return counts.map(({ split, count: size }) => `${split} ${count(size)}`).join(', ')
}

/** Writes what was cleaned away: `found 18,724, blank 2`. */
export function cleaned({ cleaning }: DataSet): string {
  return cleaning.map(({ what, count: size }) => `${what} ${count(size)}`).join(', ')
}

function groupOf(set: DataSet): RowGroup {
  const { name, title, source, licence, rule, files, jobs } = set
  const rows: [string, readonly PhrasingContent[]][] = [
    ['images', set.counts.length > 0 ? [text(splitSizes(set))] : []],
    ['split', rule === undefined ? [] : [text(rule)]],
    ['cleaning', set.cleaning.length > 0 ? [text(cleaned(set))] : []],
    ['source', source === undefined ? [] : linked(source)],
    ['licence', licence === undefined ? [] : [text(licence)]],
    ['files', files.flatMap(fileNodes)],
    ['used by', [text(plural(jobs, 'job'))]],
  ]
  const shown = rows.filter(([, nodes]) => nodes.length > 0)
  const absent = title === undefined ? [[[text('described')], [text('in no result of this report')]]] : []
  return {
    heading: [...(title === undefined ? [] : [text(`${title} `)]), code(name)],
    rows: [...shown.map(([fact, nodes]) => [[text(fact)], nodes]), ...absent],
  }
}

function fileNodes({ name, bytes, sha256 }: DataSet['files'][number]): PhrasingContent[] {
  const size = bytes === undefined ? '' : `, ${count(bytes)} bytes`
  return [smallLine([code(name), text(`${size}, SHA-256`)]), smallLine([code(sha256)])]
}
