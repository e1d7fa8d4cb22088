import { emptyProject, type Project } from './project.ts'

/** Of a report of one param, `n`. */
export const head = '---\ntitle: A first report\nparams: { full: { n: 3 } }\n---\n\n'

/** Writes a cell. */
export function cell(label: string, code: string): string {
  return `\`\`\`ts exec #${label}\n${code}\n\`\`\`\n\n`
}

/** Makes a project of one report. */
export function reportOf(
  test: Parameters<typeof emptyProject>[0],
  body: string,
  file = 'report.md',
): Project {
  const project = emptyProject(test)
  project.write('package.json', '{ "type": "module" }')
  project.write(file, head + body)
  return project
}
