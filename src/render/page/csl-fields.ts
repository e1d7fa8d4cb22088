const variables = new Map(
  `author: author | editor: editor | translator: translator | bookauthor: container-author
  title: title | subtitle: title | titleaddon: title | shorttitle: title-short title
  booktitle: container-title | booksubtitle: container-title | booktitleaddon: container-title
  maintitle: container-title | mainsubtitle: container-title | maintitleaddon: container-title
  journal: container-title | journaltitle: container-title | journalsubtitle: container-title
  journaltitleaddon: container-title | shortjournal: container-title-short container-title
  issuetitle: volume-title | issuesubtitle: volume-title | issuetitleaddon: volume-title
  series: collection-title | shortseries: collection-title-short collection-title
  volume: volume | volumes: number-of-volumes container-title | issue: issue | part: part-number | eid: number
  number: number issue collection-number | edition: edition | version: version | chapter: chapter-number
  pages: page page-first section | bookpagination: page section | pagetotal: number-of-pages
  publisher: publisher | institution: publisher | school: publisher | organization: publisher
  howpublished: publisher | address: publisher-place | location: publisher-place jurisdiction
  origtitle: original-title | origpublisher: original-publisher | origlocation: original-publisher-place
  eventtitle: event-title event | eventtitleaddon: event-title event | venue: event-place
  type: genre | entrysubtype: genre | note: note | addendum: note | pubstate: status | library: call-number
  isbn: ISBN | issn: ISSN | isan: number | ismn: number | isrn: number | iswc: number | numpages: number-of-pages
  pmid: PMID | pmcid: PMCID | abstract: abstract | annotation: annote | annote: annote | keywords: keyword`
    .split(/[|\n]/)
    .map((line) => line.split(':').map((part) => part.trim()) as [string, string])
    .map(([field, names]) => [field, names.split(' ')] as const),
)

/** Lists the variables of Citation Style Language that may hold a field of an entry; none for a field that nobody prints. */
export function variablesOf(field: string): readonly string[] {
  return variables.get(field) ?? []
}

const keys = new Map([
  ['phdthesis', 'PhD thesis'],
  ['mathesis', "Master's thesis"],
  ['mastersthesis', "Master's thesis"],
  ['bathesis', "Bachelor's thesis"],
  ['candthesis', 'Candidate thesis'],
  ['techreport', 'Technical report'],
  ['resreport', 'Research report'],
  ['software', 'Computer software'],
  ['datacd', 'Data CD'],
  ['audiocd', 'Audio CD'],
  ['patent', 'Patent'],
  ['patreq', 'Patent request'],
  ['newseries', 'new series'],
  ['oldseries', 'old series'],
  ['inpreparation', 'in preparation'],
  ['inpress', 'in press'],
])
for (const [land, name] of Object.entries({
  de: 'German',
  eu: 'European',
  fr: 'French',
  uk: 'British',
  us: 'U.S.',
})) {
  keys.set(`patent${land}`, `${name} patent`)
  keys.set(`patreq${land}`, `${name} patent request`)
}

/** Gives the words for a key that biblatex or BibTeX has for a kind of work, a series or a state of publication. */
export function spelledOut(key: string): string | undefined {
  return keys.get(key.trim().toLowerCase())
}
