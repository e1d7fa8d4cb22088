import type { Author, FrontMatter } from '../model/types.ts'

/** How a report is cited. */
interface ReportCitation {
  readonly text: string
  readonly bibtex: string
}

type Cited = Pick<FrontMatter, 'title' | 'subtitle' | 'author' | 'date'>

/** Writes how a report is cited, as text and for BibTeX, from its front matter. */
export function citationOf({ title, subtitle, author, date }: Cited): ReportCitation {
  const [year = '', month] = /^(\d{4})-(\d{2})/.exec(date ?? '')?.slice(1) ?? []
  const whole = [title, subtitle].filter(Boolean).join(': ')
  const names = author.map(({ name }) => name)
  const places = [...new Set(author.flatMap(({ affiliations }) => affiliations))]
  const by = names.length > 2 ? `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}` : names.join(' and ')
  const text = [by, year && `(${year})`].filter(Boolean).join(' ')
  const fields: readonly (readonly [string, string])[] = [
    ['title', `{${texOf(whole)}}`],
    ['author', names.map(texOf).join(' and ')],
    ['institution', texOf(places.join('; '))],
    ['year', year],
    ['month', month ? String(Number(month)) : ''],
  ]
  const lines = fields
    .filter(([, value]) => value !== '' && value !== '{}')
    .map(([name, value]) => `  ${name} = {${value}},\n`)
  return {
    text: `${text === '' ? '' : `${text}. `}${whole}.`,
    bibtex: `@techreport{${keyOf(author, year, title)},\n${lines.join('')}}`,
  }
}

function keyOf(author: readonly Author[], year: string, title: string): string {
  const family = author[0]?.name.split(/\s+/).at(-1) ?? ''
  const [word = ''] = title.split(/\s+/).filter((one) => one.length > 3)
  return plain(`${family}${year}${word}`).toLowerCase() || 'report'
}

// BibTeX's keys are ASCII.
function plain(text: string): string {
  return text.normalize('NFD').replace(/[^a-zA-Z0-9]/g, '')
}

function texOf(text: string): string {
  const names: { readonly [character: string]: string } = {
    '\\': '\\textbackslash{}',
    '~': '\\textasciitilde{}',
    '^': '\\textasciicircum{}',
  }
  return text.replace(/[\\~^]|[&%$#_{}]/g, (one) => names[one] ?? `\\${one}`)
}
