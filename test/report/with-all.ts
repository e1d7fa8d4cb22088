import { type Project, projectOf } from './project.ts'

const extra = `
# More

\`\`\`ts exec #limits
import limits from '../limits.json'
export const limit = limits.most
export const described = {
  name: 'rows', title: 'Made-up rows', source: 'made up', licence: 'none',
  files: [{ name: 'rows.csv', sha256: '${'ab'.repeat(32)}', bytes: 12 }],
}
export default limit
\`\`\`

\`\`\`ts exec #both
export const both = { sum: trained.last.mean + sized.parameters, none: [] }
\`\`\`

The sum is \`{ts} fixed(both.sum, 1)\`, of \`{ts} both.none.length\` at most \`{ts} limit\` from \`{ts} described.title\`;
twice two is \`{ts} count(4)\`.
`

/** Makes a report that has values, claims, a table, a figure, jobs, a data file and a described data set. */
export function projectWithAll(test: { after(clean: () => void): void }): Project {
  const project = projectOf(test, 'traced')
  project.write('report-src/more.md', extra)
  project.write('limits.json', '{"most": 7}')
  project.edit('report-src/report.md', 'sizes.md]', 'sizes.md, more.md]')
  return project
}
